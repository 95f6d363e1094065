/// What identifies a request to the server: the exchange key and the number under which it was first sent (section 2.2).
///
/// A repeat carries the same pair, and by it the server knows what it has already (decision K2).
public struct RequestPair: Sendable, Hashable, Codable {
    /// TOKEN: secret, full 32 bits.
    public var token: UInt32
    /// REQNUM.
    public var reqnum: UInt16

    public init(token: UInt32, reqnum: UInt16) {
        self.token = token
        self.reqnum = reqnum
    }
}

// The token shows in no description, and in no dump of a value that holds it.
extension RequestPair: CustomStringConvertible, CustomReflectable {
    public var description: String { "(token redacted, \(self.reqnum))" }
    public var customMirror: Mirror { Mirror(self, children: ["reqnum": self.reqnum]) }
}
