import EETProtocol
import FiscalCore
import HTTPTypes

extension EETAuthority {
    /// The answer to a ruling, spoiled as planned.
    func reply(
        to ruling: Ruling, code: String, _ fault: EETFault?, transaction: String, at now: FiscalInstant
    ) -> SimulatedReply {
        if case .ignore = ruling.decision {
            if case .lost = fault { return .lost }
            return .silence
        }
        let response = self.response(to: ruling, code: code, fault, transaction: transaction, at: now)
        switch fault {
        case .silence: return .silence
        case .lost: return .lost
        case .delay(let milliseconds): return .late(response, after: .milliseconds(max(0, milliseconds)))
        case .truncated: return .cut(response, bodyBytes: response.body.count / 2)
        default: return .answer(response)
        }
    }

    private func response(
        to ruling: Ruling, code: String, _ fault: EETFault?, transaction: String, at now: FiscalInstant
    ) -> HTTPExchangeResponse {
        var head = HTTPResponse(status: .ok)
        head.headerFields[.contentType] = "text/xml; charset=utf-8"
        if let name = HTTPField.Name("X-Global-Transaction-Id") { head.headerFields[name] = transaction }
        if case .http(let status, let isSOAPFault) = ruling.decision {
            head.status = HTTPResponse.Status(code: (100...999).contains(status) ? status : 500)
            if case .garbage = fault {
                return HTTPExchangeResponse(head: head, body: [0xFF, 0xFE, 0x00] + self.random.bytes(count: 509))
            }
            let text = isSOAPFault ? AnswerEnvelope.fault("Client", ruling.reason ?? "Internal error") : ""
            return HTTPExchangeResponse(head: head, body: Array(text.utf8))
        }
        let answer = self.answer(to: ruling, code: code, fault, at: now)
        return HTTPExchangeResponse(head: head, body: self.spoil(self.envelope(answer, fault), fault))
    }

    /// The `Odpoved`, with what a fault makes it say wrongly.
    private func answer(to ruling: Ruling, code: String, _ fault: EETFault?, at now: FiscalInstant) -> OutgoingAnswer {
        let content: OutgoingAnswer.Content =
            switch ruling.decision {
            case .refuse(let code, let text): .error(code: code, text: text)
            case .verify: .error(code: Chyba.verified.rawValue, text: Chyba.verified.text(self.edition))
            case .confirm, .http, .ignore: .confirmation(code: code)
            }
        let uuid = ruling.sale.map(\.uuid).flatMap { SchemaType.uuid.accepts($0) ? $0 : nil }
        var answer = OutgoingAnswer(
            edition: self.edition, content: content,
            time: OffsetDateTime(now, zone: NamedZone.prague).iso8601Seconds, uuid: uuid, bkp: ruling.sale?.bkp,
            isTest: self.environment.isTest, warnings: ruling.warnings)
        switch fault {
        case .wrongUUID: answer.uuid = self.random.uuid()
        case .wrongBKP: answer.bkp = answer.bkp.map { _ in self.newBKP() }
        case .wrongTestFlag: answer.isTest.toggle()
        case .otherEdition: answer.edition = self.edition == .v3 ? .v4 : .v3
        default: break
        }
        return answer
    }

    private func newBKP() -> String {
        (0..<5).map { _ in Hex.encode(self.random.bytes(count: 4), uppercase: true) }.joined(separator: "-")
    }

    /// Confirmations are sealed, errors are not.
    private func envelope(_ answer: OutgoingAnswer, _ fault: EETFault?) -> String {
        guard case .confirmation = answer.content else { return AnswerEnvelope.plain(answer) }
        var seal = self.identity.seal
        var flaw: AnswerEnvelope.Flaw?
        switch fault {
        case .noSeal: return AnswerEnvelope.plain(answer)
        case .foreignSeal: seal = self.identity.foreignSeal
        case .expiredSeal: seal = self.identity.expiredSeal
        case .strangerSeal: seal = self.identity.strangerSeal
        case .brokenDigest: flaw = .digest
        case .brokenSignature: flaw = .signature
        default: break
        }
        // Signing with a key that was checked when the identity was made does not fail; if the machine cannot, an
        // unsealed confirmation is what a till must not accept anyway.
        return (try? AnswerEnvelope.sealed(answer, by: seal, random: self.random, flaw: flaw))
            ?? AnswerEnvelope.plain(answer)
    }

    private func spoil(_ text: String, _ fault: EETFault?) -> [UInt8] {
        let bytes = Array(text.utf8)
        switch fault {
        case .emptyBody: return []
        case .malformed: return Array(bytes.dropLast(24))
        case .otherDocument: return Array(AnswerEnvelope.other(self.edition).utf8)
        case .documentType:
            let end = bytes.firstIndex(of: 0x0A).map { $0 + 1 } ?? 0
            let type = "<!DOCTYPE soapenv:Envelope [<!ENTITY fik \"00000000\">]>\n"
            return Array(bytes[..<end]) + Array(type.utf8) + Array(bytes[end...])
        case .huge(let count): return bytes + Array(repeating: 0x20, count: max(0, min(count, 1 << 28)))
        default: return bytes
        }
    }
}
