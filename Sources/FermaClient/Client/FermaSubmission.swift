public import FiscalCore
import Foundation

/// One sale as the journal keeps it: its identity, the body that every attempt repeats, its life and every answer.
public struct FermaSubmission: Sendable, Hashable, Codable {
    /// Position among the submissions of this journal; the order of repeats.
    public internal(set) var sequence: Int64
    public let identity: RequestIdentity
    /// Whether the tax codes of the body are numbered as the CheckOnline protocol does.
    private let isNative: Bool
    /// The body as every attempt sends it: JSON in UTF-8.
    private let text: String
    /// SHA-256 of the body, hexadecimal.
    public let bodyHash: String
    public let createdAt: FiscalInstant
    public internal(set) var machine = SubmissionMachine()
    /// What came of the attempts, the oldest first.
    public internal(set) var attempts: [FermaAttempt] = []
    /// The answer that brought the document.
    public internal(set) var registration: StoredAnswer?
    /// What persons decided about the sale.
    public internal(set) var decisions: [FermaDecision] = []
    /// The refused request that this one corrects.
    public internal(set) var corrects: RequestIdentity?
    /// The request that corrects this one.
    public internal(set) var correctedBy: RequestIdentity?
    /// Raised when what is stored changes its form.
    private let version: Int

    init(sequence: Int64 = 0, identity: RequestIdentity, body: [UInt8], dialect: FermaDialect, at now: FiscalInstant) {
        self.sequence = sequence
        self.identity = identity
        self.isNative = dialect == .nativeCheckOnline
        self.text = String(decoding: body, as: UTF8.self)
        self.bodyHash = Self.hash(body)
        self.createdAt = now
        self.version = Self.currentVersion
    }

    private static let currentVersion = 1

    private static func hash(_ body: [UInt8]) -> String { Hex.encode(Digest.hash(.sha256, body)) }

    /// Whose numbering of tax codes the body has.
    public var dialect: FermaDialect { self.isNative ? .nativeCheckOnline : .ferma }

    /// The bytes of the body.
    public var body: [UInt8] { Array(self.text.utf8) }

    // MARK: Stored form

    func encoded() throws(FermaError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do { return [UInt8](try encoder.encode(self)) } catch {
            throw FermaError(.damagedJournal, "a submission cannot be written", underlying: error)
        }
    }

    init(restoring bytes: [UInt8]) throws(FermaError) {
        do { self = try JSONDecoder().decode(Self.self, from: Data(bytes)) } catch {
            // The decoder's error could quote the receipt.
            throw FermaError(.damagedJournal, "a submission cannot be read")
        }
        guard self.version == Self.currentVersion else {
            throw FermaError(.damagedJournal, "a submission of version \(self.version) cannot be read")
        }
        guard Self.hash(self.body) == self.bodyHash else {
            throw FermaError(.damagedJournal, "the body of \(self.identity.requestID) is not the one that was stored")
        }
    }

    // MARK: What happened to it

    /// The process that was sending is gone.
    mutating func restarted(now: FiscalInstant, policy: RepeatPolicy) {
        guard case .sending(let attempt, _) = self.machine.state else { return }
        self.machine.restarted(now: now, policy: policy)
        self.record(attempt, .interrupted, at: now)
    }

    mutating func record(_ attempt: Int, _ ending: FermaAttempt.Ending, at now: FiscalInstant) {
        if let index = self.attempts.indices.last, self.attempts[index].ending == ending {
            self.attempts[index].last = attempt
            self.attempts[index].lastEndedAt = now
        } else {
            self.attempts.append(FermaAttempt(attempt, ending, at: now))
        }
    }
}

extension FermaSubmission: CustomStringConvertible {
    /// Nothing of the receipt: it holds personal data.
    public var description: String {
        "submission \(self.sequence) (\(self.identity.requestID), \(self.machine.attempts) attempts, body redacted)"
    }
}
