import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Testing

/// Every error of the interface description, provoked by a message that deserves it.
@Suite("The simulated tax office: errors")
struct EETAuthorityErrorTests {
    @Test("A good message is confirmed and recorded", arguments: Edition.allCases)
    func good(_ edition: Edition) throws {
        var office = try SimulatedOffice.authority(edition)
        let message = HandmadeMessage(edition)
        let answer = try office.post(message).answer(for: message)
        #expect(answer.accepted)
        #expect(answer.warnings.isEmpty)
        #expect(office.sales.map(\.first.code) == [answer.code])
    }

    @Test("2: bytes that are not in the declared encoding")
    func badEncoding() throws {
        var office = try SimulatedOffice.authority()
        let text = try HandmadeMessage().signed(.v3)
        var latin = text
        latin.insert(0xE9, at: text.count - 20)
        #expect(try office.post(bytes: latin).chyba() == 2)

        var declared = HandmadeMessage()
        declared.editMessage = { $0.replacing("encoding=\"UTF-8\"", with: "encoding=\"ISO-8859-2\"") }
        #expect(try office.post(declared).chyba() == 2)
        #expect(office.sales.isEmpty)
    }

    @Test("2 may be a SOAP fault or silence instead, as the note to the code says")
    func badEncodingOtherwise() throws {
        let bytes: [UInt8] = Array("<a>".utf8) + [0xE9] + Array("</a>".utf8)
        var rules = EETRules()
        rules.unreadable = .soapFault
        var faulting = try SimulatedOffice.authority(rules: rules)
        let fault = try #require(faulting.post(bytes: bytes).response)
        #expect(fault.head.status.code == 500)
        #expect(String(decoding: fault.body, as: UTF8.self).contains("<soapenv:Fault>"))

        rules.unreadable = .silence
        var silent = try SimulatedOffice.authority(rules: rules)
        #expect(silent.post(bytes: bytes) == .silence)
    }

    @Test("3: what the schema does not allow is refused before the signature is looked at")
    func schemaViolation() throws {
        var office = try SimulatedOffice.authority()
        var message = HandmadeMessage()
        message.data["id_provoz"] = "0"
        #expect(try office.post(message).chyba() == 3)
        message.editMessage = { $0.replacing("<d:SignatureValue>", with: "<d:SignatureValue>AAAA") }
        #expect(try office.post(message).chyba() == 3)
        #expect(office.messages.last?.reason == "the value of id_provoz")
    }

    @Test("3: a message of the other edition")
    func otherEdition() throws {
        var office = try SimulatedOffice.authority(.v4)
        let reply = office.post(bytes: try HandmadeMessage(.v3).signed(.v3))
        #expect(try reply.chyba() == 3)
    }

    @Test("4: one signed character changed", arguments: Edition.allCases)
    func badSignature(_ edition: Edition) throws {
        var office = try SimulatedOffice.authority(edition)
        var message = HandmadeMessage(edition)
        message.editMessage = { $0.replacing("34113.00", with: "34113.01") }
        #expect(try office.post(message).chyba() == 4)
        #expect(office.sales.isEmpty)
    }

    @Test("4: no signature, no certificate, or one of another authority")
    func badCertificate() throws {
        var office = try SimulatedOffice.authority()
        var unsigned = HandmadeMessage()
        unsigned.editMessage = {
            $0.replacing(/<d:Signature .*<\/d:Signature>/, with: "")
        }
        #expect(try office.post(unsigned).chyba() == 4)

        let others = try EETAuthorityIdentity(at: SimulatedOffice.now, random: CountingRandomSource(seed: 21))
        var foreign = HandmadeMessage()
        foreign.credentials = Result {
            try others.issueCredentials(
                dic: "CZ1212121218", at: SimulatedOffice.now, random: CountingRandomSource(seed: 22))
        }
        #expect(try office.post(foreign).chyba() == 4)
        #expect(office.messages.last?.reason?.contains("no chain leads to a trusted certificate") == true)

        office.extraTaxpayerAuthorities = [others.taxpayerAuthorityCertificate]
        #expect(try office.post(foreign).answer().accepted)
    }

    @Test("4: the certificate has expired or is not valid yet when the message arrives")
    func expiredCertificate() throws {
        var office = try SimulatedOffice.authority()
        let message = HandmadeMessage()
        let (early, late) = (SimulatedOffice.now - .seconds(2 * 86_400), SimulatedOffice.now + .seconds(1096 * 86_400))
        #expect(try office.post(message, at: late).chyba() == 4)
        #expect(try office.post(message, at: early).chyba() == 4)
        office.rules.acceptsExpiredCertificates = true
        #expect(try office.post(message, at: late).answer().accepted)
    }

    @Test("4 in strict mode, warning 1 otherwise: the sale is another taxpayer's")
    func otherTaxpayer() throws {
        var message = HandmadeMessage()
        message.data["dic_popl"] = "CZ72080043"
        var office = try SimulatedOffice.authority()
        let reply = try office.post(message)
        #expect(try reply.answer().accepted)
        #expect(try reply.warnings() == [1])

        office.rules = .strict
        #expect(try office.post(message).chyba() == 4)
        #expect(office.sales.count == 1)
    }

