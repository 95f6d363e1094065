import FermaClient
import FiscalCore
import Testing

@Suite("The sample request of the Ferma document")
struct FermaSampleRequestTests {
    /// As it stands in the document, but for line breaks.
    static let text = """
        {"Requestid":"545+64","Clientid":"","Device":"auto","DocumentType":0,"Lines":[{"Qty":1,"Price":78850,\
        "PayAttribute":4,"Taxid":4,"Description":"Услуги по перевозке пассажиров и багажа","AgentModes":64,\
        "ProviderData":{"INN":"7707083893"}}],"NonCash":[78850,0,0],"Cash":0,"TaxMode":0,\
        "PhoneOrEmail":"79878985623","Place":"","FullResponse":false,"PaymentAgentModes":64}
        """

    private func line(_ thousandths: Int64) throws -> ReceiptLine {
        ReceiptLine(
            "Услуги по перевозке пассажиров и багажа", quantity: Quantity(thousandths: thousandths),
            price: Money(minorUnits: 78850, currency: .rub), vat: .rate0, payAttribute: .fullPayment,
            agentModes: .otherAgent, provider: ProviderData(inn: try INN("7707083893")))
    }

    private let payments = [78850, 0, 0].map { Money(minorUnits: $0, currency: .rub) }

    @Test("Typed values with checks off give the sample: same members, same values, same order")
    func reproduced() throws {
        let receipt = try Receipt.unchecked(
            .income, lines: [self.line(1)], nonCash: self.payments, contact: PhoneOrEmail("79878985623"),
            agentModes: .otherAgent)
        let bytes = receipt.encoded(
            as: try RequestIdentity(requestID: "545+64"), options: EncodingOptions(writesEmptyMembers: true))
        #expect(String(decoding: bytes, as: UTF8.self) == Self.text)
        #expect(receipt.total.minorUnits == 79)
    }

    @Test("With checks on it is refused: 788.50 roubles are paid for 79 kopecks")
    func refused() throws {
        let error = #expect(throws: InvalidField.self) {
            try Receipt(
                .income, lines: [self.line(1)], nonCash: self.payments, contact: PhoneOrEmail("79878985623"),
                agentModes: .otherAgent)
        }
        #expect(error == InvalidField("NonCash", .consistency, limit: "at most the total of the lines"))
        let report = RequestReport(checking: .parsed(Self.text))
        #expect(report.issues == [.nonCashExceedsTotal])
        #expect(report.totalKopecks == 79)
    }

    @Test("One piece is 1000 thousandths; so the sample holds, and is written without its empty members")
    func corrected() throws {
        let receipt = try Receipt(
            .income, lines: [self.line(1000)], nonCash: self.payments, contact: PhoneOrEmail("79878985623"),
            agentModes: .otherAgent)
        let text = String(decoding: receipt.encoded(as: try RequestIdentity(requestID: "545+64")), as: UTF8.self)
        let short = Self.text.replacing("\"Qty\":1,", with: "\"Qty\":1000,")
            .replacing("\"Clientid\":\"\",", with: "").replacing("\"Cash\":0,\"TaxMode\":0,", with: "")
            .replacing("\"Place\":\"\",\"FullResponse\":false,", with: "")
        #expect(text == short)
    }
}
