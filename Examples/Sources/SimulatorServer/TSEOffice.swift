import FiscalCore
public import FiscalSimulators
public import TSEOffline
import TSEServiceFolder

/// The German fiscal service with its simulated TSE, its journal and their state on disk. It signs by itself what an
/// outage left unsigned.
public final class TSEOffice: Sendable {
    private let opened: OpenedService
    let clock: any FiscalClock

    init(state: StateFolder, clock: any FiscalClock) async throws {
        // A demonstration is not to wait half a minute for the end of an outage.
        self.opened = try await ServiceFolder(state.path("tse")).open(
            probeInterval: .milliseconds(250), clock: clock)
        self.clock = clock
    }

    /// The TSE: its log, its faults.
    public var tse: SimulatedTSE { self.opened.tse }
    /// What stands between tills and TSE.
    public var service: FiscalService { self.opened.service }
    /// What tills talk to: everything received, and faults of the way.
    public var office: FiscalServiceOffice { self.opened.office }

    /// Pulls the TSE out: for the next call of a step, or until it is put back.
    public func pullOut(at step: FiscalStep? = nil) async throws { try await self.opened.pullOut(at: step) }

    /// Puts the TSE back.
    public func putBack() async throws { try await self.opened.putBack() }

    /// Handles one request; journal and TSE are on disk before the reply is known.
    func receive(_ request: HTTPExchangeRequest) async -> SimulatedReply { await self.office.receive(request) }

    /// Looks for the end of outages and signs afterwards, until the task is cancelled.
    func run() async throws { try await self.service.run() }

    /// What the control door shows.
    func report() async throws -> JSON {
        let device = await self.tse.device
        let signed: [JSON] = device.finished.map { entry in
            [
                "transactionNumber": .integer(entry.transactionNumber), "client": .string(entry.client),
                "processType": .string(entry.processType), "processData": .string(entry.processData),
                "signatureCounter": .integer(entry.signatureCounter),
                "logTime": .integer(entry.logTime.secondsSinceEpoch),
            ]
        }
        return [
            "serial": .string(device.identity.serial), "openTransactions": .integer(device.openTransactions().count),
            "signed": .array(signed), "outages": try await self.service.outages().json,
        ]
    }
}
