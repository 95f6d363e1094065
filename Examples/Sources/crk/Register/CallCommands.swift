import ArgumentParser
import CRKProtocol
import FiscalCore
import ProgramSupport

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Fetches the repository's certificates (CMD07) and trusts them from now on.")

    @OptionGroup var arguments: RegisterArguments
    @Flag(help: "Send the register's own certificates too (CMD08).") var exchange = false

    func run() async throws {
        try await self.arguments.withRegister { register, _ in
            let keys = try await register.fetchRepositoryKeys()
            if self.exchange, keys.answer != nil {
                let sent = try await register.sendCertificates()
                if sent.answer == nil { return try sent.show(self.arguments, { _ in [:] }, "") }
            }
            func print(_ certificate: Certificate) -> JSONValue {
                .object([
                    "subject": .string("\(certificate.subject)"), "notAfter": .string("\(certificate.notAfter)"),
                    "sha256": .string(Hex.encode(certificate.fingerprint(.sha256))),
                ])
            }
            try keys.show(
                self.arguments,
                { keys in
                    [
                        "webApiTLS": print(keys.webApiTLS), "cpdServerTLS": print(keys.cpdServerTLS),
                        "repositoryEncrypt": print(keys.repositoryEncrypt),
                        "eventHub": .array(keys.eventHubAuthorities.map(print)),
                    ]
                }, "the repository's certificates are trusted")
        }
    }
}

struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Whether the CPD server answers (CMD11), and with --webapi-ping the WebApi.")

    @OptionGroup var arguments: RegisterArguments
    @Flag(help: "Ask the WebApi too, which answers fiscalised registers.") var webapiPing = false

    func run() async throws {
        try await self.arguments.withRegister { register, _ in
            let cpd = try await register.testCPD()
            guard self.webapiPing, cpd.answer != nil else {
                return try cpd.show(self.arguments, { _ in ["cpd": .bool(true)] }, "the CPD server answers")
            }
            try await register.ping().show(
                self.arguments, { _ in ["cpd": .bool(true), "webapi": .bool(true)] }, "both servers answer")
        }
    }
}

struct StateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state", abstract: "What the repository knows of the register (CMD12).")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        try await self.arguments.withRegister { register, _ in
            let outcome = try await register.repositoryState()
            try outcome.show(
                self.arguments,
                { state in
                    [
                        "maxDocId": .int(Int(state.maxDocID)),
                        "maxMemNr": state.maxMemoryNumber.map { .int($0) } ?? .null,
                        "addressWebAPI": .string(state.webApiAddress),
                    ]
                }, "documents through \(outcome.answer?.maxDocID ?? 0) are processed")
        }
    }
}

struct SharedKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shared-keys", abstract: "Fetches the keys of three days (CMD16); for software registers.")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        try await self.arguments.withRegister { register, _ in
            let outcome = try await register.fetchSharedKeys()
            let days = outcome.answer?.map { "\($0.day)" } ?? []
            // The keys themselves stay in the store.
            try outcome.show(
                self.arguments, { _ in ["days": .array(days.map { .string($0) })] },
                "keys for \(days.joined(separator: ", "))")
        }
    }
}

struct EndOfLifeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end-of-life", abstract: "The register is read-only from now on; tells the repository (CMD15).")

    @OptionGroup var arguments: RegisterArguments
    @Option(help: "memory-full or settlement.") var reason = "settlement"

    func run() async throws {
        let reasons: [String: EndOfFiscalLife.Reason] = ["memory-full": .memoryFull, "settlement": .settlementReport]
        guard let reason = reasons[self.reason] else {
            throw Terminal.fail("--reason: oneOf (memory-full, settlement)")
        }
        try await self.arguments.withRegister { register, _ in
            try await register.endOfLife(reason).show(
                self.arguments, { _ in ["mode": .string("readOnly")] }, "the repository knows that the work has ended")
        }
    }
}
