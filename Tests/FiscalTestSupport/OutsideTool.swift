import Foundation

/// A program of the system, asked for a second opinion (`openssl`, `python3`, `xmlsec1`, …).
public enum OutsideTool {
    public struct Result: Sendable {
        /// The exit status; the number of the signal for a program that was killed.
        public var status: Int32
        public var output: [UInt8]
        public var errorOutput: [UInt8]
        public var text: String { String(decoding: self.output, as: UTF8.self) }
        public var errorText: String { String(decoding: self.errorOutput, as: UTF8.self) }
    }

    /// Whether a program of that name is on the `PATH`.
    public static func exists(_ program: String) -> Bool { self.find(program) != nil }

    /// Runs a program to its end.
    ///
    /// Input and outputs go through files: with pipes a program that writes much before it has read all would wait for
    /// us while we wait for it.
    public static func run(_ program: String, _ arguments: [String], input: [UInt8] = []) throws -> Result {
        guard let path = self.find(program) else { throw CocoaError(.fileNoSuchFile) }
        let folder = try TemporaryFolder()
        try folder.write(input, to: "in")
        try folder.write([], to: "out")
        try folder.write([], to: "err")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: folder.url.appendingPathComponent("in"))
        process.standardOutput = try FileHandle(forWritingTo: folder.url.appendingPathComponent("out"))
        process.standardError = try FileHandle(forWritingTo: folder.url.appendingPathComponent("err"))
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: try folder.read("out"), errorOutput: try folder.read("err"))
    }

    private static func find(_ program: String) -> String? {
        if program.contains("/") {
            return FileManager.default.isExecutableFile(atPath: program) ? program : nil
        }
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return folders.split(separator: ":").map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
