public import FiscalCore

extension OutageLog {
    /// For a person: one paragraph per outage, times on a clock of `zone`.
    public func text(zone: some CivilZone) -> String {
        var lines: [String] = []
        for entry in self.outages {
            let outage = entry.outage
            let end = outage.end.map { Self.time($0, zone) } ?? "lasts"
            lines.append("Outage \(outage.sequence): \(Self.time(outage.begin, zone)) – \(end)")
            lines.append("  TSE \(outage.tseSerial)")
            lines.append("  Reason: \(TSEFailure(outage.reason, outage.detail)); failed calls: \(outage.failures)")
            lines.append("  Receipts issued without signature: \(entry.documents.count)")
            for document in entry.documents { lines.append("    " + document.line(zone)) }
            for orphan in self.orphans where orphan.outage == outage.sequence {
                lines.append("    " + orphan.line(zone))
            }
        }
        let before = self.orphans.filter { $0.outage == nil }
        if !before.isEmpty { lines.append("Outside any outage") }
        for orphan in before { lines.append("    " + orphan.line(zone)) }
        return lines.map { $0 + "\n" }.joined()
    }

    /// For a program: times in UTC, `yyyy-MM-ddTHH:mm:ss.fffZ`.
    public var json: JSON {
        [
            "outages": .array(self.outages.map(\.json)),
            "orphanTransactions": .array(self.orphans.map(\.json)),
        ]
    }

    fileprivate static func time(_ instant: FiscalInstant, _ zone: some CivilZone) -> String {
        OffsetDateTime(instant, zone: zone).iso8601(fractionDigits: 3)
    }

    fileprivate static func json(_ instant: FiscalInstant) -> JSON {
        .string(Self.time(instant, FixedZone.utc))
    }
}

extension OutageLog.Entry {
    fileprivate var json: JSON {
        [
            "sequence": .integer(self.outage.sequence),
            "begin": OutageLog.json(self.outage.begin),
            "end": self.outage.end.map { OutageLog.json($0) } ?? .null,
            "reason": .string(self.outage.reason.rawValue),
            "detail": .string(self.outage.detail),
            "tseSerial": .string(self.outage.tseSerial),
            "failedCalls": .integer(self.outage.failures),
            "documents": .array(self.documents.map(\.json)),
        ]
    }
}

extension OutageLog.Document {
    fileprivate func line(_ zone: some CivilZone) -> String {
        var line = "\(self.id) of \(self.register)"
        if let number = self.number { line += ", number \(number)" }
        line += self.isCancelled ? ", cancelled " : ", stored "
        line += OutageLog.time(self.requestedAt, zone) + ": \(self.state.name)"
        if case .reSigned(let signature, _) = self.state {
            line += " \(OutageLog.time(signature.logTime, zone)), transaction \(signature.transactionNumber)"
            line += ", counter \(signature.signatureCounter)"
        }
        return line
    }

    fileprivate var json: JSON {
        [
            "id": .string(self.id),
            "register": .string(self.register),
            "number": self.number.map { .integer($0) } ?? .null,
            "step": .string(self.isCancelled ? "cancel" : "store"),
            "requestedAt": OutageLog.json(self.requestedAt),
            "processType": .string(self.processType),
            "processData": .string(self.processData),
            "state": .string(self.state.name),
            "failure": .optional(self.failure),
            "lateSignature": self.lateSignature,
        ]
    }

    private var lateSignature: JSON {
        guard case .reSigned(let signature, let at) = self.state else { return .null }
        return [
            "transactionNumber": .integer(signature.transactionNumber),
            "signatureCounter": .integer(signature.signatureCounter),
            "logTime": OutageLog.json(signature.logTime),
            "atHandAt": OutageLog.json(at),
            "qr": .string(signature.qr),
        ]
    }
}

extension OrphanTransaction {
    fileprivate func line(_ zone: some CivilZone) -> String {
        let line = "transaction \(self.number) of \(self.client) without a receipt, found "
        let found = OutageLog.time(self.foundAt, zone)
        return switch self.closing {
        case nil: line + found + ", open"
        case .signed(let counter, let logTime):
            line + found + ", closed \(OutageLog.time(logTime, zone)), counter \(counter)"
        case .unreadable: line + found + ", closed, its signature cannot be read"
        case .gone: line + found + ", not known to the TSE any more"
        }
    }

    fileprivate var json: JSON {
        var closed: JSON = .null
        var counter: JSON = .null
        switch self.closing {
        case .signed(let signatureCounter, let logTime):
            closed = OutageLog.json(logTime)
            counter = .integer(signatureCounter)
        case .unreadable(let at), .gone(let at): closed = OutageLog.json(at)
        case nil: break
        }
        return [
            "transactionNumber": .integer(self.number),
            "client": .string(self.client),
            "tseSerial": .string(self.tseSerial),
            "foundAt": OutageLog.json(self.foundAt),
            "outage": self.outage.map { .integer($0) } ?? .null,
            "document": .optional(self.document),
            "closedAt": closed,
            "signatureCounter": counter,
        ]
    }
}
