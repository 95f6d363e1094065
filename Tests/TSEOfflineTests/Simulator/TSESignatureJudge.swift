import FiscalCore
import FiscalSimulators
import FiscalTestSupport

/// The openssl command as the judge of a TSE's signatures: it knows nothing but the certificate.
struct TSESignatureJudge {
    private let folder: TemporaryFolder
    private let key: String
    private let digest: String

    init(_ identity: TSEIdentity) throws {
        self.folder = try TemporaryFolder()
        let certificate = try self.folder.write(Array(identity.certificate.pem.utf8), to: "tse.pem")
        let key = try OutsideTool.run("openssl", ["x509", "-in", certificate, "-noout", "-pubkey"])
        self.key = try self.folder.write(key.output, to: "key.pem")
        self.digest =
            switch identity.profile.digest {
            case .sha384: "-sha384"
            case .sha512: "-sha512"
            default: "-sha256"
            }
    }

    /// Whether openssl finds `r ‖ s` right over the message.
    func verifies(_ message: [UInt8], _ signature: [UInt8]) throws -> Bool {
        let text = try self.folder.write(message, to: "message")
        let form = try self.folder.write(Self.der(signature), to: "signature")
        let verdict = try OutsideTool.run(
            "openssl", ["dgst", self.digest, "-verify", self.key, "-signature", form, text])
        return verdict.status == 0 && verdict.text.contains("Verified OK")
    }

    /// `SEQUENCE { r, s }`, the form that the command reads.
    private static func der(_ plain: [UInt8]) -> [UInt8] {
        let half = plain.count / 2
        let content = self.integer(plain[..<half]) + self.integer(plain[half...])
        // Two numbers of up to 64 bytes: the length takes one byte, or two.
        return [0x30] + (content.count < 0x80 ? [] : [0x81]) + [UInt8(content.count)] + content
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var digits = Array(bytes.drop { $0 == 0 })
        if (digits.first ?? 0x80) >= 0x80 { digits.insert(0, at: 0) }
        return [0x02, UInt8(digits.count)] + digits
    }
}
