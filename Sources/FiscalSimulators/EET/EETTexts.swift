import EETProtocol

extension EETWarning {
    /// The text that is sent: the given one, or the official one of the edition.
    func officialText(_ edition: Edition) -> String {
        self.text ?? Varovani(rawValue: self.code).officialText(edition) ?? "Varovani \(self.code)"
    }
}

extension Chyba {
    /// The text that is sent with the code when none is given.
    func text(_ edition: Edition) -> String {
        self.officialText(edition) ?? "Chyba \(self.rawValue)"
    }
}
