import ArgumentParser
import CRKProtocol
import CRKRegisterFolder
import FiscalCore
import ProgramSupport

struct FiscaliseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fiscalise", abstract: "Has the register fiscalised, or goes on with what was interrupted.",
        discussion: """
            Exit status: 0 fiscalised, 1 refused, 3 under way (the last steps follow the repository's schedule: sync or \
            run takes them) or unknown.
            """)

    @OptionGroup var arguments: RegisterArguments
    @Flag(help: "Send the fiscal report at once, whatever the schedule says.") var reportAtOnce = false
    @Option(help: "What the register is used for, where its program knows several uses.") var category: String?

    func run() async throws {
        let (_, settings) = try self.arguments.remembered()
        let request: FiscalisationRequest
        do { request = try settings.request() } catch { throw RegisterArguments.badInput(error) }
        var setup = CRKFolder.Setup()
        let (atOnce, category) = (self.reportAtOnce, self.category)
        setup.configure = { configuration in
            configuration.fiscalisation.sendsReportAtOnce = atOnce
            configuration.fiscalisation.category = category
        }
        try await self.arguments.withRegister(setup) { register, _ in
            let outcome = try await register.fiscalise(request)
            switch outcome.state {
            case .registered(let number): try self.show("registered", number)
            case .refused(let refusal):
                self.arguments.show(
                    [
                        "outcome": .string("refused"), "number": .null, "step": .int(refusal.step.rawValue),
                        "reason": .string(refusal.reason.rawValue), "code": .string(refusal.code),
                        "words": .string(refusal.words),
                    ], "refused in step \(refusal.step.rawValue): \(refusal.code) \(refusal.words)")
                throw ExitCode(1)
            case .unknown(let progress):
                self.arguments.show(
                    FiscalisationText.members(progress).merging(["outcome": .string("unknown")]) { $1 },
                    "unknown: \(FiscalisationText.line(progress))")
                throw ExitCode(3)
            case .pending(let progress):
                // Orders may be due at once.
                let report = try await register.sync()
                let status = try await register.status()
                if case .fiscalised = status.mode, let number = status.settings.registrationNumber {
                    return try self.show("registered", number)
                }
                let now = report.fiscalisation ?? progress
                self.arguments.show(
                    FiscalisationText.members(now).merging(["outcome": .string("pending")]) { $1 },
                    "pending: \(FiscalisationText.line(now))")
                throw ExitCode(3)
            }
        }
    }

    private func show(_ outcome: String, _ number: RegistrationNumber) throws {
        self.arguments.show(
            ["outcome": .string(outcome), "number": .string(number.text), "step": .int(14)],
            "fiscalised under \(number)")
    }
}

/// How far a fiscalisation has got, in words.
enum FiscalisationText {
    static func members(_ progress: FiscalisationProgress) -> [String: JSONValue] {
        [
            "number": .optional(progress.registrationNumber?.text), "step": .int(progress.step.rawValue),
            "waiting": .string(Self.waiting(progress)), "stalled": .bool(progress.isStalled),
        ]
    }

    static func line(_ progress: FiscalisationProgress) -> String {
        "step \(progress.step.rawValue) (\(progress.step)), \(Self.waiting(progress))"
    }

    private static func waiting(_ progress: FiscalisationProgress) -> String {
        switch progress.waiting {
        case .nothing: "sync goes on"
        case .server(let instant): "the CPD server is asked again at \(instant)"
        case .shipment: "the report waits for the schedule"
        case .suspendedShipment: "the repository suspends sending"
        case .timetable: "the order with the schedule has not come"
        case .person(.refused(let refusal)): "refused: \(refusal.code) \(refusal.words)"
        case .person(.unknown(let refusal)): "refused after a request without an answer: \(refusal.code)"
        case .person(.deviceCannotTell(let step)): "nobody knows whether the device did step \(step.rawValue)"
        case .person(.confirmationRefused(let refusal)): "the confirmation was refused: \(refusal.code)"
        case .person(.givenUp): "given up"
        }
    }
}
