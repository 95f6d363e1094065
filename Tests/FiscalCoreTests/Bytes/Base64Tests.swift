import FiscalCore
import Testing

@Suite struct Base64Tests {
    /// RFC 4648 §10.
    static let vectors = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ]

    @Test("Bytes are written as RFC 4648 §10 shows, and read back", arguments: Base64Tests.vectors)
    func rfcVectors(text: String, base64: String) {
        #expect(Base64.encode(Array(text.utf8)) == base64)
        #expect(Base64.decode(base64) == Array(text.utf8))
        #expect(Base64.decodeIgnoringWhitespace(base64) == Array(text.utf8))
    }

    @Test(
        "Missing or misplaced padding, white space and other alphabets are refused",
        arguments: [
            "Zg", "Zg=", "Zm8", "Zg===", "Zg== ", " Zg==", "Zg==\n", "Z g==", "Zm\r\n9v", "=", "==", "====", "Z===",
            "Zg==Zg==", "Zm9v=", "Zm9-", "Zm9_", "Zm9é", "Zm9*",
        ])
    func refused(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("Of the texts that differ only in unused bits one is read: 1 of 16 before ==, 1 of 4 before =")
    func unusedBits() {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        #expect(alphabet.filter { Base64.decode("Z\($0)==") != nil }.count == 64 / 16)
        #expect(alphabet.filter { Base64.decode("Zm\($0)=") != nil }.count == 64 / 4)
        #expect(Base64.decode("Zh==") == nil)
        #expect(Base64.decode("Zm9=") == nil)
        #expect(Base64.decodeIgnoringWhitespace("Zh==") == nil)
    }

    @Test("Element content may be broken by XML's four kinds of white space, and by no other")
    func elementContent() {
        #expect(Base64.decodeIgnoringWhitespace("\n\t Zm9v\r\n Yg =\t= ") == Array("foob".utf8))
        #expect(Base64.decodeIgnoringWhitespace(" \n") == [])
        for other in ["\u{0B}", "\u{0C}", "\u{00A0}", "\u{2028}", "\u{0085}", "\0"] {
            #expect(Base64.decodeIgnoringWhitespace("Zm9v\(other)") == nil)
        }
        #expect(Base64.decodeIgnoringWhitespace("Zm9vYg") == nil)
    }

    @Test("Values of every length come back")
    func lengths() {
        for count in 0..<600 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ count) }
            let text = Base64.encode(bytes)
            #expect(text.utf8.count == (count + 2) / 3 * 4)
            #expect(Base64.decode(text) == bytes)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }
}

@Suite struct Base64URLTests {
    @Test("The worked example of RFC 7515, appendix C")
    func rfc7515() {
        let bytes: [UInt8] = [3, 236, 255, 224, 193]
        #expect(Base64URL.encode(bytes) == "A-z_4ME")
        #expect(Base64URL.decode("A-z_4ME") == bytes)
    }

    @Test("RFC 4648 §10 without the padding", arguments: Base64Tests.vectors)
    func withoutPadding(text: String, base64: String) {
        let unpadded = base64.replacing("=", with: "")
        #expect(Base64URL.encode(Array(text.utf8)) == unpadded)
        #expect(Base64URL.decode(unpadded) == Array(text.utf8))
    }

    @Test(
        "Padding, the ordinary alphabet, white space, unused bits and a single last character are refused",
        arguments: ["Zg==", "Zm8=", "A+z_4ME", "A-z/4ME", "A-z_4M E", "A-z_4ME\n", "Zh", "Zm9", "A", "Zm9vY", "=", "é"])
    func refused(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
