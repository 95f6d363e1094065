import FiscalCore
import TSEOffline
import Testing

@Suite("The five verdicts about a QR text") struct QRVerdictTests {
    /// The twelve fields of a valid text.
    static let fields = SyntheticQR.generalizedTime.text.split(separator: ";", omittingEmptySubsequences: false)
        .map(String.init)

    static func text(_ changes: [Int: String]) -> String {
        var fields = Self.fields
        for (index, text) in changes { fields[index] = text }
        return fields.joined(separator: ";")
    }

    static func verdict(_ changes: [Int: String]) -> QRVerdict { QRVerification(of: Self.text(changes)).verdict }

    @Test("the words are those of the contract")
    func words() {
        let words = ["valid", "signatureMismatch", "badPublicKey", "malformed", "unsupportedAlgorithm"]
        #expect(Set(QRVerdict.allCases.map(\.rawValue)) == Set(words))
        #expect(Self.verdict([:]) == .valid)
    }

    @Test(
        "versions, numbers, times and base64 that cannot be read are malformed",
        arguments: [
            (0, "V1"), (0, "v0"), (0, ""), (0, " V0"),
            (4, ""), (4, "-1"), (4, "+128"), (4, "128.0"), (4, "1e2"), (4, " 128"), (4, "0x80"), (4, "١٢٨"),
            (4, "18446744073709551616"), (5, "99999999999999999999999"), (5, "255 "), (5, "-255"),
            (6, ""), (6, "2026-02-03T04:05:06Z"), (6, "2026-02-30T04:05:06.000Z"), (6, "1770091506"),
            (7, "2026-02-03T04:05:06.000"), (7, "2026-02-03T04:05:06.000+00:00"), (7, "2026-02-03t04:05:06.000z"),
            (7, "2026-02-03T24:00:00.000Z"), (7, "2026-02-03T04:05:60.000Z"), (7, "2026-02-03T04:05:06.0000000Z"),
            (9, ""), (9, "noTime"), (9, "unixTime "), (10, "not base64"), (10, "abc"), (10, "YQ"), (10, "YR=="),
            (10, "YQ==\n"), (10, "-_-_"), (11, "YR=="), (11, "BA"), (11, "no key"), (11, "YWJj\r\nYWJj"),
        ])
    func malformed(index: Int, text: String) {
        let result = QRVerification(of: Self.text([index: text]))
        #expect(result.verdict == .malformed)
        #expect(result.problems.count == 1)
        #expect(result.curve == nil && result.serial == nil && result.message == nil && result.qr == nil)
    }

    @Test("a text with fewer than twelve fields is malformed")
    func fieldCount() {
        for count in 0..<12 {
            let text = Self.fields.prefix(count).joined(separator: ";")
            #expect(QRVerification(of: text).verdict == .malformed, "\(count)")
        }
        #expect(QRVerification(of: "V0").problems == ["twelve fields separated by semicolons, not 1"])
    }

    @Test("an algorithm that is unknown, not implemented or spelled otherwise is not judged, even with a bad key")
    func unsupported() {
        let names = [
            "ecdsa-plain-SHA3-256", "ecdsa-plain-SHA224", "ecsdsa-plain-SHA256", "ecdsa-plain-sha256", "RS256", "",
            "ecdsa-plain-SHA256 ",
        ]
        for name in names {
            let result = QRVerification(of: Self.text([8: name]))
            #expect(result.verdict == .unsupportedAlgorithm, "\(name)")
            #expect(result.layout == nil && result.signatureForm == nil && result.message == nil)
            #expect(Self.verdict([8: name, 11: ""]) == .unsupportedAlgorithm, "\(name)")
        }
    }

    @Test("another hash function, value, signature or key is a mismatch; curve and serial are told all the same")
    func mismatch() throws {
        let other = try ReceiptQR(SyntheticQR.emptyData.text)
        let changes: [[Int: String]] = [
            [1: "KASSE-2"], [2: "Kassenbeleg-v1"], [2: "SonstigerVorgang"], [3: ""], [4: "129"], [4: "0"], [5: "0"],
            [5: "18446744073709551615"], [7: "2026-02-03T04:05:07.000Z"], [8: "ecdsa-plain-SHA384"], [9: "unixTime"],
            [9: "utcTime"], [10: other.signatureText], [10: ""], [10: "AAAA"], [11: other.publicKeyText],
            [10: String(repeating: "00", count: 64)],
        ]
        for change in changes {
            let result = QRVerification(of: Self.text(change))
            #expect(result.verdict == .signatureMismatch, "\(change)")
            #expect(result.curve == .secp256r1)
            #expect(result.serial == (change[11] == nil ? SyntheticQR.generalizedTime.serial : other.verify().serial))
            #expect(result.layout == nil && result.signatureForm == nil && result.message == nil)
        }
    }

    @Test("what is not signed is said to be implausible, and does not undo a signature")
    func notSigned() {
        func problems(_ change: [Int: String]) -> [String] {
            let result = QRVerification(of: Self.text(change))
            #expect(result.verdict == .valid, "\(change)")
            return result.problems
        }
        #expect(problems([:]).isEmpty)
        #expect(problems([6: "2026-02-03T04:05:05.000Z"]).isEmpty)
        #expect(problems([6: "2026-02-03T04:05:07.000Z"]).count == 1)
        #expect(problems([6: "1970-01-01T00:00:00.000Z"]).count == 1)
        #expect(problems([7: "2026-02-03T04:05:06.999Z"]).count == 1)
        #expect(problems([9: "GENERALIZEDTIME"]).count == 1)
        // A number is signed, not its digits: leading zeros are the same number.
        #expect(problems([4: "0128"]).isEmpty)
    }

    @Test("two digits of a year stand for 1950 to 2049: a log time in another century is not the signed one")
    func centuries() throws {
        let fields = try ReceiptQR(SyntheticQR.brainpoolP256r1InUTCTime.text)
        for year in ["1949", "2149", "0049", "9949"] {
            let text = fields.text.replacing("2049-12-31", with: "\(year)-12-31")
            #expect(QRVerification(of: text).verdict == .signatureMismatch, "\(year)")
        }
    }
}
