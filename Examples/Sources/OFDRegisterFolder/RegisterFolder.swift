public import FiscalCore
import FiscalStore
public import FiscalTransport
public import Foundation
public import OFDKazProtocol

/// One register that is kept in a folder: its settings in `register.json`, all that it remembers in `register.sqlite`.
///
/// Both belong to their owner alone: the settings hold the first token, the store holds all later ones.
public struct RegisterFolder: Sendable {
    public let url: URL

    public init(_ path: String) {
        self.url = URL(fileURLWithPath: path, isDirectory: true)
    }

    private var settingsFile: URL { self.url.appendingPathComponent("register.json") }
    private var storeFile: URL { self.url.appendingPathComponent("register.sqlite") }

    /// Sets the register up, and makes its store.
    /// - Throws: `FolderTaken` when the folder holds a register already; nothing is changed then.
    public func create(_ settings: RegisterSettings) async throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: self.settingsFile.path), !files.fileExists(atPath: self.storeFile.path) else {
            throw FolderTaken(path: self.url.path)
        }
        _ = try settings.configuration()
        try files.createDirectory(
            at: self.url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard
            files.createFile(
                atPath: self.settingsFile.path, contents: try encoder.encode(settings),
                attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: self.settingsFile.path]) }
        _ = try await self.open(settings)
    }

    /// What the register was set up with.
    public func settings() throws -> RegisterSettings {
        do {
            return try JSONDecoder().decode(RegisterSettings.self, from: try Data(contentsOf: self.settingsFile))
        } catch {
            throw NoRegister(path: self.url.path, reason: (error as NSError).localizedDescription)
        }
    }

    /// Opens the register where the last process stopped.
    public func open() async throws -> OFDRegister {
        try await self.open(try self.settings())
    }

    /// The same with the store and the link of the caller's choice around the folder's own.
    public func open(
        _ settings: RegisterSettings, clock: any FiscalClock = SystemClock.system,
        wrapping wrap: (any DurableStore, any StreamTransport) -> (any DurableStore, any StreamTransport) = { ($0, $1) }
    ) async throws -> OFDRegister {
        let (store, transport) = wrap(
            try SQLiteStore(path: self.storeFile.path), try TCPTransport(host: settings.host, port: settings.port))
        return try await OFDRegister.open(
            configuration: try settings.configuration(), store: store, transport: transport, clock: clock)
    }
}

/// The folder holds a register already.
public struct FolderTaken: Error, CustomStringConvertible {
    public var path: String
    public var description: String { "\(self.path) holds a register already" }
}

/// The folder holds no register that can be read.
public struct NoRegister: Error, CustomStringConvertible {
    public var path: String
    public var reason: String
    public var description: String { "\(self.path) holds no register (\(self.reason)); `init` makes one" }
}
