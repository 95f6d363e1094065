import FermaClient
import Testing

@Suite("The lists that the Ferma document lost")
struct FermaCodeListTests {
    @Test("DocumentType has four values, and the QR sign is another order, not one more")
    func documentTypes() {
        #expect(DocumentType.all.map(\.rawValue) == [0, 1, 2, 3])
        #expect(DocumentType.all.map(\.qrSign) == [1, 3, 2, 4])
    }

    @Test("PayAttribute runs from 1 to 7, each with a wording")
    func payAttributes() {
        #expect(PayAttribute.allCases.map(\.rawValue) == Array(1...7))
        #expect(PayAttribute.advance.rawValue == 3 && PayAttribute.fullPayment.rawValue == 4)
        #expect(PayAttribute(rawValue: 3).words == "аванс")
        #expect(PayAttribute(rawValue: 0).words == nil && PayAttribute(rawValue: 8).words == nil)
    }

    @Test("LineAttribute has 1 to 27 and 30 to 33, and 15 and 16 take a number for a name")
    func lineAttributes() {
        #expect(LineAttribute.allCases.map(\.rawValue) == Array(1...27) + Array(30...33))
        #expect(LineAttribute.allCases.allSatisfy { $0.words != nil })
        #expect(LineAttribute.agentFee.words == "агентское вознаграждение" && LineAttribute.payment.rawValue == 10)
        for attribute in LineAttribute.allCases {
            switch attribute.rawValue {
            case 15: #expect(attribute.descriptionNumbers == 1...25)
            case 16: #expect(attribute.descriptionNumbers == 26...31)
            default: #expect(attribute.descriptionNumbers == nil)
            }
        }
    }

    @Test("TaxMode has six bits")
    func taxModes() {
        #expect(TaxMode.allCases.map(\.rawValue) == [1, 2, 4, 8, 16, 32])
        #expect(
            TaxMode.allCases.map(\.words) == ["ОСН", "УСН доход", "УСН доход − расход", "ЕНВД", "ЕСХН", "патент"])
        #expect(TaxMode(rawValue: 3).words == nil)
    }

    @Test("Agents have seven bits, which can stand together")
    func agentModes() {
        let bits: [AgentModes] = [
            .bankPaymentAgent, .bankPaymentSubagent, .paymentAgent, .paymentSubagent, .attorney, .commissionAgent,
            .otherAgent,
        ]
        #expect(bits.map(\.rawValue) == [1, 2, 4, 8, 16, 32, 64])
        #expect(AgentModes(bits).rawValue == 127)
        #expect(AgentModes(rawValue: 65).words == ["банковский платёжный агент", "иной агент"])
    }

    @Test("The 31 wordings are a table; a missing one is a neutral label, not the bare number")
    func nonOperatingIncome() {
        #expect(NonOperatingIncome.standard.wordings.keys.sorted() == Array(1...31))
        #expect(NonOperatingIncome.standard.label(for: 4) == "аренда имущества")
        #expect(NonOperatingIncome.standard.label(for: 26) == "взносы на ОПС")
        let short = NonOperatingIncome(wordings: [1: "долевое участие"])
        #expect(short.label(for: 1) == "долевое участие")
        #expect(short.label(for: 2) == "Доход или взнос № 2")
    }
}
