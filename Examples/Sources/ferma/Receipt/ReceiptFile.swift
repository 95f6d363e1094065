import FermaClient
import FiscalCore
import ProgramSupport

/// A request in a file, in the spelling of the wire: the receipt in it, and what it is known by.
struct ReceiptFile {
    let receipt: Receipt
    /// The payment's own identifier. Without one of its own a receipt could not be told from its twin, so the command
    /// could not safely be repeated: the file must have it.
    let requestID: String
    let group: String?
    let clientID: String?

    /// - Throws: `InvalidField` for the first rule that is broken, `JSONError` for what is no JSON.
    init(_ bytes: [UInt8]) throws {
        let json = try JSON(parsing: bytes)
        guard json.members != nil else { throw InvalidField("request", .pattern, limit: "a JSON object") }
        let report = RequestReport(checking: json)
        if let finding = report.findings.first { throw finding.invalidField }
        for warning in report.warnings { Terminal.say("warning: \(warning)") }
        let request = RequestMembers(json)
        self.requestID = request.text("Requestid") ?? ""
        self.group = request.text("Group")
        self.clientID = request.text("Clientid")
        self.receipt = try request.receipt()
    }

    static func read(_ path: String) throws -> ReceiptFile {
        try Terminal.input(path) { try ReceiptFile(try Terminal.read(path)) }
    }
}

/// The members of a request that the rules have passed, as typed values.
private struct RequestMembers {
    private let json: JSON

    init(_ json: JSON) {
        self.json = json
    }

    func receipt() throws -> Receipt {
        try Receipt(
            DocumentType(rawValue: self.integer("DocumentType") ?? 0),
            lines: (self.json[anyCase: "Lines"]?.array ?? []).map { try RequestMembers($0).line() },
            nonCash: (self.json[anyCase: "NonCash"]?.array ?? []).compactMap { $0.integer.map(Self.roubles) },
            cash: Self.roubles(self.integer("Cash") ?? 0),
            taxMode: self.integer("TaxMode").flatMap { $0 == 0 ? nil : TaxMode(rawValue: $0) },
            contact: try self.text("PhoneOrEmail").map { try PhoneOrEmail($0) }, place: self.text("Place"),
            agentModes: AgentModes(rawValue: self.integer("PaymentAgentModes") ?? 0),
            wantsFullResponse: self.json[anyCase: "FullResponse"]?.bool ?? false)
    }

    private func line() throws -> ReceiptLine {
        guard let vat = VATTable.standard.vat(number: self.integer("Taxid") ?? 0, .ferma) else {
            throw InvalidField("Taxid", .oneOf, limit: "1...10")
        }
        return ReceiptLine(
            self.text("Description") ?? "", quantity: Quantity(thousandths: self.integer("Qty") ?? 0),
            price: Self.roubles(self.integer("Price") ?? 0), vat: vat,
            payAttribute: self.integer("PayAttribute").map { PayAttribute(rawValue: $0) },
            lineAttribute: self.integer("LineAttribute").map { LineAttribute(rawValue: $0) },
            agentModes: AgentModes(rawValue: self.integer("AgentModes") ?? 0),
            transferOperator: try self.structure("TransferOperatorData").map {
                TransferOperatorData(
                    phone: $0.text("Phone"), name: $0.text("Name"), address: $0.text("Address"), inn: try $0.inn())
            },
            paymentOperator: self.structure("GetPaymentOperatorData").map {
                GetPaymentOperatorData(phone: $0.text("Phone"))
            },
            agent: self.structure("AgentData").map {
                AgentData(operation: $0.text("Operation"), phone: $0.text("Phone"))
            },
            provider: try self.structure("ProviderData").map {
                ProviderData(phone: $0.text("Phone"), name: $0.text("Name"), inn: try $0.inn())
            })
    }

    private static func roubles(_ kopecks: Int64) -> Money { Money(minorUnits: kopecks, currency: .rub) }

    private func integer(_ name: String) -> Int64? { self.json[anyCase: name]?.integer }

    /// Nil for an empty text too: it says nothing.
    func text(_ name: String) -> String? { self.json[anyCase: name]?.string.flatMap { $0.isEmpty ? nil : $0 } }

    private func inn() throws -> INN? { try self.text("INN").map { try INN($0) } }

    private func structure(_ name: String) -> RequestMembers? {
        self.json[anyCase: name].flatMap { $0.members == nil ? nil : RequestMembers($0) }
    }
}
