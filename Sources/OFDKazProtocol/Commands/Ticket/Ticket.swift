public import FiscalCore

/// A receipt that may be sent (section 3.3, `TicketRequest`): it is valid by having been made.
///
/// It has no date, no numbers and no shift: the register puts those on it when it is issued. ``TicketBuilder`` does
/// the arithmetic.
public struct Ticket: Sendable, Hashable {
    public let operation: OperationType
    public let `operator`: Operator
    public let domain: Domain
    public let items: [Item]
    public let payments: [Payment]
    /// Taxes of the whole receipt; not together with taxes of lines.
    public let taxes: [Tax]
    public let amounts: Amounts
    public let extensionOptions: ExtensionOptions?
    /// On returns, and only there.
    public let parentTicket: ParentTicket?
    /// The printed receipt as one text, its lines apart by line feeds.
    public let printedTicket: String?
    /// As it travels, but for what the register puts on it and for what an edition does not have.
    package let pb: PBTicketRequest

    /// - Parameter edition: the edition whose rules it must fit. What the edition does not have is not judged, and left
    ///   out when the receipt is sent.
    /// - Throws: `InvalidField` for the first rule that is broken, with the field's way on the wire:
    ///   `items[0].commodity.name`.
    public init(
        operation: OperationType, operator: Operator, domain: Domain = .trading, items: [Item], payments: [Payment],
        taxes: [Tax] = [], amounts: Amounts, extensionOptions: ExtensionOptions? = nil,
        parentTicket: ParentTicket? = nil, printedTicket: String? = nil, edition: Edition = .v203
    ) throws(InvalidField) {
        self.operation = operation
        self.operator = `operator`
        self.domain = domain
        self.items = items
        self.payments = payments
        self.taxes = taxes
        self.amounts = amounts
        self.extensionOptions = extensionOptions
        self.parentTicket = parentTicket
        self.printedTicket = printedTicket
        var pb = PBTicketRequest()
        pb.operation = operation.pb
        pb.operator = `operator`.pb
        pb.domain = try domain.pb(field: "domain")
        pb.items = try items.pb(field: "items")
        pb.payments = try payments.pb(field: "payments")
        pb.taxes = try taxes.pb(field: "taxes")
        pb.amounts = try amounts.pb(field: "amounts")
        if let extensionOptions { pb.extensionOptions = extensionOptions.pb(field: "extension_options") }
        if let parentTicket { pb.parentTicket = try parentTicket.pb(field: "parent_ticket") }
        if let printedTicket { pb.printedTicket = printedTicket }
        self.pb = pb
        let issues = TicketRules.issues(
            in: pb, edition: edition, virtualWarehouse: self.virtualWarehouse, isStamped: false)
        if let issue = issues.first { throw issue.error }
    }

    /// The items whose goods are of the ESF Virtual Warehouse.
    package var virtualWarehouse: Set<Int> {
        Set(self.items.indices.filter { self.items[$0].isVirtualWarehouse })
    }
}

extension Ticket.Item {
    fileprivate var isVirtualWarehouse: Bool {
        switch self {
        case .commodity(let part): part.isVirtualWarehouse
        case .stornoCommodity(let part): part.isVirtualWarehouse
        case .markup, .stornoMarkup, .discount, .stornoDiscount: false
        }
    }
}
