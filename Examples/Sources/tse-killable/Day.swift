import FiscalCore
import TSEOffline

/// A scripted morning at two registers: sales and a cancelled one, two documents open at a time.
enum Day {
    struct Step {
        var kind: FiscalStep
        var document: String
        var register: String

        init(_ kind: FiscalStep, _ document: String, at register: String = "Kasse 1") {
            self.kind = kind
            self.document = document
            self.register = register
        }
    }

    static let steps: [Step] = [
        Step(.create, "A"), Step(.store, "A"),
        Step(.create, "B"), Step(.create, "C", at: "Kasse 2"),
        Step(.cancel, "B"), Step(.store, "C", at: "Kasse 2"),
        Step(.create, "D"), Step(.store, "D"),
    ]

    /// What the document says; no two say the same.
    static func processData(of document: String) -> String {
        let place = Int64(document.utf8.first ?? 0)
        let sum = Money(minorUnits: place * 137, currency: .eur).text
        return "Beleg^\(sum)_0.00_0.00_0.00_0.00^\(sum):Bar"
    }
}
