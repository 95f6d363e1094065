public import FiscalCore
public import FiscalSimulators
import FiscalStore
public import FiscalTransport
public import Foundation
public import TSEOffline

/// A German fiscal service that is kept in a folder: its journal in `service.sqlite`, and in `tse.json` the simulated TSE
/// that signs for it. Both belong to their owner alone.
///
/// The example of how to embed `FiscalService`: with a driver of a real TSE in the simulated one's place nothing else
/// changes.
public struct ServiceFolder: Sendable {
    public let url: URL

    public init(_ path: String) {
        self.url = URL(fileURLWithPath: path, isDirectory: true)
    }

    private var tseFile: SimulatedTSEFile { SimulatedTSEFile(self.url.appendingPathComponent("tse.json")) }

    /// Opens the service where the last process stopped; what is missing is made.
    /// - Parameters:
    ///   - longestWait: how long a till waits for the TSE at most, also within an outage. The simulated TSE fails at
    ///     once when it is out; with a short limit a machine under load would show outages that nobody planned.
    ///   - probeInterval: how often `run()` looks whether the TSE is back.
    public func open(
        longestWait: Duration = .seconds(30), probeInterval: Duration = .seconds(30),
        clock: any FiscalClock = SystemClock.system
    ) async throws -> OpenedService {
        try FileManager.default.createDirectory(
            at: self.url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let tse = try await self.tseFile.open(clock: clock)
        let service = try await FiscalService.open(
            configuration: FiscalServiceConfiguration(
                tseSerial: await tse.device.identity.serial, longestWait: longestWait, longestWaitInOutage: longestWait,
                probeInterval: probeInterval),
            tse: tse, store: try SQLiteStore(path: self.url.appendingPathComponent("service.sqlite").path),
            clock: clock, randomness: SystemRandomSource.system)
        return OpenedService(
            tse: tse, service: service, office: FiscalServiceOffice(service, clock: clock), file: self.tseFile)
    }
}

/// A fiscal service, its TSE and its counter.
public struct OpenedService: Sendable {
    public let tse: SimulatedTSE
    public let service: FiscalService
    /// What a till talks to.
    public let office: FiscalServiceOffice
    private let file: SimulatedTSEFile

    init(tse: SimulatedTSE, service: FiscalService, office: FiscalServiceOffice, file: SimulatedTSEFile) {
        self.tse = tse
        self.service = service
        self.office = office
        self.file = file
    }

    /// Pulls the TSE out.
    /// - Parameters:
    ///   - step: for the next call of this kind only; nil until it is put back.
    public func pullOut(at step: FiscalStep? = nil) async throws {
        await self.tse.planFaults { plan in
            switch step {
            case .create: plan.add(.unreachable, to: .start)
            case .store: plan.add(.unreachable, to: .finish)
            case .cancel: plan.add(.unreachable, to: .cancel)
            case nil: plan.always(.unreachable)
            }
        }
        try await self.file.keep(self.tse)
    }

    /// Puts the TSE back.
    public func putBack() async throws {
        await self.tse.planFaults { $0.clear() }
        try await self.file.keep(self.tse)
    }
}
