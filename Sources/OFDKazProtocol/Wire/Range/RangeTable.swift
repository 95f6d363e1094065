/// What values a field may have, beyond the limits of its type (sections 3 and 4; decisions K10, K15, K33).
struct RangeTable: Sendable {
    static let shared = RangeTable()

    private var byMessage: [Rules]

    private init() {
        self.byMessage = Schema.shared.messages.map(Rules.init)
        self.addTypes()
        self.addTicket()
        self.addOthers()
    }

    func rules(of message: MessageSchema) -> Rules { self.byMessage[message.index] }

    private mutating func message(_ name: String, _ add: (inout Rules) -> Void) {
        guard let message = Schema.shared[name] else { preconditionFailure("no message \(name)") }
        add(&self.byMessage[message.index])
    }

    private mutating func addTypes() {
        self.message("Money") { $0.range("coins", 0...99) }
        self.message("Date") {
            $0.range("year", 1000...9999)
            $0.range("month", 1...12)
            $0.range("day", 1...31)
        }
        self.message("Time") {
            $0.range("hour", 0...23)
            $0.range("minute", 0...59)
            $0.range("second", 0...59)
        }
    }

    private mutating func addTicket() {
        self.message("TicketRequest") {
            $0.range("offline_ticket_number", 1...2_147_483_647)
            $0.distinct("payments", by: "type", atMost: PaymentType.allCases.count)
            $0.distinct("taxes", by: "percent")
        }
        self.message("TicketRequest.Item.Commodity") {
            $0.range("quantity", 0...2_147_483_647)
            $0.distinct("taxes", by: "percent")
            $0.decimal("product_id")
        }
        self.message("TicketRequest.Item.StornoCommodity") {
            $0.range("quantity", 0...2_147_483_647)
            $0.distinct("taxes", by: "percent")
            $0.decimal("product_id")
        }
        self.message("TicketRequest.Modifier") { $0.distinct("taxes", by: "percent") }
        self.message("TicketRequest.Tax") {
            $0.codes("tax_type", TaxType.allCases.map(\.rawValue))
            $0.codes("taxation_type", TaxationType.allCases.map(\.rawValue))
            // The patent regime ended with 2.0.4.
            $0.codes("taxation_type", TaxationType.allCases.filter { $0 != .trbp }.map(\.rawValue), since: 204)
        }
    }

    private mutating func addOthers() {
        // The document gives this one field its whole width.
        self.message("Result") { $0.range("result_code", 0...4_294_967_295) }
        self.message("ServiceRequest") {
            $0.distinct("ticket_ad_infos", by: "type", atMost: TicketAdType.allCases.count)
        }
        self.message("ServiceRequest.SecurityStats.GeoPosition") {
            $0.range("latitude", 0...900_000)
            $0.range("longitude", 0...1_800_000)
        }
        self.message("PosRegInfo") {
            $0.range("latitude", 0...900_000)
            $0.range("longitude", 0...1_800_000)
        }
        self.message("ServiceResponse") {
            $0.distinct("ticket_ads", by: "info", "type", atMost: TicketAdType.allCases.count)
        }
        self.message("BindedTaxation") {
            $0.codes("taxation_type", TaxationType.allCases.map(\.rawValue))
            $0.distinct("taxes", by: "tax_type")
        }
        self.message("BindedTaxation.BindedTax") { $0.codes("tax_type", TaxType.allCases.map(\.rawValue)) }
        self.message("ZXReport") { $0.distinct("taxes", by: "percent") }
        self.message("ZXReport.Tax") { $0.codes("tax_type", TaxType.allCases.map(\.rawValue)) }
        self.message("NomenclatureResponse.Item") {
            $0.distinct("taxes", by: "tax_type", atMost: TaxType.allCases.count)
        }
        self.message("AuthResponse") { $0.distinct("roles", atMost: UserRole.allCases.count) }
    }
}

extension RangeTable {
    /// The rules for one message, and the words in which they are written.
    struct Rules: Sendable {
        /// A list whose entries differ in a code or number.
        struct Distinct: Sendable {
            let place: Int
            /// The way from an entry to that number; empty for a list of numbers.
            let key: [String]
            let limit: Int?
        }

        /// What a value may be, for one field.
        struct Limits: Sendable {
            var range: ClosedRange<UInt64>?
            /// Codes of a field that is a plain number on the wire. The last list that has begun holds.
            var codes: [(since: UInt16, codes: [UInt32])] = []
            /// Whether the text holds a decimal number.
            var isDecimal = false
        }

        let message: MessageSchema
        /// By the place of the field.
        private(set) var limits: [Limits]
        private(set) var distinct: [Distinct] = []

        init(_ message: MessageSchema) {
            self.message = message
            self.limits = message.fields.map { Limits(range: Self.range(of: $0.type)) }
        }

        /// The document limits unsigned numbers to what signed ones can hold (chapter 1).
        private static func range(of type: FieldType) -> ClosedRange<UInt64>? {
            switch type {
            case .uint32, .int32: 0...UInt64(Int32.max)
            case .uint64: 0...UInt64(Int64.max)
            case .bool, .enumeration, .string, .bytes, .message: nil
            }
        }

        mutating func range(_ field: String, _ range: ClosedRange<UInt64>) {
            self.limits[self.place(field)].range = range
        }

        mutating func codes(_ field: String, _ codes: [UInt32], since: UInt16 = 0) {
            self.limits[self.place(field)].codes.append((since, codes))
        }

        mutating func distinct(_ field: String, by key: String..., atMost limit: Int? = nil) {
            self.distinct.append(Distinct(place: self.place(field), key: key, limit: limit))
        }

        mutating func decimal(_ field: String) { self.limits[self.place(field)].isDecimal = true }

        private func place(_ field: String) -> Int {
            guard let place = self.message.place(of: field) else {
                preconditionFailure("\(self.message.name) has no field \(field)")
            }
            return place
        }
    }
}
