public import EETProtocol
public import FiscalCore

/// The other side of the folder: the software that submits receipts to the module and cannot watch its process.
public struct ModuleCaller: Sendable {
    private let folder: ModuleFolder
    private let rule: PollingRule
    private let pause: Duration
    private let clock: any FiscalClock

    /// - Parameters:
    ///   - rule: how long to wait, from row 2 of `eet.txt`.
    ///   - pause: between two looks at the folder.
    public init(
        folder: String, rule: PollingRule, pause: Duration = .milliseconds(100), clock: any FiscalClock
    ) {
        self.folder = ModuleFolder(folder)
        self.rule = rule
        self.pause = pause
        self.clock = clock
    }

    /// Submits a receipt and waits for what becomes of it.
    /// - Parameters:
    ///   - isTest: row 1 of `eet.txt`.
    ///   - start: starts the module and returns; need not wait for it.
    /// - Returns: never ``PollingRule/Verdict/wait``.
    /// - Throws: ``FolderError``, what `start` throws, or `CancellationError`.
    public func submit(
        _ input: EETInFile, edition: Edition, isTest: Bool, start: () async throws -> Void
    ) async throws -> PollingRule.Verdict {
        // Gone before the start: whatever is found from now on is new.
        try DurableFile.delete(self.folder.output)
        try self.folder.write(input)
        let begin = self.clock.now()
        try await start()
        while true {
            // The marker first: when it is gone the output is whole.
            let markerExists = DurableFile.exists(self.folder.marker)
            let sight = PollingRule.Sight(
                markerExists: markerExists, output: markerExists ? nil : try? DurableFile.read(self.folder.output),
                outputIsFresh: true, elapsed: self.clock.now() - begin)
            let verdict = self.rule.verdict(sight, submitted: input, edition: edition, isTest: isTest)
            guard verdict == .wait else { return verdict }
            try await self.clock.sleep(until: self.clock.now() + self.pause)
        }
    }
}
