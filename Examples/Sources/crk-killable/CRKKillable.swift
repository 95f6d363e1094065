import ArgumentParser
import CRKProtocol
import CRKRegisterFolder
import FiscalCore
import Foundation
import Killing

/// A Polish register in a process that kills itself: proves that no moment fiscalises twice, loses a document or sends one
/// twice.
///
/// Started again, it goes on where the journal stands; so does a till.
@main
struct CRKKillable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "crk-killable")

    enum Work: String, ExpressibleByArgument {
        /// Has the register fiscalised.
        case fiscalise
        /// Sends everything that is in the protected memory.
        case ship
    }

    @Option(
        help:
            "The moment at which to die, from 1: each commit, exchange and step of the device has one before and after."
    )
    var dieAt: Int

    @Option var work: Work
    @Option(help: "The CPD server.") var cpd: String
    @Option(help: "The WebApi.") var webapi: String
    @Option(help: "Who vouches for the servers.") var anchor: String
    @Option var tlsCert: String
    @Option var tlsKey: String
    @Option var jsonCert: String
    @Option var jsonKey: String
    @Option var nip: String
    @Option var serial: String
    @Option var technician: String

    @Argument(help: "The folder.") var folder: String

    func run() async throws {
        let plan = KillPlan(dieAt: self.dieAt)
        let folder = CRKFolder(self.folder)
        let settings = try self.settings()
        // A crash while it is set up is somebody else's subject.
        try folder.remember(settings)
        let clock = TillClock()
        var setup = CRKFolder.Setup()
        setup.clock = clock
        setup.store = { KillableStore(base: $0, plan: plan) }
        setup.transport = { KillableTransport(base: $0, plan: plan) }
        setup.deviceMoment = { plan.pass($0) }
        // Silence is long enough after two seconds.
        setup.configure = {
            $0.timeout = .seconds(2)
            $0.fiscalisation.category = "test"
        }
        let request = try settings.request()
        let outcome = try await folder.withRegister(settings, setup) { register, _ in
            switch self.work {
            case .fiscalise: try await Patience(register: register, clock: clock).fiscalise(request)
            case .ship: try await Patience(register: register, clock: clock).ship()
            }
        }
        let result = TillResult(outcome: outcome, memoryPeak: TillResult.peak())
        try JSONEncoder().encode(result).write(to: folder.url.appendingPathComponent("result.json"))
    }

    private func settings() throws -> CRKFolderSettings {
        func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
        var settings = CRKFolderSettings()
        settings.cpd = self.cpd
        settings.webApi = self.webapi
        settings.anchors = try text(self.anchor)
        settings.tlsCertificate = try text(self.tlsCert)
        settings.tlsKey = try text(self.tlsKey)
        settings.jsonCertificate = try text(self.jsonCert)
        settings.jsonKey = try text(self.jsonKey)
        settings.nip = self.nip
        settings.serialNumber = self.serial
        settings.technician = self.technician
        return settings
    }
}

/// How the process ended.
struct TillResult: Codable {
    /// `registered <number>`, `refused <code>`, `unknown <code>`, `shipped`.
    var outcome: String
    /// The largest resident memory of the process in kilobytes; 0 where the system does not tell.
    var memoryPeak: Int

    static func peak() -> Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return 0 }
        return Int(line.filter(\.isNumber)) ?? 0
    }
}
