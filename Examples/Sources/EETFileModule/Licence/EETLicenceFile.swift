public import EETProtocol
public import FiscalCore

/// `eet-licence.txt`: the vendor's licence of the module, in exactly 4 rows. It has nothing to do with the tax office.
///
/// Without a vendor's public key the file is not read at all (decision E1).
public struct EETLicenceFile: Sendable, Hashable {
    /// Row 1: the licence.
    public let licence: String
    /// Row 2: IČO of the software company that bought it.
    public let ico: String
    /// Row 4: the vendor's signature over rows 1 to 3, Base64; empty while the module is being registered.
    public let signature: String

    /// Row 3 is always this.
    private static let constant = "1"

    /// A file to be signed.
    /// - Throws: `InvalidField` naming the row, for a text that is no single row or an IČO that is none.
    public init(licence: String, ico: String) throws(InvalidField) {
        guard !licence.isEmpty, !licence.contains(where: \.isNewline) else {
            throw InvalidField("licence", .pattern, limit: "one row of text")
        }
        self.licence = licence
        self.ico = try ICO(ico).text
        self.signature = ""
    }

    /// Reads a file.
    /// - Throws: ``FileRowError`` for what makes code 1004: not 4 rows, an empty row 1 or 2, a row 3 other than 1.
    public init(bytes: [UInt8]) throws(FileRowError) {
        let rows = try FileRows(splitting: bytes, file: .licence, count: 4)
        func text(_ row: Int, _ name: String) throws(FileRowError) -> String {
            guard let text = rows.text(row) else {
                throw FileRowError(.licence, row: row, InvalidField(name, .pattern, limit: "UTF-8 text"))
            }
            return text
        }
        self.licence = try text(1, "licence")
        self.ico = try text(2, "ICO")
        guard try text(3, "constant") == Self.constant else {
            throw FileRowError(.licence, row: 3, InvalidField("constant", .oneOf, limit: Self.constant))
        }
        // A row 4 that is no text cannot be a signature: code 1002, found by `verifies(by:)`.
        self.signature = rows.text(4) ?? "?"
        for (row, name, value) in [(1, "licence", self.licence), (2, "ICO", self.ico)] where value.isEmpty {
            throw FileRowError(.licence, row: row, InvalidField(name, .required, limit: "not empty"))
        }
    }

    /// What is signed: rows 1 to 3 as UTF-8, joined by LF, without one at the end.
    public var signedBytes: [UInt8] {
        Array([self.licence, self.ico, Self.constant].joined(separator: "\n").utf8)
    }

    /// Whether row 4 is the vendor's signature: RSA PKCS#1 v1.5 with SHA-256.
    public func verifies(by vendor: PublicKey) -> Bool { self.accepts(self.signature, of: vendor) }

    /// Whether a signature would fit into row 4.
    public func accepts(_ signature: String, of vendor: PublicKey) -> Bool {
        guard let bytes = Base64.decode(signature) else { return false }
        return vendor.verify(bytes, over: self.signedBytes, .rsaPKCS1(.sha256))
    }

    /// The signature for row 4.
    /// - Throws: `CryptoError`.
    public func signature(by vendor: some Signer) throws(CryptoError) -> String {
        Base64.encode(try vendor.sign(self.signedBytes, .rsaPKCS1(.sha256)))
    }

    /// The complete file with a signature: UTF-8, CR LF.
    public func bytes(signature: String) -> [UInt8] {
        FileRows.join([self.licence, self.ico, Self.constant, signature])
    }

    /// The bytes of a file whose row 4 is empty, with the signature put in; rows 1 to 3 stay byte for byte.
    public static func complete(_ bytes: [UInt8], signature: String) -> [UInt8] {
        let lineFeed = UInt8(ascii: "\n")
        // Row 4 begins after the third line break.
        var end = bytes.startIndex
        for _ in 1...3 { end = bytes[end...].firstIndex(of: lineFeed).map { $0 + 1 } ?? bytes.endIndex }
        let endsWithCarriageReturn = end >= 2 && bytes[end - 2] == UInt8(ascii: "\r")
        return Array(bytes[..<end]) + Array(signature.utf8) + (endsWithCarriageReturn ? [13, lineFeed] : [lineFeed])
    }
}
