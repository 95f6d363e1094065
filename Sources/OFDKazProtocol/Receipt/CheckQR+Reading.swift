public import FiscalCore

extension CheckQR {
    /// Reads the text of a QR code, of whatever operator: the parameters in any order, and leniently.
    ///
    /// Lived with and reported: spaces around the text, names in capital letters, escaped characters, a parameter twice
    /// (the first counts), unknown parameters and a fragment (left aside), a sum with a comma or with fewer than two
    /// decimals (operators differ), and a time without seconds. A missing sum is none.
    /// - Returns: what it says, and each leniency that fired.
    /// - Throws: ``InvalidField`` naming what is missing or cannot be read (`qr.address`, `qr.i`, `qr.f`, `qr.s`,
    ///   `qr.t`).
    public static func read(_ text: String) throws(InvalidField) -> (check: CheckQR, anomalies: [Anomaly]) {
        var reader = CheckReader()
        let check = try reader.read(text)
        return (check, reader.anomalies)
    }
}

/// Reads one text, and keeps what it lived with.
private struct CheckReader {
    var anomalies: [Anomaly] = []
    private var values: [String: String] = [:]

    mutating func read(_ whole: String) throws(InvalidField) -> CheckQR {
        var text = Substring(whole)
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        if text.utf8.count < whole.utf8.count { self.note(.damaged, nil, "spaces around the text were left out") }
        if let fragment = text.firstIndex(of: "#") {
            self.note(.unknownField, nil, "what follows # was passed over")
            text = text[..<fragment]
        }
        guard let mark = text.firstIndex(of: "?") else {
            throw InvalidField("qr.address", .pattern, limit: "an address, a question mark, parameters")
        }
        for parameter in text[text.index(after: mark)...].split(separator: "&") { self.take(parameter) }
        return try CheckQR(
            address: String(text[..<mark]), sign: try self.value("i"), registrationNumber: try self.value("f"),
            sum: try self.sum(), dateTime: try self.time())
    }

    private mutating func take(_ parameter: Substring) {
        let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let second = parts.dropFirst().first else {
            self.note(.unknownField, nil, "a parameter without a value was passed over")
            return
        }
        let name = first.lowercased()
        guard ["i", "f", "s", "t"].contains(name) else {
            self.note(.unknownField, nil, "an unknown parameter was passed over")
            return
        }
        if first != name { self.note(.damaged, name, "its name is in capital letters") }
        guard self.values[name] == nil else {
            self.note(.list, name, "it comes twice; the first one counts")
            return
        }
        guard second.contains("%"), let unescaped = CheckAddress.unescaped(second) else {
            self.values[name] = String(second)
            return
        }
        self.note(.damaged, name, "escaped characters were resolved")
        self.values[name] = unescaped
    }

    private func value(_ name: String) throws(InvalidField) -> String {
        guard let value = self.values[name], !value.isEmpty else {
            throw InvalidField("qr.\(name)", .required, limit: "present")
        }
        return value
    }

    private mutating func sum() throws(InvalidField) -> Money? {
        guard let text = self.values["s"], !text.isEmpty else {
            self.note(.missing, "s", "the sum is not told")
            return nil
        }
        let pointed = text.replacing(",", with: ".")
        if pointed != text { self.note(.damaged, "s", "a comma was read as a point") }
        guard let tiyn = DecimalText(pointed, fractionDigits: 0...2)?.scaled(to: 2) else {
            throw InvalidField("qr.s", .pattern, limit: "tenge.tiyn")
        }
        if DecimalText(pointed, fractionDigits: 2...2) == nil {
            self.note(.damaged, "s", "fewer than two decimals were read as tenge and tiyn")
        }
        return Money(minorUnits: tiyn, currency: .kzt)
    }

    private mutating func time() throws(InvalidField) -> DateTime {
        let text = try self.value("t")
        if let civil = CivilDateTime(compactSeconds: text) { return DateTime(civil) }
        guard let civil = CivilDateTime(compactMinutes: text),
            let time = DateTime(date: civil.date, hour: civil.hour, minute: civil.minute)
        else { throw InvalidField("qr.t", .pattern, limit: "YYYYMMDDTHHMMSS") }
        self.note(.missing, "t", "the second is not told")
        return time
    }

    private mutating func note(_ kind: Anomaly.Kind, _ name: String?, _ detail: String) {
        self.anomalies.append(Anomaly(kind, field: name.map { "qr.\($0)" } ?? "qr", detail))
    }
}
