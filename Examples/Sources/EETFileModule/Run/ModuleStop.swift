import EETProtocol

/// Why a run ends before a sale is stored: a code of the module, and one line for the operator.
struct ModuleStop: Error, CustomStringConvertible {
    var code: ModuleCode
    var text: String

    init(_ code: ModuleCode, _ text: String) {
        self.code = code
        self.text = text
    }

    /// Anything unforeseen, and bad input or configuration: 1003 (decision E9).
    init(_ error: any Error) {
        self = error as? ModuleStop ?? ModuleStop(.unhandled, "\(error)")
    }

    var description: String { "\(self.code.rawValue) \(self.text)" }
}
