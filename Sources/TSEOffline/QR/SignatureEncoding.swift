import FiscalCore

/// How a QR text writes the two numbers of its signature.
public enum SignatureForm: String, Sendable, Hashable, CaseIterable {
    /// `r ‖ s` in base64, as BSI TR-03153 demands.
    case plain
    /// The DER of `SEQUENCE { r, s }` in base64, met in one vendor's documentation.
    case der
    /// `r ‖ s` in hexadecimal digits, met on printed receipts.
    case hex
}

extension ReceiptQR {
    /// The bytes that the signature's text can stand for. Hexadecimal digits are base64 characters as well, so that a
    /// text may have two readings; none when it has neither form.
    var signatureEncodings: [(form: SignatureForm, bytes: [UInt8])] {
        var encodings: [(form: SignatureForm, bytes: [UInt8])] = []
        if let bytes = Base64.decode(self.signatureText) {
            encodings.append((.plain, bytes))
            // The first byte of a SEQUENCE.
            if bytes.first == 0x30 { encodings.append((.der, bytes)) }
        }
        if !self.signatureText.isEmpty, let bytes = Hex.decode(self.signatureText) { encodings.append((.hex, bytes)) }
        return encodings
    }
}
