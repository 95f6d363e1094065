import ArgumentParser
import FiscalCore
import Foundation
import OFDKazProtocol
import ProgramSupport

struct NomenclatureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nomenclature", abstract: "Loads the server's list of goods.")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        let register = try await self.arguments.open()
        let outcome = try await ServiceEnding.asking { try await register.loadNomenclature() }
        let elements = try await register.nomenclature()?.elements.count ?? 0
        let (word, version) =
            switch outcome {
            case .replaced(let version): ("replaced", Int(version))
            case .kept: ("kept", (await register.status.nomenclatureVersion).map { Int($0) } ?? 0)
            }
        Terminal.print(
            json: .object(["result": .string(word), "version": .int(version), "elements": .int(elements)]),
            if: self.arguments.json, else: "\(word): version \(version), \(elements) elements")
    }
}

struct AuthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auth", abstract: "Lets the server check a cashier's password, which is read as one line.")

    @OptionGroup var arguments: RegisterArguments
    @Argument(help: "The cashier's login.") var login: String

    func run() async throws {
        guard let password = readLine(strippingNewline: true) else {
            throw Terminal.fail("password: required (one line on the standard input)")
        }
        let credentials = try Terminal.input("LOGIN") {
            try Credentials(login: self.login, password: password)
        }
        let register = try await self.arguments.open()
        let answer = try await ServiceEnding.asking { try await register.authenticate(credentials) }
        let accepted = answer?.result == .ok
        Terminal.print(
            json: .object([
                "accepted": .bool(accepted),
                "operator": answer?.operatorCode.map { .int(Int($0)) } ?? .null,
                "name": .optional(answer?.operatorName),
                "roles": .array((answer?.roles ?? []).map { .int(Int($0.rawValue)) }),
            ]), if: self.arguments.json,
            else: accepted ? "accepted: \(answer?.operatorName ?? "")" : "refused")
        if !accepted { throw ExitCode(1) }
    }
}

/// Ends the program where a request that is never queued did not succeed.
enum ServiceEnding {
    static func asking<Value: Sendable>(
        _ ask: () async throws -> OFDServiceOutcome<Value>
    ) async throws -> Value {
        let outcome: OFDServiceOutcome<Value>
        do { outcome = try await ask() } catch let error as OFDError where error.code == .unavailable {
            Terminal.say("\(error)")
            throw ExitCode(3)
        } catch { throw Terminal.fail("\(error)") }
        switch outcome {
        case .answered(let value): return value
        case .refused(let code, let text):
            Terminal.say("refused: code \(code.rawValue)" + (text.map { ", \($0)" } ?? ""))
            throw ExitCode(1)
        case .unanswered:
            Terminal.say("no answer")
            throw ExitCode(3)
        }
    }
}
