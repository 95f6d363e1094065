import EETProtocol
import Testing

/// A pair of codes with the right relation: PKP is the Base64 of the bytes 0 to 255, BKP their SHA-1 by `openssl dgst`.
enum SampleCodes {
    static let pkp =
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZHSElKS0xNTk9Q"
        + "UVJTVFVWV1hZWltcXV5fYGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn+AgYKDhIWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en6Ch"
        + "oqOkpaanqKmqq6ytrq+wsbKztLW2t7i5uru8vb6/wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t/g4eLj5OXm5+jp6uvs7e7v8PHy"
        + "8/T19vf4+fr7/P3+/w=="
    static let bkp = "4916D6BD-B7F78E68-03698CAB-32D1586E-A457DFC8"
    static let fik = "b3a09b52-7c87-4014-a496-4c7a53cf9125-fa"
    static let uuid = "ce7c4b32-f9e6-42d0-b1f8-2e6a5a8e9f01"

    /// The bytes of an output with these rows.
    static func file(_ rows: [String], lineEnd: String = "\r\n") -> [UInt8] {
        Array(rows.map { $0 + lineEnd }.joined().utf8)
    }
}

@Suite struct EETOutFileTests {
    private static let recorded = ["7", SampleCodes.pkp, SampleCodes.bkp, SampleCodes.fik, SampleCodes.uuid, ""]

    @Test("Six rows in the documentation's order; they read as they were written")
    func sixRows() throws {
        let bytes = SampleCodes.file(Self.recorded)
        let file = try EETOutFile(bytes: bytes)
        #expect(file.number == "7")
        #expect(file.pkp == SampleCodes.pkp)
        #expect(file.bkp == SampleCodes.bkp)
        #expect(file.fik == SampleCodes.fik)
        #expect(file.uuid == SampleCodes.uuid)
        #expect(file.code == nil)
        #expect(file.bytes == bytes)
        #expect(EETOutRow.allCases.map(\.name) == ["porad_cisl", "PKP", "BKP", "FIK", "UUID", "error code"])
    }

    @Test("Other numbers of rows are refused, an output that was cut short among them")
    func numberOfRows() {
        let whole = SampleCodes.file(Self.recorded)
        for rows in [Array(Self.recorded.dropLast()), Self.recorded + [""], []] {
            #expect(throws: FileRowError.self) { try EETOutFile(bytes: SampleCodes.file(rows)) }
        }
        for length in 0..<(whole.count - 2) {
            #expect(throws: FileRowError.self) { try EETOutFile(bytes: Array(whole.prefix(length))) }
        }
    }

    @Test("Row 6 shows every code of both lists as the same integer")
    func everyCode() throws {
        for number in Array(-999...999) + Array(1001...1008) {
            let code = try #require(EETResultCode(rawValue: number))
            let written = EETOutFile(number: "7", code: code).bytes
            #expect(String(decoding: written, as: UTF8.self) == "7\r\n\r\n\r\n\r\n\r\n\(number)\r\n")
            #expect(try EETOutFile(bytes: written).code == code)
        }
    }

    @Test(
        "A row 6 that is no code of either list is refused",
        arguments: ["1000", "1009", "-1000", "abc", "1.0", "-0", "+1", "01", " ", "99999999999999999999"])
    func badCode(text: String) {
        #expect(throws: FileRowError.self) { try EETOutFile(bytes: SampleCodes.file(["7", "", "", "", "", text])) }
    }

    @Test("BKP has to be the digest of PKP: one changed digit, or one code without the other, is refused")
    func codesBelongTogether() throws {
        let other = "5" + SampleCodes.bkp.dropFirst()
        for (pkp, bkp) in [
            (SampleCodes.pkp, other), (SampleCodes.pkp, ""), ("", SampleCodes.bkp), ("x", SampleCodes.bkp),
        ] {
            #expect(throws: FileRowError.self) {
                try EETOutFile(bytes: SampleCodes.file(["7", pkp, bkp, "", "", "1007"]))
            }
        }
        #expect(
            try EETOutFile(
                bytes: SampleCodes.file(["7", SampleCodes.pkp, SampleCodes.bkp.lowercased(), "", "", "1007"])
            )
            .codes?.pkp == SampleCodes.pkp)
    }
}
