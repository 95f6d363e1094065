/// The protocol's version word: X.Y.Z is X*100 + Y*10 + Z, so 2.0.3 is 203 (section 2.2).
///
/// Editions are ordered by number. Same X means compatible. A register sends 202, 203 or 204 (``sendable``); the rules
/// of presence know older ones too.
public struct Edition: RawRepresentable, Sendable, Hashable, Comparable, Codable {
    public var rawValue: UInt16

    /// - Returns: nil for numbers below 100; 0 is no version, and the first published one is 1.0.0.
    public init?(rawValue: UInt16) {
        guard rawValue >= 100 else { return nil }
        self.rawValue = rawValue
    }

    private init(known rawValue: UInt16) { self.rawValue = rawValue }

    /// 2.0.2
    public static let v202 = Self(known: 202)
    /// 2.0.3, the edition of the source document.
    public static let v203 = Self(known: 203)
    /// 2.0.4
    public static let v204 = Self(known: 204)
    /// The editions that a register of ours can send.
    public static let sendable: [Edition] = [.v202, .v203, .v204]

    /// From X.Y.Z, where Y and Z are single digits.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let x = UInt16(parts[0]), let y = UInt16(parts[1]), let z = UInt16(parts[2]),
            x >= 1, x <= 654, y <= 9, z <= 9
        else { return nil }
        self.init(rawValue: x * 100 + y * 10 + z)
    }

    /// X: a change of it is not compatible.
    public var major: UInt16 { self.rawValue / 100 }

    /// The edition that follows by carrying into the higher digit: 1.3.9, then 1.4.0.
    public var next: Edition? { self.rawValue == .max ? nil : Edition(rawValue: self.rawValue + 1) }

    /// Whether frames of the other edition can be read (same X).
    public func isCompatible(with other: Edition) -> Bool { self.major == other.major }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Edition: CustomStringConvertible {
    public var description: String { "\(self.major).\(self.rawValue / 10 % 10).\(self.rawValue % 10)" }
}
