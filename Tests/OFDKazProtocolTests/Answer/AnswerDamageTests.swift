import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("Damage in one field of an answer")
struct AnswerDamageTests {
    /// A way to damage a field so that a strict reader refuses the whole answer, or reads what was not said.
    enum Damage: CaseIterable {
        /// A number where a text is expected, and the other way round.
        case otherType
        /// A number of more bits than 64.
        case oversized
        /// A text that is not UTF-8.
        case notUTF8
        /// A length that goes beyond the end of the message around the field.
        case tooLong
        /// A message of bytes that are none.
        case noMessage

        /// The field with its tag, or nil where this damage is none for such a field.
        func bytes(_ field: EditableMessage.Field, _ content: EditableMessage.Content) -> [UInt8]? {
            let tag = UInt64(field.schema.number) << 3
            switch (self, content) {
            case (.otherType, .number): return varint(tag | 2) + [3, 0x80, 0x80, 0x80]
            case (.otherType, _): return varint(tag) + varint(1)
            case (.oversized, .number): return varint(tag) + [UInt8](repeating: 0xFF, count: 9) + [0x02]
            case (.notUTF8, .bytes) where field.schema.type == .string: return varint(tag | 2) + [3, 0x41, 0xC3, 0x28]
            case (.tooLong, .bytes(let bytes)): return varint(tag | 2) + varint(UInt64(bytes.count + 100_000)) + bytes
            case (.tooLong, .message(let message)):
                return varint(tag | 2) + varint(UInt64(message.bytes.count + 100_000)) + message.bytes
            case (.noMessage, .message): return varint(tag | 2) + [2, 0x07, 0x07]
            default: return nil
            }
        }
    }

