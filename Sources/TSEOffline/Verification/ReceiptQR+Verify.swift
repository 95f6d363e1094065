import FiscalCore

extension ReceiptQR {
    /// Checks the signature against the key in the same text.
    /// - Parameter tryingSplits: whether to try process data signed in two chunks as the last resort. The text does not
    ///   show where they were cut, so that each place costs one verification; process data longer than
    ///   ``longestSplitData`` bytes are not tried.
    public func verify(tryingSplits: Bool = true) -> QRVerification {
        let key = Base64.decode(self.publicKeyText).flatMap { TSEKey($0) }
        var result = QRVerification(.signatureMismatch, qr: self, key: key, problems: self.implausibilities)
        guard let algorithm = TSEAlgorithm(name: self.algorithm), let signature = algorithm.signatureAlgorithm else {
            result.verdict = .unsupportedAlgorithm
            result.problems.append("algorithm: this release cannot check it")
            return result
        }
        guard let key else {
            result.verdict = .badPublicKey
            result.problems.append("publicKey: no point on secp256r1, secp384r1 or brainpoolP256r1, P384r1, P512r1")
            return result
        }
        for layout in self.layouts(tryingSplits: tryingSplits) {
            guard
                let message = LogMessage.bytes(of: self, algorithm: algorithm, point: key.point, layout: layout)
            else {
                result.problems.append("logTime: outside the years that the format can hold")
                return result
            }
            guard let form = self.signatureForm(over: message, key, signature.digest) else { continue }
            result.verdict = .valid
            result.layout = layout
            result.signatureForm = form
            result.message = message
            if form != .plain { result.problems.append("signature: written as \(form.rawValue), not as plain base64") }
            return result
        }
        result.problems.append("signature: not of this key over these values")
        return result
    }

    /// The longest process data that ``verify(tryingSplits:)`` tries to split: more than a QR code can hold.
    public static let longestSplitData = 3000

    private func layouts(tryingSplits: Bool) -> [LogMessage.ProcessDataLayout] {
        let count = self.processData.utf8.count
        guard tryingSplits, count > 1, count <= Self.longestSplitData else { return [.primitive, .constructed] }
        return [.primitive, .constructed] + (1..<count).map { .split($0) }
    }

    private func signatureForm(over message: [UInt8], _ key: TSEKey, _ digest: DigestAlgorithm) -> SignatureForm? {
        self.signatureEncodings.first { encoding in
            let form: ECDSAForm = encoding.form == .der ? .der : .plain
            return key.key.verify(encoding.bytes, over: message, .ecdsa(digest, form))
        }?.form
    }

    /// What looks wrong in parts that no signature covers.
    private var implausibilities: [String] {
        var found: [String] = []
        if self.startTime > self.logTime {
            found.append("startTime: later than logTime (the start time is not signed)")
        }
        if self.startTime.secondsSinceEpoch == 0 { found.append("startTime: 0 (the start time is not signed)") }
        if !self.logTime.millisecondsSinceEpoch.isMultiple(of: 1000) {
            found.append("logTime: parts of a second, which are not signed")
        }
        if !self.startTime.millisecondsSinceEpoch.isMultiple(of: 1000) {
            found.append("startTime: parts of a second, which a TSE does not count")
        }
        let isListed = LogTimeFormat(rawValue: self.logTimeFormat) != nil
        if !isListed { found.append("logTimeFormat: spelled otherwise (the spelling is not signed)") }
        return found
    }
}
