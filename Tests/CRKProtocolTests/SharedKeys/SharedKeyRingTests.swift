import FiscalCore
import Foundation
import HTTPTypes
import Testing

@testable import CRKProtocol

@Suite("Keys for the codes on receipts, one for each day")
struct SharedKeyRingTests {
    private func key(_ day: String, _ byte: UInt8) throws -> SharedKey {
        SharedKey(day: try #require(CivilDate(compact: day)), secret: Array(repeating: byte, count: 32))
    }

    private var ring: SharedKeyRing {
        get throws {
            var ring = SharedKeyRing()
            ring.add([
                try self.key("20261130", 0xA1), try self.key("20261128", 0xA2), try self.key("20261129", 0xA3),
            ])
            return ring
        }
    }

    @Test("Each day has its own key and no other day has it; the day behind the last has none")
    func byDay() throws {
        let ring = try self.ring
        for (day, byte) in [
            ("20261128", UInt8(0xA2)), ("20261129", 0xA3), ("20261130", 0xA1), ("20261127", nil), ("20261201", nil),
            ("20271128", nil),
        ] {
            #expect(ring.key(for: try #require(CivilDate(compact: day)))?.secret.first == byte, "\(day)")
        }
        #expect(ring.days.map(\.day) == [28, 29, 30])
    }

    @Test("A day that comes again has the new key, the others keep theirs")
    func again() throws {
        var ring = try self.ring
        ring.add([try self.key("20261129", 0xB1), try self.key("20261201", 0xB2)])
        #expect(ring.days.count == 4)
        #expect(ring.key(for: try #require(CivilDate(compact: "20261129")))?.secret.first == 0xB1)
        #expect(ring.key(for: try #require(CivilDate(compact: "20261128")))?.secret.first == 0xA2)
    }

    @Test("Days that are over are forgotten, the day itself is not")
    func forgotten() throws {
        var ring = try self.ring
        ring.forget(before: try #require(CivilDate(compact: "20261129")))
        #expect(ring.days.map(\.day) == [29, 30])
    }

    @Test("No way of printing a key, a ring or an answer shows what is in them")
    func redacted() throws {
        let key = try self.key("20261128", 0xA2)
        let ring = try self.ring
        let base64 = Base64.encode(key.secret)
        var dumped = ""
        dump(key, to: &dumped)
        dump(ring, to: &dumped)
        dump(CRKCallOutcome.answered([key]), to: &dumped)
        let texts = [
            dumped, "\(key)", "\(ring)", String(reflecting: key), String(reflecting: ring), "\([key])",
            "\(CRKCallOutcome.answered([key]))", String(reflecting: Optional(key)),
        ]
        for text in texts {
            for secret in ["162", "163", "161", "a2a2", "A2A2", base64, String(base64.prefix(8))] {
                #expect(!text.contains(secret), "\(secret) in \(text.prefix(300))")
            }
        }
    }
}

@Suite("The primitive behind the code on a receipt")
struct ReceiptVerificationCodeTests {
    @Test("HMAC-SHA-256 of the bytes that the caller gives, under the key of the day")
    func primitive() throws {
        // Python: hmac.new(bytes(range(32)), b"what do ya want for nothing?", "sha256").hexdigest()
        let key = SharedKey(day: try #require(CivilDate(compact: "20261128")), secret: Array(0..<32))
        let code = ReceiptVerificationCode.hmac(Array("what do ya want for nothing?".utf8), with: key)
        #expect(Hex.encode(code) == "099805f4ac310786968565c098db515cc50862b420ae31e20238312344bed36a")
    }

    @Test("The order of the bytes is the caller's, and the key is that of the day")
    func order() throws {
        let day = try #require(CivilDate(compact: "20261128"))
        let key = SharedKey(day: day, secret: Array(0..<32))
        let other = SharedKey(day: day, secret: Array(1...32))
        #expect(ReceiptVerificationCode.hmac([1, 2], with: key) != ReceiptVerificationCode.hmac([2, 1], with: key))
        #expect(ReceiptVerificationCode.hmac([1, 2], with: key) != ReceiptVerificationCode.hmac([1, 2], with: other))
    }
}
