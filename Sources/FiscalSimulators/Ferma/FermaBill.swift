import FiscalCore

/// A request whose values a register has found good, with the sums it works out: what becomes the document.
struct FermaBill: Sendable {
    /// One goods position.
    struct Line: Sendable {
        var data: FermaRequestData.Line
        var quantity: Int64
        var price: Int64
        /// Price × quantity, half a kopeck up.
        var sum: Int64
        var tax: FermaTax
        /// In the document and on paper.
        var text: String
        var payAttribute: Int64
        var lineAttribute: Int64
        /// The position's own agent mode, else that of the document; 0 for none.
        var agentModes: Int64
    }

    var data: FermaRequestData
    var type: Int64
    var lines: [Line]
    var total: Int64
    /// All non-cash payments together.
    var nonCash: Int64
    var cash: Int64
    /// Exactly one bit.
    var taxMode: Int64
    var place: String

    /// The part of the total that is paid in cash, without change.
    var cashPart: Int64 { self.total - self.nonCash }
    /// Money leaves the drawer: an expense, or an income taken back.
    var isPaidOut: Bool { self.type == 1 || self.type == 2 }
    /// The value of tag 1054.
    var settlementSign: Int64 { [0: 1, 1: 3, 2: 2, 3: 4][self.type] ?? 0 }
}

extension FermaBill {
    /// Judges a request as the register does: document type, positions, sums, texts, taxation system.
    init(_ data: FermaRequestData, on register: FermaRegister, _ rules: FermaRules) throws(FermaRefusal) {
        self.data = data
        self.type = try Self.type(data, rules)
        guard !data.lines.isEmpty else { throw FermaRefusal(208, "Lines") }
        self.lines = []
        for (index, line) in data.lines.enumerated() {
            self.lines.append(try Line(line, "Lines[\(index)]", data, rules))
        }
        if self.lines.count > 1, self.lines.contains(where: { $0.payAttribute == 7 }) {
            throw FermaRefusal(51, "a repayment of credit beside other positions")
        }
        self.cash = data.cash
        self.total = try Self.sum(self.lines.map(\.sum), "the total")
        self.nonCash = try Self.nonCash(data, rules)
        self.taxMode = 0
        self.place = data.place ?? register.place
        try self.checkPayments()
        try Self.checkTexts(data)
        self.taxMode = try Self.taxMode(data, register)
    }

    private static func type(_ data: FermaRequestData, _ rules: FermaRules) throws(FermaRefusal) -> Int64 {
        // The registers' own protocol takes no type for a sale.
        guard let type = data.documentType ?? (rules.numbering == .native ? 0 : nil) else {
            throw FermaRefusal(52, "DocumentType")
        }
        guard (0...3).contains(type) else { throw FermaRefusal(73, "DocumentType") }
        return type
    }

    private static func nonCash(_ data: FermaRequestData, _ rules: FermaRules) throws(FermaRefusal) -> Int64 {
        guard let payments = data.nonCash ?? (rules.numbering == .native ? [] : nil) else {
            throw FermaRefusal(52, "NonCash")
        }
        guard payments.count <= 3, payments.allSatisfy({ $0 >= 0 }) else { throw FermaRefusal(51, "NonCash") }
        return try Self.sum(payments, "NonCash")
    }

    private static func sum(_ values: [Int64], _ name: String) throws(FermaRefusal) -> Int64 {
        guard let sum = Int64(exactly: values.reduce(Int128(0)) { $0 + Int128($1) }) else {
            throw FermaRefusal(51, "\(name) is too large")
        }
        return sum
    }

    private func checkPayments() throws(FermaRefusal) {
        guard self.cash >= 0 else { throw FermaRefusal(51, "Cash") }
        guard self.total > 0 else { throw FermaRefusal(142, "the total is zero") }
        guard self.nonCash <= self.total else { throw FermaRefusal(77, "NonCash exceeds the total") }
        guard self.cash >= self.cashPart else { throw FermaRefusal(69, "the payments are less than the total") }
    }

    private static func checkTexts(_ data: FermaRequestData) throws(FermaRefusal) {
        if let place = data.place, !FermaPrintable.accepts(place, limit: 256) { throw FermaRefusal(51, "Place") }
        if let buyer = data.phoneOrEmail,
            !FermaPrintable.accepts(buyer, limit: 64) || !FermaBuyerAddress.accepts(buyer)
        {
            throw FermaRefusal(51, "PhoneOrEmail")
        }
        guard (0...127).contains(data.agentModes) else { throw FermaRefusal(51, "PaymentAgentModes") }
    }

    /// The system named, which must be one bit and among those of the registration; else the only one registered.
    private static func taxMode(_ data: FermaRequestData, _ register: FermaRegister) throws(FermaRefusal) -> Int64 {
        if data.taxMode == 0 {
            guard register.taxModes.nonzeroBitCount == 1 else { throw FermaRefusal(52, "TaxMode") }
            return register.taxModes
        }
        guard (1...32).contains(data.taxMode), data.taxMode.nonzeroBitCount == 1,
            data.taxMode & register.taxModes != 0
        else { throw FermaRefusal(51, "TaxMode") }
        return data.taxMode
    }
}
