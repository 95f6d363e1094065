import FiscalCore

extension Receipt {
    /// The body of the request: JSON in UTF-8, members in the order and spelling of the source document's sample.
    ///
    /// The same receipt, identity and options give the same bytes.
    public func encoded(as identity: RequestIdentity, options: EncodingOptions = EncodingOptions()) -> [UInt8] {
        self.request(as: identity, options).bytes
    }

    func request(as identity: RequestIdentity, _ options: EncodingOptions) -> JSON {
        var members = WireMembers(writesEmpty: options.writesEmptyMembers)
        members.add("Group", identity.group)
        members.add("Requestid", identity.requestID)
        members.add("Clientid", identity.clientID, empty: "")
        members.add("Device", "auto")
        members.add("DocumentType", self.type.rawValue)
        members.add("Lines", .array(self.lines.map { $0.wire(options) }))
        members.add("NonCash", .array(self.nonCash.map { .integer($0.minorUnits) }))
        members.add("Cash", self.cash.minorUnits, orEmptyIf: 0)
        members.add("TaxMode", self.taxMode?.rawValue ?? 0, orEmptyIf: 0)
        members.add("PhoneOrEmail", self.contact?.text)
        members.add("Place", self.place, empty: "")
        if self.wantsFullResponse || options.writesEmptyMembers {
            members.add("FullResponse", .bool(self.wantsFullResponse))
        }
        if !self.agentModes.isEmpty { members.add("PaymentAgentModes", self.agentModes.rawValue) }
        return .object(members.list)
    }
}

extension ReceiptLine {
    fileprivate func wire(_ options: EncodingOptions) -> JSON {
        var members = WireMembers(writesEmpty: false)
        members.add("Qty", self.quantity.thousandths)
        members.add("Price", self.price.minorUnits)
        members.add("PayAttribute", self.payAttribute?.rawValue)
        members.add("LineAttribute", self.lineAttribute?.rawValue)
        members.add("Taxid", self.vat.number(options.dialect))
        members.add("Description", self.description)
        if !self.agentModes.isEmpty { members.add("AgentModes", self.agentModes.rawValue) }
        members.add("TransferOperatorData", self.transferOperator?.wire)
        members.add("GetPaymentOperatorData", self.paymentOperator?.wire)
        members.add("AgentData", self.agent?.wire)
        members.add("ProviderData", self.provider?.wire)
        return .object(members.list)
    }
}

extension TransferOperatorData {
    fileprivate var wire: JSON? {
        .fields([("Phone", self.phone), ("Name", self.name), ("Address", self.address), ("INN", self.inn?.text)])
    }
}

extension GetPaymentOperatorData {
    fileprivate var wire: JSON? { .fields([("Phone", self.phone)]) }
}

extension AgentData {
    fileprivate var wire: JSON? { .fields([("Operation", self.operation), ("Phone", self.phone)]) }
}

extension ProviderData {
    fileprivate var wire: JSON? { .fields([("Phone", self.phone), ("Name", self.name), ("INN", self.inn?.text)]) }
}

extension JSON {
    /// An object of the texts that are there, or nil when there are none.
    fileprivate static func fields(_ fields: [(String, String?)]) -> JSON? {
        var members = WireMembers(writesEmpty: false)
        for (name, text) in fields { members.add(name, text) }
        return members.list.isEmpty ? nil : .object(members.list)
    }
}

/// Members in the making; those without a value are left out, or written empty where the sample does so.
private struct WireMembers {
    let writesEmpty: Bool
    var list: [JSON.Member] = []

    mutating func add(_ name: String, _ value: JSON?) {
        if let value { self.list.append(JSON.Member(name, value)) }
    }

    mutating func add(_ name: String, _ number: Int64?) { self.add(name, number.map { JSON.integer($0) }) }

    mutating func add(_ name: String, _ number: Int64, orEmptyIf none: Int64) {
        if number != none || self.writesEmpty { self.add(name, number) }
    }

    mutating func add(_ name: String, _ text: String?, empty: String? = nil) {
        let text = text.flatMap { $0.isEmpty ? nil : $0 } ?? (self.writesEmpty ? empty : nil)
        self.add(name, text.map { JSON.string($0) })
    }
}
