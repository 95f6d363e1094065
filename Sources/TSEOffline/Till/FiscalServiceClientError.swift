import FiscalCore

/// What the host did wrong, or what kept the till from reaching its fiscal service. A TSE that is down is none of this:
/// it is an answer.
///
/// Bad fields are thrown as `InvalidField`, failures of the store as `StoreError`.
public struct FiscalServiceClientError: Error, Sendable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable {
            case serviceNotReached, notStarted, documentTaken, alreadyFinished, closed, refused, damagedJournal
        }
        private let base: Base
        /// `createDocument` brought no answer. The document is kept; opening it again is safe.
        public static let serviceNotReached = Self(base: .serviceNotReached)
        /// The journal has no such document.
        public static let notStarted = Self(base: .notStarted)
        /// The document is being finished, or is finished, with other data or by the other call.
        public static let documentTaken = Self(base: .documentTaken)
        /// The document is finished.
        public static let alreadyFinished = Self(base: .alreadyFinished)
        /// A person took the document out.
        public static let closed = Self(base: .closed)
        /// The service answered `createDocument` with an error that is none of the TSE's.
        public static let refused = Self(base: .refused)
        /// A record of the journal cannot be read.
        public static let damagedJournal = Self(base: .damagedJournal)
        public var description: String { "\(self.base)" }
    }

    public var code: Code
    /// What happened, for the operator; no receipt in it.
    public var detail: String
    /// Whether a byte of the call may have reached the service, and why no answer came; for `serviceNotReached`.
    public var fault: ServiceFault?

    public init(_ code: Code, _ detail: String, fault: ServiceFault? = nil) {
        self.code = code
        self.detail = detail
        self.fault = fault
    }
}

extension FiscalServiceClientError: CustomStringConvertible {
    public var description: String { "\(self.code): \(self.detail)" }
}

/// Why a call to the fiscal service brought no fiscal response (decision T13). It is never taken for an outage of the
/// TSE (TSE-008).
public struct ServiceFault: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// No byte of the call reached the service.
        case notDelivered
        /// The connection ended, or the time ran out, after the call may have arrived.
        case noAnswer
        /// An HTTP status other than 2xx.
        case status
        /// 2xx, but no body that is a fiscal response.
        case noFiscalResponse
        /// The service did not say, or not clearly, what became of the document.
        case noReport
        /// The service finished the document in another way than it was told to.
        case disagreement
    }

    public var kind: Kind
    /// For the operator; never a body.
    public var detail: String

    init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }
}

extension ServiceFault: CustomStringConvertible {
    public var description: String { "\(self.kind): \(self.detail)" }
}
