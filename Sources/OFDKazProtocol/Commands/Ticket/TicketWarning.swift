/// Something about a receipt that its maker should know. It does not keep the receipt from being sent.
public struct TicketWarning: Sendable, Hashable {
    public var kind: Kind
    /// The field's way on the wire: `items[0].commodity.code`.
    public var field: String

    public init(_ kind: Kind, field: String) {
        self.kind = kind
        self.field = field
    }

    /// Open: later versions may know more.
    public struct Kind: RawRepresentable, Sendable, Hashable {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        /// A text that the protocol has as a number, and that is none: it is left out.
        public static let notANumber = Self(rawValue: "notANumber")
        /// The edition does not have the field: it is left out.
        public static let notInEdition = Self(rawValue: "notInEdition")
        /// A code of the operator's nomenclature, where the register has not loaded any.
        public static let withoutNomenclature = Self(rawValue: "withoutNomenclature")
        /// The customer should be sent a copy.
        public static let sendCopy = Self(rawValue: "sendCopy")
    }
}

extension TicketWarning: CustomStringConvertible {
    public var description: String { "\(self.field): \(self.kind.rawValue)" }
}

extension Ticket {
    /// What is left out when the receipt is sent, and what is unusual about it.
    /// - Parameters:
    ///   - edition: the edition that the register sends.
    ///   - worksWithNomenclature: whether the register has loaded the operator's nomenclature.
    public func warnings(edition: Edition = .v203, worksWithNomenclature: Bool = false) -> [TicketWarning] {
        var wire = self.pb
        var warnings = EditionTrim.trim(&wire, for: edition).map { TicketWarning(.notInEdition, field: $0) }
        for (index, payment) in self.payments.enumerated() where edition >= .v203 {
            guard case .card(_, let fields?) = payment else { continue }
            warnings += fields.unsendable.map {
                TicketWarning(.notANumber, field: "payments[\(index)].card_payment_fields.\($0)")
            }
        }
        for (index, item) in self.items.enumerated() where !worksWithNomenclature {
            guard case .commodity(let part) = item, part.code != nil else { continue }
            warnings.append(TicketWarning(.withoutNomenclature, field: "items[\(index)].commodity.code"))
        }
        if self.extensionOptions?.customerEmail?.isEmpty == false {
            warnings.append(TicketWarning(.sendCopy, field: "extension_options.customer_email"))
        }
        return warnings
    }
}