    @Test("5: a BKP that is not the digest of the PKP, in any letter case")
    func badBKP() throws {
        var office = try SimulatedOffice.authority()
        var message = HandmadeMessage()
        message.editBKP = { $0.lowercased() }
        #expect(try office.post(message).answer().accepted)
        message.editBKP = { ($0.first == "0" ? "1" : "0") + $0.dropFirst() }
        #expect(try office.post(message).chyba() == 5)
    }

    @Test("6: a number of zeros only; in strict mode also one whose check digit is wrong")
    func badTaxpayer() throws {
        var office = try SimulatedOffice.authority()
        var message = HandmadeMessage()
        message.data["dic_popl"] = "CZ00000000"
        #expect(try office.post(message).chyba() == 6)
        message.data["dic_popl"] = "CZ12345678"
        #expect(try office.post(message).warnings() == [1])

        var rules = EETRules()
        rules.taxpayerStructure = .checkDigits
        office.rules = rules
        #expect(try office.post(message).chyba() == 6)
        #expect(try office.post(HandmadeMessage()).answer().accepted)
    }

    @Test("7: more than 12,288 bytes, not one less")
    func tooLarge() throws {
        var office = try SimulatedOffice.authority()
        func message(of size: Int) throws -> HandmadeMessage {
            var message = HandmadeMessage()
            let missing = try size - message.signed(.v3).count
            message.editMessage = { $0 + String(repeating: "\n", count: missing) }
            return message
        }
        #expect(try office.post(message(of: 12_288)).answer().accepted)
        let reply = try office.post(message(of: 12_289))
        #expect(try reply.chyba() == 7)
        #expect(try reply.answer().header.uuid == HandmadeMessage().header["uuid_zpravy"])
        #expect(try office.post(bytes: Array(repeating: 0x20, count: 2 << 20)).chyba() == 7)
    }

    @Test("Errors are not sealed, name the message when it could be read, and say when it was refused")
    func errorAnswer() throws {
        var office = try SimulatedOffice.authority(.v3, .production)
        var message = HandmadeMessage()
        message.data["celk_trzba"] = "1,00"
        let reply = try office.post(message)
        let answer = try reply.answer(for: message)
        #expect(answer.signature == .absent)
        #expect(answer.header.uuid == message.header["uuid_zpravy"])
        #expect(answer.header.datOdmit?.text == "2026-11-20T13:00:00+01:00")
        #expect(answer.header.datPrij == nil)
        #expect(
            answer.content == .chyba(.schemaViolation, text: "XML zprava nevyhovela kontrole XML schematu", test: false)
        )
        #expect(reply.response?.head.status.code == 200)

        message.header["uuid_zpravy"] = "not a uuid"
        #expect(try office.post(message).answer().header.uuid == nil)
    }

    @Test("What is no SOAP message is answered below the application")
    func noSOAP() throws {
        var office = try SimulatedOffice.authority()
        #expect(office.post(bytes: Array("<a/>".utf8)).response?.head.status.code == 500)
        #expect(office.post(bytes: Array("<a>".utf8)).response?.head.status.code == 500)
        #expect(office.post(bytes: []).response?.head.status.code == 500)
        // A document type looks like an attack.
        #expect(office.post(bytes: Array("<!DOCTYPE a><a/>".utf8)) == .silence)
    }

    @Test("Address, method, content type and SOAPAction have to be right")
    func http() throws {
        var office = try SimulatedOffice.authority()
        let message = HandmadeMessage()
        let good = message.request(.v3, try message.signed(.v3))
        func status(_ edit: (inout HTTPExchangeRequest) -> Void) -> Int? {
            var request = good
            edit(&request)
            return office.receive(request, at: SimulatedOffice.now).response?.head.status.code
        }
        #expect(status { $0.head.path = "/eet/services/EETServiceSOAP/v4" } == 404)
        #expect(status { $0.head.method = .get } == 405)
        #expect(status { $0.head.headerFields[.contentType] = "application/json" } == 500)
        #expect(status { $0.head.headerFields[.soapAction] = nil } == 500)
        #expect(status { $0.head.headerFields[.soapAction] = "\"http://fs.gov.cz/eet/OdeslaniTrzby\"" } == 500)
        #expect(office.sales.isEmpty)
        // Both forms of SOAPAction, and a content type without charset, are taken.
        #expect(status { $0.head.headerFields[.soapAction] = Edition.v3.soapAction } == 200)
        #expect(status { $0.head.headerFields[.contentType] = "text/xml" } == 200)
        #expect(office.sales.count == 1)
    }

    @Test("Edition 4 wants the encoding said, in the content type or in the first line")
    func encodingSaid() throws {
        var office = try SimulatedOffice.authority(.v4)
        var message = HandmadeMessage(.v4)
        func post() throws -> SimulatedReply {
            var request = message.request(.v4, try message.signed(.v4))
            request.head.headerFields[.contentType] = "text/xml"
            return office.receive(request, at: SimulatedOffice.now)
        }
        #expect(try post().answer().accepted)
        message.editMessage = { $0.replacing("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", with: "") }
        #expect(try post().chyba() == 2)
    }
}
