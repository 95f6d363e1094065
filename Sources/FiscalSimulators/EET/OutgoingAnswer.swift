import EETProtocol
import FiscalCore

/// One `Odpoved` before it is put into an envelope.
struct OutgoingAnswer: Sendable {
    enum Content: Sendable {
        /// FIK or POK.
        case confirmation(code: String)
        case error(code: Int, text: String)
    }

    var edition: Edition
    var content: Content
    /// `dat_prij` or `dat_odmit`: Czech local time with offset.
    var time: String
    var uuid: String?
    /// Sent back with confirmations of v3.
    var bkp: String?
    var isTest: Bool
    var warnings: [EETWarning]

    /// `eet:Odpoved`, attributes in the order of the real answers.
    var odpoved: AnswerElement {
        let isConfirmation = if case .confirmation = self.content { true } else { false }
        var header: [(name: String, value: String)] = []
        if let uuid { header.append(("uuid_zpravy", uuid)) }
        if isConfirmation, self.edition == .v3, let bkp { header.append(("bkp", bkp)) }
        header.append((isConfirmation ? "dat_prij" : "dat_odmit", self.time))

        let test = self.isTest ? [(name: "test", value: "true")] : []
        let main =
            switch self.content {
            case .confirmation(let code):
                AnswerElement(
                    name: "eet:Potvrzeni", attributes: [(self.edition == .v3 ? "fik" : "pok", code)] + test)
            case .error(let code, let text):
                AnswerElement(
                    name: "eet:Chyba", attributes: [("kod", String(code))] + test, children: [.text(text.xmlText)])
            }
        // The schema allows ten.
        let warnings = self.warnings.prefix(10).map { warning in
            AnswerElement(
                name: "eet:Varovani", attributes: [("kod_varov", String(warning.code))],
                children: [.text(warning.officialText(self.edition).xmlText)])
        }
        let elements = [AnswerElement(name: "eet:Hlavicka", attributes: header), main] + warnings
        return AnswerElement(
            name: "eet:Odpoved", children: elements.map { .element($0) },
            namespaces: [("eet", self.edition.namespace)])
    }
}
