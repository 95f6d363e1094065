public import FiscalCore

extension FiscalResponse {
    /// The message as the source document writes it: members in its order and spelling, all eleven additional fields,
    /// then what the document does not show. A member that is nil is left out.
    public var json: JSON {
        var members: [JSON.Member] = []
        func add(_ name: String, _ value: JSON?) {
            if let value { members.append(JSON.Member(name, value)) }
        }
        add("FiscalCountry", self.fiscalCountry?.json)
        add("FiscalisationDocumentNumber", self.fiscalisationDocumentNumber)
        add("FiscalisationDocumentRevision", self.fiscalisationDocumentRevision)
        add("FiscalDocumentStartTime", self.fiscalDocumentStartTime)
        add("ProcessStartTime", .integer(self.processStartTime))
        add("ErrorDescription", .string(self.errorDescription))
        add("CashRegisterId", .string(self.cashRegisterID))
        add("Signature", .string(self.signature))
        add("UserMessage", .string(self.userMessage))
        add("PrintMessage", .string(self.printMessage))
        add("RequestTime", (self.requestTime?.text).map { .string($0) })
        add("RequestCompletionTime", (self.requestCompletionTime?.text).map { .string($0) })
        add("AdditionalFields", self.additionalFields.json)
        add("FiscalDocumentNumber", self.fiscalDocumentNumber)
        return .object(members + self.others)
    }

    /// ``json`` in UTF-8.
    public var bytes: [UInt8] { self.json.bytes }
}

extension AdditionalFields {
    var json: JSON {
        let fields: [JSON.Member] = [
            JSON.Member("QrCodeDataString", .string(self.qrCodeDataString)),
            JSON.Member("TransactionStartTime", .integer(self.transactionStartTime)),
            JSON.Member("TransactionEndTime", .integer(self.transactionEndTime)),
            JSON.Member("ProcessData", .string(self.processData)),
            JSON.Member("ProcessType", .string(self.processType)),
            JSON.Member("TseSerial", .string(self.tseSerial)),
            JSON.Member("TseTimeFormat", .string(self.tseTimeFormat)),
            JSON.Member("TseHashAlgorithm", .string(self.tseHashAlgorithm)),
            JSON.Member("TsePublicKey", .string(self.tsePublicKey)),
            JSON.Member("TseSignatureCounter", .integer(self.tseSignatureCounter)),
            JSON.Member("TseCertificate", .string(self.tseCertificate)),
        ]
        return .object(fields + self.others)
    }
}

extension FiscalCountry {
    /// The number, as the source document writes it; a name that our table lacks stands beside or in place of it.
    var json: JSON {
        guard let number = self.number else { return .string(self.name ?? "") }
        guard let name = self.name, name != Self.names[number] else { return .integer(number) }
        return .string("[\(number)] = \(name)")
    }
}
