import Foundation

/// This very program, started again as a till: a process that can really be killed.
final class ChildProcess: Sendable {
    private let process = Process()
    private let output = Pipe()

    init(_ arguments: [String]) throws {
        self.process.executableURL = Bundle.main.executableURL
        self.process.arguments = arguments
        self.process.standardOutput = self.output
        try self.process.run()
    }

    /// Ends it as a power failure would.
    func kill() async {
        _ = Foundation.kill(self.process.processIdentifier, SIGKILL)
        _ = await self.end()
    }

    /// The lines that it printed, once it has ended.
    func end() async -> [String] {
        let (process, handle) = (self.process, self.output.fileHandleForReading)
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let text = String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                continuation.resume(returning: text.split(separator: "\n").map(String.init))
            }
        }
    }
}
