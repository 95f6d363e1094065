public import EETProtocol
public import FiscalCore

/// One round of the outbox: sends the sales that earlier runs left in the journal, in their order.
///
/// Touches neither `eetin.txt` nor `eetout.txt` nor the marker.
public struct OutboxRun: Sendable {
    private let folder: ModuleFolder
    private let options: ModuleOptions
    private let host: ModuleHost

    public init(folder: String, options: ModuleOptions, host: ModuleHost) {
        self.folder = ModuleFolder(folder, observer: host.fileObserver)
        self.options = options
        self.host = host
    }

    /// What a round did.
    public struct Report: Sendable {
        /// How the sales that were sent ended, in the order of sending.
        public var outcomes: [EETOutcome] = []
        /// What is left.
        public var waiting = 0
        public var held = 0
        public var refused = 0
        public var overdue = 0
        /// 0 nothing is left, 1 only refused sales are, 2 bad configuration or licence, 3 the rest.
        public var exitStatus: Int32 = 2
    }

    public func run() async -> Report {
        var report = Report()
        do {
            guard let lock = try FolderLock(folder: self.folder.path) else {
                throw ModuleStop(.unhandled, "\(self.folder.path): another run is at work here")
            }
            defer { withExtendedLifetime(lock) {} }
            let session = ModuleSession(folder: self.folder, options: self.options, host: self.host)
            let configuration = try session.configuration()
            try await session.checkLicence(registers: false)
            let (client, _) = try await session.open(
                configuration,
                rules: ModuleRules(edition: self.options.edition, environment: configuration.environment))
            // From here on something may have been sent.
            report.exitStatus = 3
            // A person started this round: he knows that the link is back.
            report.outcomes = try await client.sync(ignoringPauses: true).outcomes
            let status = try await client.status()
            report.waiting = status.waiting
            report.held = status.held
            report.refused = status.refused
            report.overdue = status.overdue.count
            if status.waiting + status.held == 0 { report.exitStatus = status.refused == 0 ? 0 : 1 }
        } catch {
            self.host.say("error: \(ModuleStop(error))")
        }
        return report
    }
}
