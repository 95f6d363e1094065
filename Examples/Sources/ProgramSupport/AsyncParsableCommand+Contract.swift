public import ArgumentParser
import Foundation

extension AsyncParsableCommand {
    /// Like the parser's own `main`, but bad usage, and whatever else is thrown, is status 2 and one line on standard
    /// error: all programs of this package end alike.
    public static func runByContract(
        _ arguments: [String] = Array(CommandLine.arguments.dropFirst())
    ) async -> Never {
        do {
            var command = try Self.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            Self.exit(withError: ExitCode.success)
        } catch let ended as ExitCode {
            Self.exit(withError: ended)
        } catch {
            // Help and version are no errors for the parser either.
            if Self.exitCode(for: error) == .success { Self.exit(withError: error) }
            let line = Self.message(for: error).split(whereSeparator: \.isNewline).first ?? "bad usage"
            let name = Self.configuration.commandName ?? "\(Self.self)"
            FileHandle.standardError.write(Data("\(name): error: \(line)\n".utf8))
            Self.exit(withError: ExitCode(2))
        }
    }
}
