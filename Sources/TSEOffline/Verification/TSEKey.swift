import FiscalCore

/// The public key of a QR text: a point and the curve that it lies on.
struct TSEKey: Sendable, Hashable {
    let key: PublicKey
    let curve: NamedCurve
    /// `04 ‖ x ‖ y`
    let point: [UInt8]

    /// The curves of a TSE. The text does not name the curve of a bare point: the point tells.
    static let curves: [NamedCurve] = [
        .secp256r1, .secp384r1, .brainpoolP256r1, .brainpoolP384r1, .brainpoolP512r1,
    ]

    /// Reads an uncompressed point, or a SubjectPublicKeyInfo of a key on one of the curves by its name. Nil for anything
    /// else: a point on none of the curves, a bare compressed one (which may lie on two), another kind of key, no key.
    init?(_ bytes: [UInt8]) {
        guard bytes.first != 0x04 else {
            self.init(point: bytes)
            return
        }
        guard let key = try? PublicKey(subjectPublicKeyInfo: bytes), let point = key.uncompressedPoint else {
            return nil
        }
        self.init(point: point)
        guard bytes == self.key.subjectPublicKeyInfo || bytes == self.compressedKeyInfo else { return nil }
    }

    /// The SubjectPublicKeyInfo with the point compressed (`02` or `03 ‖ x`).
    ///
    /// OpenSSL overlooks some bits of an encoding (unused bits, the hybrid form of a point). Only the two encodings that
    /// X.509 has for a key are taken, so that a changed bit is a changed key.
    private var compressedKeyInfo: [UInt8] {
        let size = self.curve.coordinateByteCount
        let compressed = [0x02 | (self.point[2 * size] & 1)] + self.point[1...size]
        // SEQUENCE { algorithm, BIT STRING { 0 unused bits, point } }
        let bitString = DER.element(0x03, [0x00] + self.point)
        let whole = self.key.subjectPublicKeyInfo
        let header = DER.element(0x30, whole).count - whole.count
        let algorithm = whole.dropFirst(header).dropLast(bitString.count)
        return DER.element(0x30, algorithm + DER.element(0x03, [0x00] + compressed))
    }

    private init?(point: [UInt8]) {
        for curve in Self.curves where point.count == 1 + 2 * curve.coordinateByteCount {
            guard let key = try? PublicKey(point: point, curve: curve) else { continue }
            self.key = key
            self.curve = curve
            self.point = point
            return
        }
        return nil
    }

    /// SHA-256 of the point, lower-case hexadecimal.
    var serial: String { Hex.encode(Digest.hash(.sha256, self.point)) }
}
