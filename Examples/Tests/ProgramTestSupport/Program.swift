public import Foundation

/// One of the package's programs, or a tool of the system, run as a process.
public struct Program: Sendable {
    public var path: String

    /// A program of this package: it lies beside the test bundle.
    public init(_ name: String) {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundlePath
        let beside = URL(fileURLWithPath: bundle ?? CommandLine.arguments[0]).deletingLastPathComponent()
        self.path = beside.appendingPathComponent(name).path
    }

    /// A tool of the system, or nil where it is not installed.
    public init?(tool name: String) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        guard let folder = folders.first(where: { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") })
        else { return nil }
        self.path = "\(folder)/\(name)"
    }

    /// How a process ended and what it wrote.
    public struct Ending: Sendable {
        public var status: Int32
        /// It was ended by a signal, whose number `status` is.
        public var wasKilled: Bool
        public var output: [UInt8]
        public var errors: String

        public var text: String { String(decoding: self.output, as: UTF8.self) }
        /// The one JSON object on the standard output; empty when there is none.
        public var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(self.output))) as? [String: Any] ?? [:]
        }
    }

    /// Runs the program to its end.
    public func run(_ arguments: [String], input: [UInt8] = []) async throws -> Ending {
        try await Running(self.path, arguments, input: input).ending()
    }

    public func run(_ arguments: String..., input: [UInt8] = []) async throws -> Ending {
        try await self.run(arguments, input: input)
    }
}

/// A process and the files that take what it writes: no pipe can fill up.
public final class Running: @unchecked Sendable {
    public let process = Process()
    private let folder: TestFolder
    private let exit: AsyncStream<Void>

    public init(_ path: String, _ arguments: [String], input: [UInt8]? = []) throws {
        self.folder = try TestFolder()
        self.process.executableURL = URL(fileURLWithPath: path)
        self.process.arguments = arguments
        // The child has its own copies. Foundation on Linux does not let go of those in this process.
        var handles: [FileHandle] = []
        if let input {
            try self.folder.write("input", input)
            let handle = try FileHandle(forReadingFrom: self.folder.url("input"))
            self.process.standardInput = handle
            handles.append(handle)
        } else {
            self.process.standardInput = Pipe()
        }
        try self.folder.write("output", [])
        try self.folder.write("errors", [])
        let output = try FileHandle(forWritingTo: self.folder.url("output"))
        let errors = try FileHandle(forWritingTo: self.folder.url("errors"))
        self.process.standardOutput = output
        self.process.standardError = errors
        handles += [output, errors]
        let (exit, continuation) = AsyncStream<Void>.makeStream()
        self.exit = exit
        self.process.terminationHandler = { _ in continuation.finish() }
        try self.process.run()
        for handle in handles { try handle.close() }
    }

    public func ending() async throws -> Program.Ending {
        for await _ in self.exit {}
        return Program.Ending(
            status: self.process.terminationStatus, wasKilled: self.process.terminationReason == .uncaughtSignal,
            output: try self.folder.bytes("output"),
            errors: String(decoding: try self.folder.bytes("errors"), as: UTF8.self))
    }
}

/// A folder of its own, deleted with the value.
public final class TestFolder: Sendable {
    public let path = NSTemporaryDirectory() + "fiscal-program-\(UUID().uuidString)"

    public init() throws {
        try FileManager.default.createDirectory(atPath: self.path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: self.path) }

    public func url(_ name: String) -> URL { URL(fileURLWithPath: "\(self.path)/\(name)") }

    /// Writes a file and returns its path.
    @discardableResult
    public func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: self.url(name))
        return self.url(name).path
    }

    @discardableResult
    public func write(_ name: String, _ text: String) throws -> String { try self.write(name, Array(text.utf8)) }

    public func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: self.url(name))) }

    public func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self.url(name).path) }
}
