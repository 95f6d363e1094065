/// Something about an answer that is not as it should be.
struct Finding: Sendable, Hashable {
    /// The stable word with which it begins in ``EETAnswer/problems``.
    enum Word: String, Sendable {
        /// The answer is of another edition than the one asked for.
        case edition
        /// Elements are missing, repeated or out of place.
        case structure
        /// `uuid_zpravy` is not the expected one.
        case uuid
        /// `bkp` is not the expected one.
        case bkp
        /// `test` is unreadable or not the expected one.
        case test
        /// The FIK or POK does not look like one.
        case code
        /// A time is missing or unreadable.
        case time
        /// The signature is missing where one has to be, or does not hold.
        case signature
        /// The certificate is not issued by a configured authority, or not for this.
        case trust
        /// The certificate is issued to somebody else.
        case organisation
        /// The certificate had expired.
        case expired
        /// Attributes, elements or text that the schema does not have; they are passed over.
        case unknown
        /// A `Varovani` that cannot be read, or too many of them.
        case warning
    }
    var word: Word
    var text: String
    /// Whether a confirmation cannot be accepted because of it.
    var blocks: Bool

    init(_ word: Word, _ text: String, blocks: Bool = false) {
        self.word = word
        self.text = text
        self.blocks = blocks
    }

    var description: String { "\(self.word.rawValue): \(self.text)" }
}
