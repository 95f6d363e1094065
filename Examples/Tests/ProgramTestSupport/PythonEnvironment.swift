import Foundation

/// A Python with one library from PyPI, for outside oracles that the system does not package well.
///
/// It lies below `.build/oracles` of the repository, where the library's own tests keep theirs. Making one needs the
/// network, once; a test that needs it fails where that is not to be had.
public actor PythonEnvironment {
    /// An oracle that did not work, with what it said.
    public struct Failure: Error, CustomStringConvertible {
        public var description: String
        public init(description: String) { self.description = description }
    }

    private static let shared = PythonEnvironment()
    private var made: [String: Task<Program, any Error>] = [:]

    /// The interpreter that has the library, `jwcrypto==1.5.6`.
    public static func interpreter(with requirement: String) async throws -> Program {
        try await Self.shared.environment(requirement).value
    }

    private func environment(_ requirement: String) -> Task<Program, any Error> {
        if let task = self.made[requirement] { return task }
        let task = Task { try await Self.make(requirement) }
        self.made[requirement] = task
        return task
    }

    private static func make(_ requirement: String) async throws -> Program {
        // This file is Examples/Tests/ProgramTestSupport/PythonEnvironment.swift in the checkout.
        var checkout = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { checkout.deleteLastPathComponent() }
        let folder = checkout.appendingPathComponent(".build/oracles/\(requirement)")
        guard let python = Program(tool: "python3") else { throw Failure(description: "there is no python3") }
        var interpreter = python
        interpreter.path = folder.appendingPathComponent("bin/python3").path
        // Written last: an environment without it was left half made.
        let complete = folder.appendingPathComponent("complete")
        if FileManager.default.fileExists(atPath: complete.path) { return interpreter }
        try await Self.run(python, ["-m", "venv", "--clear", folder.path])
        try await Self.run(interpreter, ["-m", "pip", "install", "--quiet", "--no-input", requirement])
        try Data().write(to: complete)
        return interpreter
    }

    private static func run(_ program: Program, _ arguments: [String]) async throws {
        let ending = try await program.run(arguments)
        guard ending.status == 0 else {
            throw Failure(description: "\(program.path) \(arguments): status \(ending.status)\n\(ending.errors)")
        }
    }
}
