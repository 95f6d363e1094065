public import FiscalCore

/// One request as the service saw it, whatever became of it.
public struct FermaReceivedRequest: Sendable, Hashable, Codable {
    /// What service or register decided.
    public enum Outcome: Sendable, Hashable, Codable {
        /// A document was formed: its place in ``FermaLedger/documents``.
        case formed(document: Int)
        /// Answered from memory, with the answer to this earlier request.
        case remembered(request: Int)
        /// Refused by the service with this code.
        case service(code: Int)
        /// Refused by the register with this code.
        case device(code: Int)
        /// Answered below the application: no POST, unknown path, no certificate, a status that was asked for.
        case httpStatus(Int)
        /// Not even looked at.
        case ignored

        // The name of the unlabelled parameter in JSON.
        private enum HttpStatusCodingKeys: String, CodingKey { case _0 = "code" }
    }

    /// From 1, in the order of arrival.
    public var number: Int
    public var receivedAt: FiscalInstant
    /// What became of it; what was said may be something else (``fault``).
    public var outcome: Outcome
    /// Why it was refused, in words; for people, not for decisions.
    public var reason: String?
    /// What it was known by, when that could be read and the caller may speak for the enterprise.
    public var identity: FermaRequestIdentity?
    /// The fault that was shown with it.
    public var fault: FermaFault?
    /// The path without a query.
    public var path: String
    /// The body, Base64.
    public var content: String
    /// The body, byte for byte.
    public var body: [UInt8] { Base64.decode(self.content) ?? [] }
}

/// What the service has formed and seen.
public struct FermaLedger: Sendable, Hashable, Codable {
    /// Everything received, in order.
    public internal(set) var requests: [FermaReceivedRequest] = []
    /// Every document formed, in order.
    public internal(set) var documents: [FermaDocument] = []

    public init() {}

    /// The documents formed for that identity; more than one is a doubling.
    public func documents(of identity: FermaRequestIdentity) -> [FermaDocument] {
        self.documents.filter { $0.identity == identity }
    }

    /// Identities for which more than one document was formed.
    public var doubled: Set<FermaRequestIdentity> {
        var seen: Set<FermaRequestIdentity> = []
        return Set(self.documents.map(\.identity).filter { !seen.insert($0).inserted })
    }

    /// The requests with that identity, in order.
    public func requests(of identity: FermaRequestIdentity) -> [FermaReceivedRequest] {
        self.requests.filter { $0.identity == identity }
    }

    /// Identities that came with bodies that are not the same to the byte.
    public var conflicting: Set<FermaRequestIdentity> {
        var first: [FermaRequestIdentity: String] = [:]
        var found: Set<FermaRequestIdentity> = []
        for request in self.requests {
            guard let identity = request.identity else { continue }
            if first[identity, default: request.content] != request.content { found.insert(identity) }
            first[identity] = first[identity] ?? request.content
        }
        return found
    }
}
