public import ArgumentParser
import Foundation

/// Standard input, output and error of a program.
public enum Terminal {
    /// One line for the operator.
    public static func say(_ text: String) {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        FileHandle.standardError.write(Data("\(Self.program): \(line)\n".utf8))
    }

    private static let program = URL(fileURLWithPath: CommandLine.arguments.first ?? "").lastPathComponent

    /// A result.
    public static func print(_ text: String) {
        FileHandle.standardOutput.write(Data("\(text)\n".utf8))
    }

    /// A result as JSON or as a line.
    public static func print(json: JSONValue, if asJSON: Bool, else line: String) {
        Self.print(asJSON ? json.text : line)
    }

    /// The content of a file; `-` is the standard input.
    public static func read(_ path: String) throws -> [UInt8] {
        guard path == "-" else {
            do { return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) } catch {
                // What Foundation says runs over several lines and names no path first.
                throw UnreadableFile(path: path, reason: (error as NSError).localizedDescription)
            }
        }
        return [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
    }

    /// Ends the program with bad input.
    public static func fail(_ text: String) -> ExitCode {
        Self.say("error: \(text)")
        return ExitCode(2)
    }

    /// Carries out `body`; whatever it throws is bad input of this option or argument.
    public static func input<Value>(_ name: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let code as ExitCode { throw code } catch {
            throw Self.fail("\(name): \(error)")
        }
    }
}

/// A file that could not be read.
struct UnreadableFile: Error, CustomStringConvertible {
    var path: String
    var reason: String
    var description: String { "\(self.path): \(self.reason)" }
}
