/// What the host did wrong or cannot do; facts of the server are outcomes, not errors.
///
/// Bad fields are thrown as `InvalidField`, failures of the store as `StoreError`.
public struct OFDError: Error, Sendable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable {
            case blocked, serverBlocked, shiftMustBeClosed, offlineTooLong, queueFull, notEnoughCash, noOpenShift
            case registrationUnknown, unavailable, plainPassword, identityTaken, notFound, foreignStore
            case anotherProcess, damagedJournal, countersFailed, notBlocked, outcomeUnknown, tokenWanted
        }
        private let base: Base
        /// BLOCKED (section 5.3): no work until a person has acted; the status says why.
        public static let blocked = Self(base: .blocked)
        /// SERVER-BLOCKED (section 5.4): no work until the server lets the register go on.
        public static let serverBlocked = Self(base: .serverBlocked)
        /// The shift has lasted too long: only its close and reports may be issued (decision K22).
        public static let shiftMustBeClosed = Self(base: .shiftMustBeClosed)
        /// The oldest unsent document is too old for new ones (decision K23).
        public static let offlineTooLong = Self(base: .offlineTooLong)
        /// As many messages wait as the rules allow.
        public static let queueFull = Self(base: .queueFull)
        /// There is no link, and by our own counters the drawer holds less than is to be paid out (section 3.7).
        public static let notEnoughCash = Self(base: .notEnoughCash)
        /// There is no open shift to close.
        public static let noOpenShift = Self(base: .noOpenShift)
        /// Our own counters cannot take the document: a count or a sum would be too large.
        public static let countersFailed = Self(base: .countersFailed)
        /// Neither an INFO nor the host has told what `service.reg_info` must hold (decision K35).
        public static let registrationUnknown = Self(base: .registrationUnknown)
        /// A request that is never queued cannot be sent now: no link, or a message waits (section 5.2).
        public static let unavailable = Self(base: .unavailable)
        /// A password goes over an open line only where the configuration allows it.
        public static let plainPassword = Self(base: .plainPassword)
        /// The reference belongs to a document with other content.
        public static let identityTaken = Self(base: .identityTaken)
        /// The journal has no such document.
        public static let notFound = Self(base: .notFound)
        /// The store holds another register under this name.
        public static let foreignStore = Self(base: .foreignStore)
        /// Another process works on this register and was faster; nothing of ours was kept. Ask again.
        public static let anotherProcess = Self(base: .anotherProcess)
        /// A stored record cannot be read; nothing is overwritten.
        public static let damagedJournal = Self(base: .damagedJournal)
        /// The register is not blocked.
        public static let notBlocked = Self(base: .notBlocked)
        /// The server may have the message: the decision must say that it covers this case (decision K27).
        public static let outcomeUnknown = Self(base: .outcomeUnknown)
        /// A token must be typed in; nothing else ends this block.
        public static let tokenWanted = Self(base: .tokenWanted)
        public var description: String { "\(self.base)" }
    }

    public var code: Code
    /// What happened, for the operator; never a secret.
    public var detail: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ detail: String, underlying: (any Error)? = nil) {
        self.code = code
        self.detail = detail
        self.underlying = underlying
    }
}

extension OFDError: CustomStringConvertible {
    public var description: String {
        "\(self.code): \(self.detail)" + (self.underlying.map { " (\($0))" } ?? "")
    }
}
