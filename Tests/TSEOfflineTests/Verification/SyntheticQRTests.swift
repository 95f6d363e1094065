import FiscalCore
import TSEOffline
import Testing

@Suite("QR texts signed by openssl") struct SyntheticQRTests {
    @Test("every curve, time format, layout and form of signature is verified, over the message that openssl signed")
    func valid() {
        for vector in SyntheticQR.valid {
            let result = QRVerification(of: vector.text)
            #expect(result.verdict == .valid, "\(vector.name): \(result.problems)")
            #expect(result.curve?.name == vector.curve, "\(vector.name)")
            #expect(result.layout?.letter == vector.layout, "\(vector.name)")
            #expect(result.signatureForm?.rawValue == vector.form, "\(vector.name)")
            #expect(result.serial == vector.serial, "\(vector.name)")
            #expect(result.message.map { Hex.encode($0) } == vector.message, "\(vector.name)")
        }
    }

    @Test("data signed in two chunks are found by trying each place, and only when that is asked for")
    func splits() throws {
        let qr = try ReceiptQR(SyntheticQR.twoChunks.text)
        #expect(qr.verify().layout == .split("Beleg^17.67_38.71_0.00_0.00_0.00^".utf8.count))
        #expect(qr.verify(tryingSplits: false).verdict == .signatureMismatch)
    }

    @Test("data too long for a QR code are not tried at every place")
    func longData() throws {
        let data = String(repeating: "1;\"x\";1.00\r", count: 400) + "1;\"x\";1.00"
        let fields = ["V0", "K", "Bestellung-V1", data, "1", "1", "2026-02-03T04:05:06.000Z"]
        let rest = ["2026-02-03T04:05:06.000Z", "ecdsa-plain-SHA384", "unixTime"]
        let valid = try ReceiptQR(SyntheticQR.oneChunk.text)
        let text = (fields + rest + [valid.signatureText, valid.publicKeyText]).joined(separator: ";")
        #expect(data.utf8.count > ReceiptQR.longestSplitData)
        #expect(QRVerification(of: text).verdict == .signatureMismatch)
    }

    @Test("a key on another curve, or a point in another form, is a bad key however well it signed")
    func badKeys() {
        for (name, text) in SyntheticQR.badKeys {
            let result = QRVerification(of: text)
            #expect(result.verdict == .badPublicKey, "\(name)")
            #expect(result.curve == nil && result.serial == nil && result.layout == nil, "\(name)")
            #expect(result.message == nil && result.signatureForm == nil, "\(name)")
        }
    }

    @Test("a compressed point counts where its curve is named")
    func compressed() throws {
        let result = QRVerification(of: SyntheticQR.compressedInSPKI)
        #expect(result.verdict == .valid)
        #expect(result.curve == .secp256r1)
    }

    @Test("no key and a key of another kind are bad keys")
    func otherKeys() throws {
        let qr = try ReceiptQR(SyntheticQR.emptyData.text)
        let rsa = try PrivateKey.generateRSA(bits: 2048).publicKey.subjectPublicKeyInfo
        for key in ["", Base64.encode(rsa), Base64.encode([0x04]), Base64.encode([UInt8](repeating: 0x04, count: 65))] {
            let text = qr.text.dropLast(qr.publicKeyText.count) + key
            #expect(QRVerification(of: String(text)).verdict == .badPublicKey)
        }
    }
}
