public import FiscalCore
public import FiscalSimulators
public import FiscalTransport
public import Foundation

/// A simulated TSE in a file, which holds its private key and belongs to its owner alone.
public struct SimulatedTSEFile: Sendable {
    private let url: URL

    public init(_ url: URL) {
        self.url = url
    }

    /// The TSE as the last process left it, or a new one. What it signs is in the file before its answer is known.
    public func open(
        _ profile: TSEProfile = .usual, clock: any FiscalClock = SystemClock.system,
        random: any RandomSource = SystemRandomSource.system
    ) async throws -> SimulatedTSE {
        let snapshot: SimulatedTSE.Snapshot
        if let stored = try? Data(contentsOf: self.url) {
            do { snapshot = try JSONDecoder().decode(SimulatedTSE.Snapshot.self, from: stored) } catch {
                throw DamagedTSEFile(path: self.url.path)
            }
        } else {
            snapshot = SimulatedTSE.Snapshot(
                device: TSEDevice(try TSEIdentity(profile, at: clock.now(), random: random)))
            try self.write(snapshot)
        }
        let tse = SimulatedTSE(snapshot, clock: clock)
        await tse.onChange { try self.write($0) }
        // A fault that was planned for one call is used up, though nothing was signed.
        await tse.onAfter { [weak tse] call in
            guard call.fault != nil, let tse else { return }
            try? self.write(await tse.snapshot)
        }
        return tse
    }

    /// Keeps what was changed by hand, such as the faults that are planned.
    public func keep(_ tse: SimulatedTSE) async throws {
        try self.write(await tse.snapshot)
    }

    /// Whole or not at all, and on the disk when it returns.
    private func write(_ snapshot: SimulatedTSE.Snapshot) throws {
        let draft = self.url.appendingPathExtension("new").path
        let bytes = try JSONEncoder().encode(snapshot)
        guard FileManager.default.createFile(atPath: draft, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: draft]) }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: draft))
        try file.write(contentsOf: bytes)
        try file.synchronize()
        try file.close()
        guard rename(draft, self.url.path) == 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: self.url.path])
        }
    }
}

/// The file holds no simulated TSE. It is left as it is: a TSE that is lost takes its signatures with it.
public struct DamagedTSEFile: Error, CustomStringConvertible {
    public var path: String
    public var description: String { "\(self.path) holds no simulated TSE that can be read" }
}
