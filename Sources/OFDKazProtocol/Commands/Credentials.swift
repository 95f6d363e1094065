public import FiscalCore

/// The login and the password with which a cashier signs in (section 3.11, `AuthRequest`).
///
/// They are sent once and never kept: no queue holds them, and no text of this value shows them.
public struct Credentials: Sendable {
    package let login: String
    package let password: String

    /// - Throws: `InvalidField` for an empty login or password; it tells neither.
    public init(login: String, password: String) throws(InvalidField) {
        guard !login.isEmpty else { throw InvalidField("auth.login", .length, limit: "not empty") }
        guard !password.isEmpty else { throw InvalidField("auth.password", .length, limit: "not empty") }
        self.login = login
        self.password = password
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Credentials(redacted)" }
    public var debugDescription: String { self.description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
