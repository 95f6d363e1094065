public import FiscalCore

/// What is typed in when a register is set up (sections 2.2, 3.10).
public struct OFDIdentity: Sendable, Hashable {
    /// ID of the header, as the operator issued it: full 32 bits.
    public let id: UInt32
    /// TOKEN of the first request. Once the store has a newer one this is not looked at any more.
    public let token: UInt32
    /// The registration number at the tax committee (РНМ), in digits.
    public let registrationNumber: String

    /// - Throws: `InvalidField` for a token of 0, and for a registration number that is not made of digits.
    public init(id: UInt32, token: UInt32, registrationNumber: String) throws(InvalidField) {
        guard token != 0 else { throw InvalidField("token", .range, limit: "1...4294967295") }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard !registrationNumber.isEmpty, registrationNumber.utf8.allSatisfy({ digits.contains($0) }) else {
            throw InvalidField("registrationNumber", .pattern, limit: "digits")
        }
        self.id = id
        self.token = token
        self.registrationNumber = registrationNumber
    }
}

extension OFDIdentity: CustomStringConvertible, CustomReflectable {
    public var description: String { "register \(self.id), \(self.registrationNumber) (token redacted)" }

    /// Without the token.
    public var customMirror: Mirror {
        Mirror(self, children: ["id": self.id, "registrationNumber": self.registrationNumber])
    }
}
