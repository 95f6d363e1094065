import FiscalCore
import FiscalTestSupport
import TSEOffline
import Testing

/// Decision T6: one bit is changed in what the signature covers, and the text is refused.
@Suite("Changed bits in a QR text") struct QRTamperingTests {
    /// A part that the signature covers, and how one of its bits is changed.
    enum Part: CaseIterable {
        case client, processType, processData, transactionNumber, signatureCounter, logTime, algorithm, signature, key

        /// The index of its field.
        var field: Int {
            switch self {
            case .client: 1
            case .processType: 2
            case .processData: 3
            case .transactionNumber: 4
            case .signatureCounter: 5
            case .logTime: 7
            case .algorithm: 8
            case .signature: 10
            case .key: 11
            }
        }

        /// The field's text with one bit changed; nil when the part has no bit.
        func changed(_ text: String, _ generator: inout SeededGenerator) -> String? {
            switch self {
            case .signature, .key:
                return Base64.decode(text).flatMap { Self.flipped($0, &generator) }.map { Base64.encode($0) }
            case .logTime:
                // Whole seconds are signed: a bit of the number of seconds.
                guard let time = FiscalInstant(utcMilliseconds: text) else { return nil }
                let bit = Int64(1) << Int64.random(in: 0..<31, using: &generator)
                return FiscalInstant(secondsSinceEpoch: time.secondsSinceEpoch ^ bit).utcMilliseconds
            case .client, .processType, .processData, .transactionNumber, .signatureCounter, .algorithm:
                // A bit that makes no text of it cannot stand in a QR code.
                for _ in 0..<100 {
                    guard let bytes = Self.flipped(Array(text.utf8), &generator) else { return nil }
                    if let text = String(validating: bytes, as: UTF8.self) { return text }
                }
                return nil
            }
        }

        private static func flipped(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8]? {
            guard !bytes.isEmpty else { return nil }
            var bytes = bytes
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            return bytes
        }
    }

    static func fields(_ text: String) throws -> [String] {
        let qr = try ReceiptQR(text)
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        return parts[..<3] + [qr.processData] + parts[(parts.count - 8)...]
    }

    /// Changes `count` bits, one at a time, and lists what was not refused.
    static func accepted(_ texts: [String], count: Int, seed: UInt64) throws -> [String] {
        var generator = SeededGenerator(seed: seed)
        var accepted: [String] = []
        var changes = 0
        while changes < count {
            var fields = try Self.fields(generator.pick(texts))
            let part = generator.pick(Part.allCases)
            guard let changed = part.changed(fields[part.field], &generator) else { continue }
            fields[part.field] = changed
            changes += 1
            let text = fields.joined(separator: ";")
            if QRVerification(of: text).verdict == .valid { accepted.append("\(part): \(text)") }
        }
        return accepted
    }

    @Test("a thousand changes of one bit in what is signed are all refused")
    func oneBit() throws {
        // The smaller curve, for the sake of time: each changed text is tried in every layout.
        let texts = [
            SyntheticQR.generalizedTime, SyntheticQR.hashLongerThanOrder, SyntheticQR.umlautsAndOrders,
            SyntheticQR.emptyData,
        ].map(\.text)
        for text in texts { #expect(QRVerification(of: text).verdict == .valid) }
        #expect(try Self.accepted(texts, count: 1000, seed: 1) == [])
    }

    @Test("nor do data in one or two chunks give a changed bit a way out")
    func oneBitInLayoutB() throws {
        let texts = [SyntheticQR.oneChunk.text, SyntheticQR.twoChunks.text]
        #expect(try Self.accepted(texts, count: 60, seed: 3) == [])
    }

    @Test("every single bit of a key written as SubjectPublicKeyInfo, and of one signature, matters")
    func everyBit() throws {
        let fields = try Self.fields(SyntheticQR.oneChunk.text)
        var accepted: [String] = []
        for field in [10, 11] {
            let bytes = try #require(Base64.decode(fields[field]))
            for bit in 0..<(bytes.count * 8) {
                var changed = bytes
                changed[bit / 8] ^= 1 << UInt8(bit % 8)
                var other = fields
                other[field] = Base64.encode(changed)
                let qr = try ReceiptQR(other.joined(separator: ";"))
                if qr.verify(tryingSplits: false).verdict == .valid { accepted.append("field \(field), bit \(bit)") }
            }
        }
        #expect(accepted == [])
    }

    @Test("the characters of base64 are no loophole: stray low bits and missing padding are malformed")
    func strayBits() throws {
        var fields = try Self.fields(SyntheticQR.generalizedTime.text)
        // 64 bytes end in one byte and four unused bits: …w== has none of them set.
        for field in [10, 11] {
            let text = fields[field]
            let padding = text.reversed().prefix { $0 == "=" }.count
            try #require(padding > 0)
            let body = text.dropLast(padding)
            let last = try #require(body.last)
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
            let index = try #require(alphabet.firstIndex(of: last))
            fields[field] = String(body.dropLast()) + String(alphabet[index + 1]) + text.suffix(padding)
            #expect(QRVerification(of: fields.joined(separator: ";")).verdict == .malformed)
            fields[field] = String(body)
            #expect(QRVerification(of: fields.joined(separator: ";")).verdict == .malformed)
            fields[field] = text
        }
    }

    @Test(
        "the same for the texts met in public",
        .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
    func publicTexts() throws {
        let texts = try QRVectorTests.vectors.filter {
            $0.expected("verdict") == "valid" && $0.expected("curve") == "secp256r1"
                && $0.expected("signatureForm") == "plain"
        }.map(\.text)
        #expect(try Self.accepted(texts, count: 1000, seed: 2) == [])
    }
}
