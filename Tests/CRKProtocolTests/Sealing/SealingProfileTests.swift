import CRKProtocol
import FiscalCore
import Testing

@Suite("A profile in its file")
struct SealingProfileTests {
    @Test("The document's unverified default, spelled out, is the default")
    func spelledOut() throws {
        let profile = try SealingProfile(
            JSON(
                parsing: """
                    {"nesting":"jws-in-jwe","sign":"RS256","encrypt":"RSA-OAEP-256","content":"A256GCM",
                    "compression":"deflate-before-sign","signerReference":"x5c","kid":null,"wire":"compact"}
                    """))
        for profile in [profile, try SealingProfile(JSON(parsing: "{}"))] {
            #expect(profile.nesting == .jwsInJWE && profile.signature == .rs256)
            #expect(profile.keyEncryption == .rsaOAEP256 && profile.contentEncryption == .a256GCM)
            #expect(profile.compression == .deflateBeforeSign && profile.signerReference == .x5c)
            #expect(profile.wire == .compact)
            if case .none = profile.keyID {} else { Issue.record("a kid") }
        }
    }

    @Test(
        "A word that is none of the listed ones, or a member that no profile has, is refused by name",
        arguments: [
            (#"{"sign":"none"}"#, "sign"), (#"{"sign":"HS256"}"#, "sign"), (#"{"encrypt":"dir"}"#, "encrypt"),
            (#"{"encrypt":"RSA1_5"}"#, "encrypt"), (#"{"content":"A256"}"#, "content"),
            (#"{"compression":"zip"}"#, "compression"), (#"{"signerReference":"kid"}"#, "kid"),
            (#"{"wire":1}"#, "wire"), (#"{"nestng":"jwe-only"}"#, "nestng"), ("[]", "profile"),
            (#"{"kid":5}"#, "kid"), (#"{"outputLimit":0}"#, "outputLimit"),
        ])
    func refused(text: String, field: String) throws {
        let json = try JSON(parsing: text)
        let error = #expect(throws: InvalidField.self) { try SealingProfile(json) }
        #expect(error?.field == field)
    }
}
