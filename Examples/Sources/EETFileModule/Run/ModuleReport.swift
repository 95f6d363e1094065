public import EETProtocol

/// How a run ended: what `eetout.txt` holds, and what the program tells besides.
public struct ModuleReport: Sendable {
    /// What was written.
    public var output: EETOutFile
    public var ending: FileModuleEnding
    /// False when the folder was left as it is.
    public var hasOutput: Bool
    /// In the authority's or the module's words; empty when the sale is recorded.
    public var text: String
    /// Warnings of the authority; they have no row in `eetout.txt`.
    public var warnings: [Warning]
    /// Row 1 of `eet.txt`: nothing in it is official.
    public var isTest = false
    /// Decision E10.
    public var exitStatus: Int32

    init(_ output: EETOutFile, text: String, warnings: [Warning] = [], wasVerification: Bool = false) {
        self.output = output
        self.ending = FileModuleEnding(
            code: output.code, hasConfirmation: !output.fik.isEmpty,
            mayHaveLeft: !output.pkp.isEmpty || !output.uuid.isEmpty, wasVerification: wasVerification)
        self.hasOutput = true
        self.text = text
        self.warnings = warnings
        self.exitStatus = self.ending.exitStatus
    }

    /// The folder is in use or cannot be written.
    static var untouched: ModuleReport {
        var report = ModuleReport(EETOutFile(number: "", code: .module(.unhandled)), text: "nothing was touched")
        report.hasOutput = false
        return report
    }

    /// One line for a person; no code is repeated that is not meant for paper.
    public var line: String {
        switch self.ending.kind {
        case .registered: "recorded\(self.isTest ? " (test environment)" : ""): \(self.output.fik)"
        case .verifiedOnly: "0 verified only, not recorded"
        default: [self.output.code.map { "\($0.rawValue)" } ?? "", self.text].joined(separator: " ")
        }
    }
}
