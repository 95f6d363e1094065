import FiscalCore

/// The taxpayer's codes of one sale (v3, element `KontrolniKody`): PKP, his signature, and BKP, its digest.
///
/// Both come from six attributes of `Data` only, so they stay the same over all attempts, and they are made before
/// anything is sent: a receipt can always be handed out.
public struct SecurityCodes: Sendable, Hashable, Codable {
    /// RSASSA-PKCS1-v1_5 with SHA-256 over ``plaintext(of:)``, as Base64: 344 characters for 256 bytes.
    public let pkp: String
    /// SHA-1 of the 256 bytes of PKP: five groups of eight upper-case hexadecimal digits joined by `-`.
    public let bkp: String

    /// Signs the data of a sale.
    /// - Throws: ``EETError`` when the key is not RSA 2048 or the signer fails.
    public init(for data: SaleData, by taxpayer: Taxpayer) throws(EETError) {
        try self.init(signing: Self.plaintext(of: data), by: taxpayer)
    }

    /// Signs a typed sale of edition v3.
    /// - Throws: ``InvalidField`` or ``EETError``.
    public init(for sale: Sale, by taxpayer: Taxpayer) throws {
        try self.init(for: SaleData(sale, edition: .v3, certificateDIC: taxpayer.dic), by: taxpayer)
    }

    /// Codes that were made before.
    init(pkp: String, bkp: String) {
        self.pkp = pkp
        self.bkp = bkp
    }

    init(signing plaintext: String, by taxpayer: Taxpayer) throws(EETError) {
        guard taxpayer.canMakeSecurityCodes else {
            throw EETError(.unsuitableKey, "PKP needs an RSA key of 2048 bits")
        }
        let signature: [UInt8]
        do { signature = try taxpayer.signer.sign(Array(plaintext.utf8), .rsaPKCS1(.sha256)) } catch {
            throw EETError(.signingFailed, "PKP could not be made", underlying: error)
        }
        self.pkp = Base64.encode(signature)
        self.bkp = Self.bkp(ofPKP: signature)
    }

    /// The text that PKP signs: `dic_popl|id_provoz|id_pokl|porad_cis|dat_trzby|celk_trzba`, as the values stand in
    /// the message.
    public static func plaintext(of data: SaleData) -> String {
        [data.taxpayer, data.premises, data.till, data.number, data.date, data.total].joined(separator: "|")
    }

    /// BKP of the raw bytes of a PKP.
    public static func bkp(ofPKP signature: [UInt8]) -> String {
        let digits = Array(Hex.encode(Digest.hash(.sha1, signature), uppercase: true).utf8)
        return stride(from: 0, to: digits.count, by: 8)
            .map { String(decoding: digits[$0..<min($0 + 8, digits.count)], as: UTF8.self) }
            .joined(separator: "-")
    }
}
