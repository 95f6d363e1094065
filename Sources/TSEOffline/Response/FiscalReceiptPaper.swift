public import FiscalCore

/// What a German receipt carries of the fiscal service's answers (decision T7).
///
/// Only the answer of the finishing call goes on paper: its `PrintMessage` unchanged, and the TSE's data when it is
/// signed. A sale that failed at `createDocument` and is signed at `storeDocument` is printed as any other. Nothing is
/// printed that an unsigned answer merely has in the place of TSE data: no counter, time, serial or certificate.
public enum FiscalReceiptPaper {
    /// How the TSE's data are printed; the law takes either.
    public enum Form: Sendable, Hashable {
        /// As the QR code.
        case qr
        /// As named values, for printers that have no QR code.
        case fields
    }

    /// The paper of an answer.
    /// - Parameter verdict: what ``FiscalResponse/classify(step:afterCreateFailed:)`` made of this answer. That of
    ///   `createDocument` has no paper.
    public static func paper(
        for response: FiscalResponse, _ verdict: ResponseVerdict, as form: Form = .qr
    ) -> Paper {
        guard verdict.step.isFinishing else { return Paper() }
        var items: [Paper.Item] = []
        if let message = verdict.printMessage { items.append(.text(message)) }
        guard verdict.printQr else { return Paper(items) }
        if form == .fields, let signature = verdict.signature, let qr = signature.qr {
            items += Self.fields(of: qr, serial: signature.serial)
        } else {
            items.append(.qr(response.additionalFields.qrCodeDataString))
        }
        return Paper(items)
    }

    /// The values that a receipt names when it has no QR code (§ 6 KassenSichV), neither rounded nor cut.
    private static func fields(of qr: ReceiptQR, serial: String?) -> [Paper.Item] {
        var values: [(String, String)] = [
            ("Seriennummer Kasse", qr.client),
            ("TSE-Transaktion", "\(qr.transactionNumber)"),
            ("TSE-Signaturzähler", "\(qr.signatureCounter)"),
            ("TSE-Start", qr.startTime.utcMilliseconds),
            ("TSE-Stopp", qr.logTime.utcMilliseconds),
            ("TSE-Prüfwert", qr.signatureText),
        ]
        if let serial { values.append(("Seriennummer TSE", serial)) }
        return values.map { .code(name: $0.0, value: $0.1) }
    }
}

extension FiscalResponse {
    /// The paper of a finishing call's answer.
    public func paper(step: FiscalStep, as form: FiscalReceiptPaper.Form = .qr) -> Paper {
        FiscalReceiptPaper.paper(for: self, self.classify(step: step), as: form)
    }
}
