public import FiscalCore
import Foundation

/// One document as the journal keeps it: what the till said, what it was answered, and how far the TSE is.
public struct DocumentEntry: Sendable, Hashable, Codable {
    /// The host's own identifier, the key (decision T11).
    public var id: String
    public var register: String
    public var machine = DocumentMachine()
    /// When `createDocument` came.
    public var createdAt: FiscalInstant
    /// The service's own number of the document, above 0, one series per register; nil while it has none. It is not the
    /// number of the TSE's transaction, and a failed call never replaces it.
    public var number: Int64?
    /// The body that answered `createDocument`.
    public var createAnswer: String?
    /// What the finishing call said; nil before it came.
    public var finish: Finish?
    /// The body that answered the finishing call.
    public var finishAnswer: String?
    /// The outage in which the document was answered offline.
    public var outage: Int64?
    /// Why the last attempt to sign it failed, for the operator.
    public var lastFailure: String?
    /// Raised when what is stored changes its form.
    private var version = Self.currentVersion

    /// What the finishing call said.
    public struct Finish: Sendable, Hashable, Codable {
        /// Whether it was `cancelDocument`.
        public var isCancelled: Bool
        public var processType: String
        public var processData: String
        /// The place in the order of storing, over all registers: the order of re-signing.
        public var order: Int64
        /// When the call came.
        public var requestedAt: FiscalInstant

        public var step: FiscalStep { self.isCancelled ? .cancel : .store }
    }

    init(id: String, register: String, createdAt: FiscalInstant) {
        self.id = id
        self.register = register
        self.createdAt = createdAt
    }

    private static let currentVersion = 1

    /// The stored bytes.
    func encoded() throws(FiscalServiceError) -> [UInt8] { try JournalCoding.encode(self) }

    /// Reads stored bytes back.
    init(restoring bytes: [UInt8]) throws(FiscalServiceError) {
        self = try JournalCoding.decode(Self.self, bytes)
        guard self.version == Self.currentVersion else {
            throw FiscalServiceError(.damagedJournal, "a document of version \(self.version) cannot be read")
        }
    }

    /// What stands with the till's books about the document.
    public var state: DocumentState {
        switch self.machine.state {
        case .creating, .open: .open
        case .finishing, .offline: .offlinePending
        case .signed: .regular
        case .reSigned(let signature, let at): .reSigned(signature, at: at)
        case .signatureNotAtHand: .signedNotAtHand
        case .neverSigned: .neverSigned
        }
    }

    /// The answer to the finishing call, or nil when it was not given yet.
    public func finishResponse() throws -> FiscalResponse? {
        try self.finishAnswer.map { try FiscalResponse(parsing: Array($0.utf8)) }
    }

    /// The answer to `createDocument`, or nil when it was not given yet.
    public func createResponse() throws -> FiscalResponse? {
        try self.createAnswer.map { try FiscalResponse(parsing: Array($0.utf8)) }
    }
}

/// How records of the journal are written.
enum JournalCoding {
    static func encode(_ value: some Encodable) throws(FiscalServiceError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do { return [UInt8](try encoder.encode(value)) } catch {
            throw FiscalServiceError(.damagedJournal, "a record cannot be written", underlying: error)
        }
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws(FiscalServiceError) -> Value {
        do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch {
            throw FiscalServiceError(.damagedJournal, "a record cannot be read")
        }
    }
}
