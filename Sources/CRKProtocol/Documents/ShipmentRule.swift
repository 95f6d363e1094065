/// Which form each document takes in a shipment.
public struct ShipmentRule: Sendable, Hashable, Codable {
    /// What the shipment is for.
    public enum Purpose: String, Sendable, Hashable, Codable {
        /// By the schedule, or after a daily report: every number is accounted for (section 2.2.5).
        case schedule
        /// The reply to CMD06: what was asked for, in detail, and nothing more (section 2.3.1.4.1.4).
        case order
    }

    /// What becomes of one document.
    public enum Form: Sendable, Hashable {
        case detailed
        case short
        /// An info with this `typObiektu`.
        case info(Int)
        /// Not in this shipment at all.
        case omitted
    }

    public var kind: RegisterKind
    /// The kinds that go out in detail.
    public var types: ShipmentTypes
    public var purpose: Purpose
    /// A software register answers CMD06 with receipts that were not asked for as info 10 (decision P16).
    public var shortReceiptsAsInfo: Bool

    public init(
        kind: RegisterKind, types: ShipmentTypes, purpose: Purpose, shortReceiptsAsInfo: Bool = false
    ) {
        self.kind = kind
        self.types = types
        self.purpose = purpose
        self.shortReceiptsAsInfo = shortReceiptsAsInfo
    }

    public func form(of document: CRKDocument) -> Form {
        guard let type = document.type else { return .info(InfoDocument.other) }
        if self.types.contains(type) { return .detailed }
        switch self.purpose {
        case .schedule:
            if document.isAlwaysDetailed { return .detailed }
            // Software reports a receipt in short form as an info.
            if self.kind == .software, type == .pr { return .info(InfoDocument.other) }
            return document.short == nil ? .info(InfoDocument.other) : .short
        case .order:
            guard self.kind == .software, self.shortReceiptsAsInfo, type == .pr else { return .omitted }
            return .info(InfoDocument.other)
        }
    }
}