    @Test(
        "The result stands, the field is named, and nothing that is left differs from what was sent",
        arguments: CompleteAnswer.all)
    func everyField(answer: CompleteAnswer) throws {
        let (whole, places) = try answer.places()
        let original = try answer.read(answer.payload()).settled()
        let essential = ["command", "result", "result.result_code"]
        for place in places {
            for damage in Damage.allCases {
                let field = EditableMessage.Field(schema: place.field, content: whole.content(place))
                guard let bytes = damage.bytes(field, field.content) else { continue }
                let payload = whole.replacing(place, by: .raw(bytes)).bytes
                let reading = answer.read(payload)
                guard case .answer(let read) = reading else {
                    #expect(essential.contains(place.path), "\(place.path) \(damage)")
                    continue
                }
                // A cut message may still have held its result.
                #expect(!essential.contains(place.path) || damage == .tooLong, "\(place.path) \(damage)")
                #expect(read.code == .ok, "\(place.path) \(damage)")
                #expect(
                    read.anomalies.contains { $0.field == place.path }, "\(place.path) \(damage): \(read.anomalies)")
                self.expectNothingInvented(read, original, "\(place.path) \(damage)")
            }
        }
    }

    /// Every value is the one that was sent, or absent.
    private func expectNothingInvented(_ read: Answer, _ original: Answer, _ where: Comment) {
        #expect(read.text == nil || read.text == original.text, `where`)
        #expect(read.ticketNumber == nil || read.ticketNumber == original.ticketNumber, `where`)
        #expect(read.qr == nil || read.qr == original.qr, `where`)
        #expect(read.reportType == nil || read.reportType == original.reportType, `where`)
        #expect(read.nomenclatureResult == nil || read.nomenclatureResult == original.nomenclatureResult, `where`)
        #expect(read.service.ads.allSatisfy { original.service.ads.contains($0) }, `where`)
        #expect(read.service.auxiliary.allSatisfy { $0.key == "k" && ($0.value == "v" || $0.value == nil) }, `where`)
        #expect(
            (read.service.registration ?? .init()).updated(by: original.service.registration ?? .init())
                == original.service.registration ?? .init(), `where`)
        #expect(read.auth == nil || read.auth?.result == original.auth?.result, `where`)
        #expect(read.nomenclature.map { $0.elements.count } ?? 2 == 2, `where`)
        if let report = read.reportWire, !read.reportIsDamaged { #expect(report == original.reportWire, `where`) }
    }

    @Test("A report of which a part cannot be read is marked, one that merely lacks a part is not")
    func damagedReport() throws {
        let answer = try CompleteAnswer.named("close")
        let (whole, places) = try answer.places()
        let sum = try #require(places.first { $0.path == "report.zx_report.checksum" })
        #expect(try !answer.read(whole.removing(sum).bytes).settled().reportIsDamaged)
        let notUTF8 = whole.replacing(sum, by: .bytes([0xFF])).bytes
        let read = try answer.read(notUTF8).settled()
        #expect(read.reportIsDamaged)
        #expect(read.reportWire?.shiftNumber == 4 && read.reportWire?.hasChecksum == false)
        // Damage elsewhere does not touch the report.
        let ad = try #require(places.first { $0.path == "service.ticket_ads[0].text" })
        #expect(try !answer.read(whole.replacing(ad, by: .bytes([0xFF])).bytes).settled().reportIsDamaged)
    }

    @Test("An advertisement that is not UTF-8 costs itself, and the receipt is registered")
    func brokenAdvertisement() throws {
        let answer = try CompleteAnswer.named("ticket")
        let (whole, places) = try answer.places()
        let text = try #require(places.first { $0.path == "service.ticket_ads[0].text" })
        let payload = whole.replacing(text, by: .bytes([0xD0])).bytes
        #expect(throws: (any Error).self) { try PBResponse(serializedBytes: payload) }
        let read = try answer.read(payload).settled()
        #expect(read.ticketNumber == "4228143549")
        #expect(read.service.ads == [TicketAd(info: TicketAdInfo(type: .info, version: 1), text: "И")])
        #expect(
            read.anomalies == [
                Anomaly(.damaged, field: "service.ticket_ads[0].text", "the text is not UTF-8; left out")
            ])
    }

    @Test("A number of the receipt survives damage behind it in the same message")
    func numberBeforeDamage() throws {
        let answer = try CompleteAnswer.named("ticket")
        // ticket { ticket_number "42", a length that goes beyond the end }
        let payload: [UInt8] = [0x08, 1, 0x12, 2, 0x08, 0, 0x1A, 6, 0x0A, 2, 0x34, 0x32, 0x12, 0x7F]
        let read = try answer.read(payload).settled()
        #expect(read.ticketNumber == "42" && read.qr == nil)
        #expect(read.anomalies.map(\.field) == ["ticket.qr_code"])
        // The same with the message itself cut off.
        let cut = try answer.read(Array(payload.prefix(12))).settled()
        #expect(cut.ticketNumber == "42")
        #expect(cut.anomalies.map(\.field) == ["ticket"])
    }

    @Test("A number where a 2.0.2 server had another field is an unknown field: the rest of the organisation is read")
    func otherTypeUnderTheSameNumber() throws {
        let answer = try CompleteAnswer.named("info, shift open")
        let (whole, places) = try answer.places()
        let address = try #require(places.first { $0.path == "service.reg_info.org.address_kz" })
        let read = try answer.read(whole.replacing(address, by: .number(1)).bytes).settled()
        #expect(read.service.registration?.org?.iin == "012345678901")
        #expect(read.service.registration?.org?.addressKz == nil)
        #expect(read.anomalies.map(\.kind) == [.unknownField])
    }

    @Test("Unknown fields of a newer server are told and change nothing, of whatever wire type")
    func unknownFields() throws {
        let answer = try CompleteAnswer.named("ticket")
        let original = try answer.read(answer.payload()).settled()
        let unknown: [[UInt8]] = [
            varint(99 << 3) + [1], varint(99 << 3 | 1) + [UInt8](repeating: 1, count: 8), varint(99 << 3 | 2) + [1, 7],
            varint(99 << 3 | 5) + [1, 2, 3, 4], varint(99 << 3 | 3) + [0x08, 1, 0x13, 0x14] + varint(99 << 3 | 4),
        ]
        for field in unknown {
            var read = try answer.read(answer.payload() + field).settled()
            #expect(read.anomalies == [Anomaly(.unknownField, "field 99 is not known here")])
            read.anomalies = []
            #expect(read == original)
        }
    }

    @Test("Roles may also stand in one field together")
    func packedRoles() throws {
        let answer = try CompleteAnswer.named("auth")
        var response = try answer.pb()
        response.auth.roles = []
        let auth: [UInt8] = try response.auth.serializedBytes()
        response.clearAuth()
        let packed = auth + [0x22, 2, 1, 3]
        let read = try answer.read(response.serializedBytes() + [0x3A, UInt8(packed.count)] + packed).settled()
        #expect(read.auth?.roles == [.paymaster, .administrator])
        #expect(read.anomalies.isEmpty)
        let broken = auth + [0x22, 2, 1, 0x80]
        let damaged = try answer.read(response.serializedBytes() + [0x3A, UInt8(broken.count)] + broken).settled()
        #expect(damaged.auth?.roles == [])
        #expect(damaged.anomalies.map(\.field) == ["auth.roles[0]"])
    }

    @Test("A million odd fields fill no memory: a hundred are told, the rest is counted")
    func manyAnomalies() throws {
        let answer = try CompleteAnswer.named("ticket")
        let odd = [UInt8](repeating: 0x78, count: 2 * 5000).enumerated().map { $0.offset % 2 == 0 ? $0.element : 1 }
        let read = try answer.read(answer.payload() + odd).settled()
        #expect(read.anomalies.count == 101)
        #expect(read.anomalies.last == Anomaly(.more, "at least 4900 more"))
    }
}
