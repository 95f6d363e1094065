import FiscalCore

/// Holds an answer against itself and against its request (decision F8). Members that are absent on either side are not
/// compared; those that a receipt needs are listed when absent.
struct CrossCheck {
    private(set) var list: [Inconsistency] = []
    /// Whether the answer names another request.
    private(set) var isOtherRequest = false

    /// At most one per word.
    private mutating func note(_ word: Inconsistency.Word, _ text: String) {
        if !self.list.contains(where: { $0.word == word }) { self.list.append(Inconsistency(word, text)) }
    }

    private mutating func requireEqual<Value: Equatable & CustomStringConvertible>(
        _ word: Inconsistency.Word, _ left: Value?, _ right: Value?
    ) {
        if let left, let right, left != right { self.note(word, "\(left) != \(right)") }
    }

    mutating func compareEcho(
        _ outcome: FermaAnswer.Outcome, requestID: String?, clientID: String?, with request: SentRequest
    ) {
        if let sent = request.requestID {
            if let requestID {
                self.isOtherRequest = requestID != sent
                if self.isOtherRequest { self.note(.requestID, "is not that of the request") }
            } else if case .unknown = outcome {
                // Nothing was answered, so nothing is missing.
            } else {
                self.note(.requestID, "is not repeated")
            }
        }
        if let sent = request.clientID, let clientID, sent != clientID {
            self.note(.clientID, "is not that of the request")
        }
    }

    mutating func compare(_ document: FiscalDocument, deviceName: String?) {
        let needed: [(Inconsistency.Word, Bool)] = [
            (.fiscalDocNumber, document.number != nil), (.fiscalSign, document.sign != nil),
            (.fnSerialNumber, document.fn != nil), (.grandTotal, document.total != nil),
            (.date, document.date != nil), (.qr, document.qr != nil),
        ]
        for (word, isThere) in needed where !isThere { self.note(word, "absent or unreadable") }
        if let qr = document.qr { self.compare(document, QRReading(qr)) }
        if let serial = document.deviceSerialNumber, let deviceName, serial != deviceName {
            self.note(.deviceSerialNumber, "!= Device.Name")
        }
    }

    private mutating func compare(_ document: FiscalDocument, _ qr: QRReading) {
        for problem in qr.problems {
            let word = problem.field.flatMap { Inconsistency.Word(rawValue: "qr.\($0)") } ?? .qr
            self.note(word, problem.text)
        }
        if let time = qr.time, let date = document.date, !Self.agree(time, date, toTheSecond: qr.hasSeconds) {
            self.note(.qrTime, "!= Date")
        }
        self.requireEqual(.qrSum, qr.total, document.total)
        if let fn = qr.fn, let given = document.fn, fn != given { self.note(.qrFN, "!= FNSerialNumber") }
        self.requireEqual(.qrNumber, qr.documentNumber, document.number)
        self.requireEqual(.qrFiscalSign, qr.fiscalSign, document.sign)
        if let sign = qr.sign, let type = document.type, sign != type.qrSign {
            self.note(.qrSign, "\(sign) is not that of DocumentType \(type.rawValue)")
        }
    }

    private static func agree(_ left: CivilDateTime, _ right: CivilDateTime, toTheSecond: Bool) -> Bool {
        (left.date, left.hour, left.minute) == (right.date, right.hour, right.minute)
            && (!toTheSecond || left.second == right.second)
    }

    mutating func compare(_ document: FiscalDocument, with request: SentRequest, taxTags: [Int64?]) {
        if let total = document.total, let sent = request.total, total != sent {
            self.note(.grandTotal, "\(total.text) != \(sent.text) of the request")
        }
        if let type = document.type, let sent = request.type, type != sent {
            self.note(.documentType, "\(type.rawValue) != \(sent.rawValue) of the request")
        }
        guard !taxTags.isEmpty, !request.taxTags.isEmpty else { return }
        if taxTags.count != request.taxTags.count {
            return self.note(.taxID, "of \(taxTags.count) lines, \(request.taxTags.count) were sent")
        }
        for (index, (answered, sent)) in zip(taxTags, request.taxTags).enumerated() {
            guard let answered, let sent, answered != sent else { continue }
            self.note(.taxID, "tag 1199 of line \(index) is \(answered), not \(sent)")
        }
    }
}
