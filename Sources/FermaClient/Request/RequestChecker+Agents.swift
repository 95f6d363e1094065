import FiscalCore

extension RequestChecker {
    /// The structures of a line that name for whom the seller acts. Whether the supplier's INN is among them.
    mutating func checkAgents(of line: WireObject) -> Bool {
        let limits = self.rules.limits
        if let data = self.structure(line, "TransferOperatorData", members: ["Phone", "Name", "Address", "INN"]) {
            self.checkText(data, "Phone", limit: limits.phone)
            self.checkText(data, "Name", limit: limits.transferOperatorName)
            self.checkText(data, "Address", limit: limits.transferOperatorAddress)
            _ = self.checkINN(data)
        }
        if let data = self.structure(line, "GetPaymentOperatorData", members: ["Phone"]) {
            self.checkText(data, "Phone", limit: limits.phone)
        }
        if let data = self.structure(line, "AgentData", members: ["Operation", "Phone"]) {
            self.checkText(data, "Operation", limit: limits.operation)
            self.checkText(data, "Phone", limit: limits.phone)
        }
        guard let data = self.structure(line, "ProviderData", members: ["Phone", "Name", "INN"]) else { return false }
        self.checkText(data, "Phone", limit: limits.phone)
        self.checkText(data, "Name", limit: limits.providerName)
        return self.checkINN(data)
    }

    private mutating func structure(_ line: WireObject, _ name: String, members: [String]) -> WireObject? {
        guard let value = line.value(name) else {
            self.noteIfEmpty(line, name)
            return nil
        }
        guard let given = value.members else {
            self.notes.add(.wrongType, line.path(name), limit: "an object")
            return nil
        }
        if given.isEmpty { self.notes.warn(.emptyMember, line.path(name)) }
        let data = WireObject(json: value, prefix: line.path(name) + ".")
        data.noteNames(known: members, in: &self.notes)
        return data
    }

    /// Whether an INN is given, right or wrong.
    private mutating func checkINN(_ data: WireObject) -> Bool {
        switch data.text("INN") {
        case .absent: self.noteIfEmpty(data, "INN")
        case .value(""): self.notes.warn(.emptyMember, data.path("INN"))
        case .value(let text):
            let inn = try? INN(text)
            if inn?.hasValidCheckDigits != true { self.notes.add(.innFormat, data.path("INN")) }
            return true
        case .wrongType:
            self.notes.add(.wrongType, data.path("INN"), limit: "text")
            return true
        }
        return false
    }
}
