public import OFDKazProtocol

/// A person whom the operator knows: who may sign in, and do what, on a register (section 3.11).
public struct OFDCashier: Sendable, Hashable, Codable {
    public var login: String
    public var password: String
    /// The `operator.code` of documents.
    public var code: UInt32
    public var name: String
    public var roles: [UserRole]
    /// The commands that this person may give; nil for all.
    public var commands: [CommandType]?

    public init(
        login: String, password: String, code: UInt32, name: String, roles: [UserRole] = [.paymaster],
        commands: [CommandType]? = nil
    ) {
        self.login = login
        self.password = password
        self.code = code
        self.name = name
        self.roles = roles
        self.commands = commands
    }
}

extension OFDCashier: CustomStringConvertible {
    public var description: String { "cashier \(self.code)" }
}
