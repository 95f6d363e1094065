import ArgumentParser
import EETFileModule
import Foundation

/// Standard input, output and error of the program.
enum Terminal {
    /// One line for the operator.
    static func say(_ text: String) {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        FileHandle.standardError.write(Data("eet: \(line)\n".utf8))
    }

    /// A result.
    static func print(_ text: String) {
        FileHandle.standardOutput.write(Data("\(text)\n".utf8))
    }

    /// A result as JSON or as a line.
    static func print(json: JSONValue, if asJSON: Bool, else line: String) {
        Self.print(asJSON ? json.text : line)
    }

    /// The content of a file; `-` is the standard input.
    static func read(_ path: String) throws -> [UInt8] {
        guard path == "-" else { return try DurableFile.read(path) }
        return [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
    }

    /// Ends the program with bad input.
    static func fail(_ text: String) -> ExitCode {
        Self.say("error: \(text)")
        return ExitCode(2)
    }

    /// Carries out `body`; whatever it throws is bad input of this option or argument.
    static func input<Value>(_ name: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let code as ExitCode { throw code } catch {
            throw Self.fail("\(name): \(error)")
        }
    }
}
