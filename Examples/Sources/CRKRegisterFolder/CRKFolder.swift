public import CRKProtocol
public import FiscalCore
import FiscalStore
import FiscalTransport
public import Foundation

/// One register that is kept in a folder: settings in `register.json`, what it must not forget in `register.sqlite`, its
/// protected memory in `documents.jsonl`, and what else a device has in `device.json`.
///
/// All of it belongs to its owner alone: the settings hold private keys, the memory holds what buyers bought.
public struct CRKFolder: Sendable {
    public let url: URL

    public init(_ path: String) {
        self.url = URL(fileURLWithPath: path, isDirectory: true)
    }

    private var settingsFile: URL { self.url.appendingPathComponent("register.json") }

    /// What the register was set up with; nil for a folder without one.
    /// - Throws: when there is a file that cannot be read.
    public func settings() throws -> CRKFolderSettings? {
        guard FileManager.default.fileExists(atPath: self.settingsFile.path) else { return nil }
        return try JSONDecoder().decode(CRKFolderSettings.self, from: try Data(contentsOf: self.settingsFile))
    }

    /// Remembers settings.
    /// - Throws: `InvalidField` for settings that no register can have; nothing is written then.
    public func remember(_ settings: CRKFolderSettings) throws {
        _ = try (settings.identity(), settings.configuration(), settings.tlsIdentity())
        try self.make()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try AtomicFile.write([UInt8](try encoder.encode(settings)), to: self.settingsFile.path)
    }

    private func make() throws {
        try FileManager.default.createDirectory(
            at: self.url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// The protected memory.
    public func documents() throws -> DocumentFile {
        try self.make()
        return try DocumentFile(self.url)
    }

    /// What a process may put around the folder's own parts, and what it may choose.
    public struct Setup {
        public var clock: any FiscalClock = SystemClock.system
        public var store: (any DurableStore) -> any DurableStore = { $0 }
        public var transport: @Sendable (any HTTPTransport) -> any HTTPTransport = { $0 }
        /// Called at each moment of a device step at which a crash leaves something half done.
        public var deviceMoment: @Sendable (String) -> Void = { _ in }
        public var configure: (inout CRKConfiguration) -> Void = { _ in }

        public init() {}
    }

    /// Opens the register where the last process stopped, and closes its connections when `body` is done.
    public func withRegister<Value>(
        _ settings: CRKFolderSettings, _ setup: Setup = Setup(),
        _ body: (CRKRegister, DocumentFile) async throws -> Value
    ) async throws -> Value {
        let (identity, tls) = (try settings.identity(), try settings.tlsIdentity())
        var configuration = try settings.configuration()
        setup.configure(&configuration)
        let documents = try self.documents()
        let transports = RegisterTransports(tls, wrapping: setup.transport)
        let store = setup.store(try SQLiteStore(path: self.url.appendingPathComponent("register.sqlite").path))
        let device = DeviceFile(self.url.appendingPathComponent("device.json"), documents, setup.deviceMoment)
        let result: Result<Value, any Error>
        do {
            let register = try await CRKRegister.open(
                identity: identity, configuration: configuration, store: store, transports: transports,
                documents: documents, device: device, clock: setup.clock, randomness: SystemRandomSource.system)
            result = .success(try await body(register, documents))
        } catch { result = .failure(error) }
        await transports.shutdown()
        return try result.get()
    }
}
