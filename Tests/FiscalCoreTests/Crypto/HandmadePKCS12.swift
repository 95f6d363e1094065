/// PKCS#12 files without encryption or MAC, written element by element after RFC 7292 §4: to arrange bags as no program
/// would.
enum HandmadePKCS12 {
    static let data = bytes(hex: "06092a864886f70d010701")

    static func file(_ bags: [[UInt8]]) -> [UInt8] {
        let safe = self.contentInfo(DERText.sequence(bags.flatMap(\.self)))
        return DERText.sequence(DERText.integer([3]) + self.contentInfo(DERText.sequence(safe)))
    }

    static func keyBag(_ privateKeyInfo: [UInt8]) -> [UInt8] { self.bag("1", privateKeyInfo) }

    static func certificateBag(_ der: [UInt8]) -> [UInt8] {
        let x509Certificate = bytes(hex: "060a2a864886f70d01091601")
        let octets = DERText.element(0xA0, DERText.element(0x04, der))
        return self.bag("3", DERText.sequence(x509Certificate + octets))
    }

    /// Bags inside a bag.
    static func nested(_ bags: [[UInt8]]) -> [UInt8] { self.bag("6", DERText.sequence(bags.flatMap(\.self))) }

    private static func bag(_ type: String, _ value: [UInt8]) -> [UInt8] {
        DERText.sequence(bytes(hex: "060b2a864886f70d010c0a010" + type) + DERText.element(0xA0, value))
    }

    private static func contentInfo(_ contents: [UInt8]) -> [UInt8] {
        DERText.sequence(self.data + DERText.element(0xA0, DERText.element(0x04, contents)))
    }
}
