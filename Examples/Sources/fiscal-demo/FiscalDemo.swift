import ArgumentParser
import ProgramSupport

/// The main job of each country against its simulated authority, behind real sockets.
@main
struct FiscalDemo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fiscal-demo",
        abstract: "Registers sales with the simulated authorities: online, through outages and a killed process.",
        subcommands: [Show.self, EETTillCommand.self], defaultSubcommand: Show.self)

    static func main() async { await Self.runByContract() }
}

/// The countries that can be shown.
enum Country: String, CaseIterable, ExpressibleByArgument {
    case eet, kaz, crk, tse, ferma
}

extension FiscalDemo {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the main job (the default).")

        @Option(help: "Keep journals, receipts and the authorities' ledgers here instead of in a temporary folder.")
        var output: String?

        @Option(help: "Show this country only; may be repeated.")
        var country: [Country] = []

        func run() async throws {
            let folder = try DemoFolder(self.output)
            var tally = Tally()
            for country in self.country.isEmpty ? Country.allCases : self.country {
                switch country {
                case .eet: try await EETDemo(folder: folder.subfolder("eet")).run(&tally)
                case .kaz: try await KazDemo(folder: folder.subfolder("kaz")).run(&tally)
                case .crk: try await CRKDemo(folder: folder.subfolder("crk")).run(&tally)
                case .tse: try await TSEDemo(folder: folder.subfolder("tse")).run(&tally)
                case .ferma: try await FermaDemo(folder: folder.subfolder("ferma")).run(&tally)
                }
            }
            // Scripts read the last line.
            say("\(tally.passed) passed, \(tally.failed) failed")
            if tally.failed > 0 { throw ExitCode(1) }
        }
    }
}
