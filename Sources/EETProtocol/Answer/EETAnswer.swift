public import FiscalCore

/// The authority's answer to one message (`Odpoved`), read and judged.
///
/// Only ``accepted`` says that the sale is recorded. A `Chyba` is never signed: it may be shown and may decide when to
/// try again, but proves nothing. Interface description 3.1.1 and 4.1, answers.
public struct EETAnswer: Sendable, Hashable {
    /// The edition by the namespace of `Odpoved`.
    public let edition: Edition
    public let header: Header
    public let content: Content
    /// `Varovani`, in order.
    public let warnings: [Warning]
    public let signature: Seal
    /// The certificate of a seal that holds mathematically, trusted or not.
    public let sealCertificate: Certificate?
    /// What is not as it should be, for a person. Each begins with a stable word and a colon: `edition`, `structure`,
    /// `uuid`, `bkp`, `test`, `code`, `time`, `signature`, `trust`, `organisation`, `expired`, `unknown`, `warning`.
    public let problems: [String]
    /// Whether the sale is recorded: a confirmation of the right edition under a valid and trusted seal, with everything
    /// that was expected of it.
    public let accepted: Bool

    /// The FIK or POK; nil unless ``accepted``, so that an unproven code cannot get onto a receipt.
    public var code: String? {
        guard self.accepted, case .confirmation(let code, _) = self.content else { return nil }
        return code
    }

    /// The FIK (edition 3); nil unless ``accepted``.
    public var fik: String? { self.edition == .v3 ? self.code : nil }

    /// The POK (edition 4); nil unless ``accepted``.
    public var pok: String? { self.edition == .v4 ? self.code : nil }

    /// Whether the answer says of itself that it comes from the playground.
    public var isTest: Bool {
        switch self.content {
        case .confirmation(_, let test), .chyba(_, _, let test): test
        case .unclear: false
        }
    }

    /// `Hlavicka`. Confirmations have all but `datOdmit`; refusals have `datOdmit`, and the rest only if it was readable.
    public struct Header: Sendable, Hashable {
        /// The `uuid_zpravy` of the message that is answered.
        public var uuid: String?
        /// The `bkp` of the message that is answered (edition 3).
        public var bkp: String?
        /// When the message was accepted.
        public var datPrij: Stamp?
        /// When the message was refused.
        public var datOdmit: Stamp?
    }

    /// A time as it was written, and as it was understood.
    public struct Stamp: Sendable, Hashable {
        public var text: String
        /// Nil when the text is no time of the form `2026-01-31T12:00:00+01:00`.
        public var time: OffsetDateTime?

        init(_ text: String) {
            self.text = text
            self.time = OffsetDateTime(iso8601Seconds: text)
        }
    }

    /// What the answer claims. It is proven only when ``EETAnswer/accepted``.
    public enum Content: Sendable, Hashable {
        /// `Potvrzeni` with its FIK or POK. Take the code from ``EETAnswer/code``, not from here.
        case confirmation(code: String, test: Bool)
        /// `Chyba`; code 0 is the success of verification mode. White space in the text is collapsed.
        case chyba(Chyba, text: String, test: Bool)
        /// Neither, or both: the problems tell.
        case unclear
    }

    /// What is known of the seal. Four words that exclude each other, in the order of the checks.
    public enum Seal: String, Sendable, Hashable, Codable, CaseIterable {
        /// There is no signature in the security header.
        case absent
        /// There is one; profile, reference, identifiers, digest, RSA or token do not hold.
        case invalid
        /// It holds; chain, validity at the time or organisation do not, or no authority is configured.
        case untrusted
        /// All hold.
        case valid
    }

    /// What an answer must repeat of the message that was sent. What is nil is not compared.
    public struct Expected: Sendable, Hashable {
        /// `uuid_zpravy`, in any letter case.
        public var uuid: String?
        /// `bkp`, in any letter case.
        public var bkp: String?
        /// Whether the message went to the playground.
        public var test: Bool?

        public init(uuid: String? = nil, bkp: String? = nil, test: Bool? = nil) {
            self.uuid = uuid
            self.bkp = bkp
            self.test = test
        }
    }
}
