/// Something in an answer that is not as the document says, and was lived with.
///
/// It holds neither tokens nor texts of the peer.
public struct Anomaly: Sendable, Hashable {
    public var kind: Kind
    /// The way to the field in the servers' spelling, `service.ticket_ads[0].text`; nil for the answer as a whole.
    public var field: String?
    /// What was found, and what was done about it.
    public var detail: String

    public init(_ kind: Kind, field: String? = nil, _ detail: String) {
        self.kind = kind
        self.field = field
        self.detail = detail
    }

    /// Which leniency fired. Open: later versions may know more.
    public struct Kind: RawRepresentable, Sendable, Hashable {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        /// A mandatory part is not there.
        public static let missing = Self(rawValue: "missing")
        /// A part cannot be read and was left out.
        public static let damaged = Self(rawValue: "damaged")
        /// A field that the schema does not have, or has with another type; it was passed over.
        public static let unknownField = Self(rawValue: "unknownField")
        /// A code that its table does not have; it was kept.
        public static let unlistedCode = Self(rawValue: "unlistedCode")
        /// A value outside the range of its field; it was kept as it came.
        public static let outOfRange = Self(rawValue: "outOfRange")
        /// A list with a wrong count, or with one entry twice.
        public static let list = Self(rawValue: "list")
        /// A part that does not belong to this command; it was ignored.
        public static let misplaced = Self(rawValue: "misplaced")
        /// Two parts do not fit each other.
        public static let contradiction = Self(rawValue: "contradiction")
        /// The token differs where it must not; it was not adopted. The value is not told.
        public static let token = Self(rawValue: "token")
        /// An edition other than the one asked in.
        public static let version = Self(rawValue: "version")
        /// There were more anomalies than are listed.
        public static let more = Self(rawValue: "more")
    }
}

extension Anomaly: CustomStringConvertible {
    public var description: String {
        let place = self.field.map { " " + $0 } ?? ""
        return "\(self.kind.rawValue)\(place): \(self.detail)"
    }
}
