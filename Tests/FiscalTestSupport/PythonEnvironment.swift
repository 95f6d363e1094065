import Foundation
import Synchronization

/// A Python with one library from PyPI, for outside oracles that the system does not package well.
///
/// It lies below `.build/oracles` and stays there. Making one needs the network, once; a test that needs it fails where
/// that is not to be had, for an oracle that is silently left out proves nothing.
public enum PythonEnvironment {
    /// An oracle that did not work, with what it said.
    public struct Failure: Error, CustomStringConvertible {
        public var description: String
        public init(description: String) { self.description = description }
    }

    private static let lock = Mutex(())

    /// The interpreter that has the library, `protobuf==6.33.6`.
    public static func interpreter(with requirement: String) throws -> String {
        try self.lock.withLock { _ in
            // This file is Tests/FiscalTestSupport/PythonEnvironment.swift in the checkout.
            let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let folder = checkout.appendingPathComponent(".build/oracles/\(requirement)")
            let interpreter = folder.appendingPathComponent("bin/python3").path
            // Written last: an environment without it was left half made.
            let complete = folder.appendingPathComponent("complete")
            if FileManager.default.fileExists(atPath: complete.path) { return interpreter }
            try self.run("python3", ["-m", "venv", "--clear", folder.path])
            try self.run(interpreter, ["-m", "pip", "install", "--quiet", "--no-input", requirement])
            try Data().write(to: complete)
            return interpreter
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let result = try OutsideTool.run(program, arguments)
        guard result.status == 0 else {
            throw Failure(
                description: "\(program) \(arguments.joined(separator: " ")): status \(result.status)\n"
                    + result.errorText)
        }
    }
}
