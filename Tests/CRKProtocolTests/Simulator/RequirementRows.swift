import FiscalTestSupport
import Foundation

/// The list of requirements, which lies beside the samples and is not part of the repository.
enum RequirementRows {
    private static let file: URL? = SharedFixtures.root.map {
        URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("requirements/crk.tsv")
    }

    static var exist: Bool { self.file.map { FileManager.default.fileExists(atPath: $0.path) } ?? false }

    /// `193 KCS 406 B01 Niewlasciwa komenda.` for every line of an error table of a command.
    static func errorLines() throws -> [String] {
        guard let file else { return [] }
        let letters = [
            "CMD07": "KCS", "CMD08": "KFD", "CMD09": "MFP", "CMD10": "CNF", "CMD11": "TCS", "CMD12": "GIS",
            "CMD14": "FPD", "CMD15": "EFL", "CMD16": "SharedKey",
        ]
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count > 3, fields[2] == "error", let row = Int(fields[0].dropFirst(4)),
                let command = letters[String(fields[3].prefix(5))],
                let match = fields[3].firstMatch(of: /HTTP ([0-9]+), Code ([BE][0-9]{2})[^"]*"([^"]*)"; cause/)
            else { return nil }
            return "\(row) \(command) \(match.1) \(match.2) \(match.3)"
        }
    }
}
