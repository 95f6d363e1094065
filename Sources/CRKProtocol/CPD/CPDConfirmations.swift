public import FiscalCore
public import HTTPTypes

/// CMD11, TCS: whether the CPD server answers (section 2.4.5), before and after fiscalisation.
public struct TestCPDServer: CPDConfirmation {
    public let commandID: CommandID?
    public var method: HTTPRequest.Method { .get }
    public let path: String
    public var body: JSON? { nil }

    public init(_ unit: UniqueNumber, at time: FiscalInstant) {
        let id = CommandID(.tcs, unit, at: time)
        self.commandID = id
        self.path = Self.query(id)
    }
}

/// CMD14, FPD: the register has ended its fiscalisation (section 2.4.7). May be sent again while the repository has the
/// register as ROZ or FIS. It has no `command`.
public struct ConfirmFiscalisation: CPDConfirmation {
    public let commandID: CommandID?
    public var method: HTTPRequest.Method { .post }
    public var path: String { Self.commandPath }
    public let body: JSON?

    public init(_ unit: UniqueNumber, at time: FiscalInstant) {
        let id = CommandID(.fpd, unit, at: time)
        self.commandID = id
        self.body = ["commandId": .string(id.text)]
    }
}

/// CMD15, EFL: the register is read-only from now on (section 2.4.8). May be sent again while the repository has it as
/// FIS or RDO.
public struct EndOfFiscalLife: CPDConfirmation {
    /// `reasonReadOnly`
    public enum Reason: Int, Sendable, Hashable, Codable, CaseIterable {
        /// The fiscal memory is full.
        case memoryFull = 0
        /// The settlement report was made in service mode.
        case settlementReport = 1
    }

    public let commandID: CommandID?
    public var method: HTTPRequest.Method { .post }
    public var path: String { Self.commandPath }
    public let body: JSON?

    /// - Parameter lastJPKID: the last document in the protected memory, 1 to 999999999999999.
    public init(
        _ unit: UniqueNumber, at time: FiscalInstant, reason: Reason, lastJPKID: Int64
    ) throws(InvalidField) {
        guard (1...999_999_999_999_999).contains(lastJPKID) else {
            throw InvalidField("lastJPKId", .range, limit: "1...999999999999999")
        }
        let id = CommandID(.efl, unit, at: time)
        self.commandID = id
        self.body = Self.message(
            id, [.init("reasonReadOnly", .integer(reason.rawValue)), .init("lastJPKId", .integer(lastJPKID))])
    }
}
