import FiscalCore
import Foundation

/// One sale as the journal keeps it: data, codes, life and every message about it.
public struct JournalEntry: Sendable, Hashable, Codable {
    /// Position among the sales of this journal; the order of resends.
    public var sequence: Int64
    public var edition: Edition
    /// The attributes of `Data`, repeated unchanged by every message.
    public var attributes: WireAttributes
    /// PKP and BKP, made once (v3).
    public var codes: SecurityCodes?
    public var machine: SaleMachine
    /// Every message, the oldest first.
    public var attempts: [JournalAttempt]
    /// Data and codes that were refused and then corrected.
    public var superseded: [SupersededData]
    /// What persons decided about the sale.
    public var decisions: [Decision]
    /// False when the host knew of an attempt from before the journal: `prvni_zaslani` is never true then.
    public var hostSaidFirst: Bool
    /// Raised when what is stored changes its form.
    private var version: Int

    init(sequence: Int64, data: SaleData, codes: SecurityCodes?, hostSaidFirst: Bool) {
        self.sequence = sequence
        self.edition = data.edition
        self.attributes = data.attributes
        self.codes = codes
        self.machine = SaleMachine()
        self.attempts = []
        self.superseded = []
        self.decisions = []
        self.hostSaidFirst = hostSaidFirst
        self.version = Self.currentVersion
    }

    private static let currentVersion = 1

    /// The stored bytes.
    func encoded() throws(EETError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do { return [UInt8](try encoder.encode(self)) } catch {
            throw EETError(.damagedJournal, "an entry cannot be written", underlying: error)
        }
    }

    /// Reads stored bytes back.
    init(restoring bytes: [UInt8]) throws(EETError) {
        do { self = try JSONDecoder().decode(Self.self, from: Data(bytes)) } catch {
            throw EETError(.damagedJournal, "an entry cannot be read")
        }
        guard self.version == Self.currentVersion else {
            throw EETError(.damagedJournal, "an entry of version \(self.version) cannot be read")
        }
    }

    /// The data as they are sent, checked again.
    func data() throws(EETError) -> SaleData {
        do { return try SaleData(attributes: self.attributes, edition: self.edition) } catch {
            throw EETError(.damagedJournal, "an entry holds data that the schema refuses", underlying: error)
        }
    }

    /// The identifier of the last message.
    public var lastUUID: String? { self.attempts.last?.uuid }
}

/// One message about a sale.
public struct JournalAttempt: Sendable, Hashable, Codable {
    /// The identifier of the message. Kept, never printed.
    public var uuid: String
    /// `dat_odesl` as sent.
    public var sentAt: String
    /// `prvni_zaslani` as sent.
    public var isFirst: Bool
    /// How it ended; nil while it is under way, and after a crash.
    public var ending: Ending?

    public enum Ending: Sendable, Hashable, Codable {
        case confirmed(Registration)
        case chyba(Chyba, text: String, warnings: [Warning])
        case failed(AttemptFailure, detail: String)
    }
}

/// Data that the authority refused and that were corrected since.
public struct SupersededData: Sendable, Hashable, Codable {
    public var edition: Edition
    public var attributes: WireAttributes
    public var codes: SecurityCodes?
    public var refusal: Chyba
}
