import ArgumentParser
import FiscalCore
import OFDKazProtocol
import ProgramSupport

struct SaleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sale", abstract: "Registers a receipt: a sale, or a purchase from a customer.",
        discussion: """
            F is a TicketRequest in the protobuf JSON mapping, as `check` reads it. Its time and its numbers are the \
            register's: those in F are not looked at.
            """)

    @OptionGroup var arguments: RegisterArguments
    @OptionGroup var document: DocumentArguments
    @Argument(help: "The receipt; - is the standard input.") var file: String

    func run() async throws {
        try await TicketFile(self.file, isReturn: false).issue(self.arguments, self.document)
    }
}

struct ReturnCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "return", abstract: "Registers a return; the receipt names the one it is based on.")

    @OptionGroup var arguments: RegisterArguments
    @OptionGroup var document: DocumentArguments
    @Argument(help: "The receipt; - is the standard input.") var file: String

    func run() async throws {
        try await TicketFile(self.file, isReturn: true).issue(self.arguments, self.document)
    }
}

/// A receipt in a file.
struct TicketFile {
    private let path: String
    private let isReturn: Bool

    init(_ path: String, isReturn: Bool) {
        self.path = path
        self.isReturn = isReturn
    }

    func issue(_ arguments: RegisterArguments, _ document: DocumentArguments) async throws {
        let register = try await arguments.open()
        let edition = register.configuration.rules.edition
        let ticket = try Terminal.input(self.path) {
            try Ticket(json: String(decoding: try Terminal.read(self.path), as: UTF8.self), edition: edition)
        }
        guard ticket.operation.isReturn == self.isReturn else {
            throw Terminal.fail(
                "operation: consistency (\(self.isReturn ? "a return" : "a sale or purchase") is wanted)")
        }
        try await DocumentOutcome.show(json: arguments.json) {
            try await register.issue(ticket, reference: document.reference)
        }
    }
}

struct DepositCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "deposit", abstract: "Puts cash into the drawer.")

    @OptionGroup var arguments: RegisterArguments
    @OptionGroup var document: DocumentArguments
    @Argument(help: "The sum, such as 1000.00.") var sum: String

    func run() async throws {
        try await CashMovement(.deposit, self.sum).place(self.arguments, self.document)
    }
}

struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "withdraw", abstract: "Takes cash out of the drawer.")

    @OptionGroup var arguments: RegisterArguments
    @OptionGroup var document: DocumentArguments
    @Argument(help: "The sum, such as 1000.00.") var sum: String

    func run() async throws {
        try await CashMovement(.withdrawal, self.sum).place(self.arguments, self.document)
    }
}

/// Cash that moves.
struct CashMovement {
    private let type: MoneyPlacementType
    private let sum: String

    init(_ type: MoneyPlacementType, _ sum: String) {
        self.type = type
        self.sum = sum
    }

    func place(_ arguments: RegisterArguments, _ document: DocumentArguments) async throws {
        let placement = try Terminal.input("SUM") {
            try MoneyPlacement(
                operation: self.type, sum: try Money(parsing: self.sum, currency: .kzt), operator: document.cashier())
        }
        let register = try await arguments.open()
        try await DocumentOutcome.show(json: arguments.json) {
            try await register.place(placement, reference: document.reference)
        }
    }
}

struct CloseShiftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close-shift", abstract: "Closes the shift with its Z report.")

    @OptionGroup var arguments: RegisterArguments
    @OptionGroup var document: DocumentArguments
    @Flag(help: "Take all cash out of the drawer first.") var withdraw = false

    func run() async throws {
        let close = try Terminal.input("operator") {
            try CloseShift(operator: self.document.cashier(), withdrawsMoney: self.withdraw)
        }
        let register = try await self.arguments.open()
        try await DocumentOutcome.show(json: self.arguments.json) {
            try await register.closeShift(close, reference: self.document.reference)
        }
    }
}

struct XReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "x-report", abstract: "The report of the running shift.")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        let register = try await self.arguments.open()
        try await DocumentOutcome.show(json: self.arguments.json) { try await register.xReport() }
    }
}

struct ZReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "z-report", abstract: "The report of the last closed shift.")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        let register = try await self.arguments.open()
        try await DocumentOutcome.show(json: self.arguments.json) { try await register.zReport() }
    }
}
