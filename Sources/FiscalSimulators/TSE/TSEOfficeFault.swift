/// The calls that a fiscal service takes over HTTP.
public enum TSEOfficeCall: String, Sendable, Hashable, Codable, CodingKeyRepresentable, CaseIterable {
    case create, store, cancel
    /// What became of a document.
    case document
    /// How the TSE is, which transactions it holds open, the outages.
    case management
}

/// What the simulated fiscal service does wrong, or otherwise than expected, with one HTTP request. Faults of the TSE
/// are another matter (``TSEFault``): they change what an answer says.
///
/// As JSON each is an object with one member, its parameters inside: `{"lost":{"carriedOut":true}}`.
public enum TSEOfficeFault: Sendable, Hashable, Codable {
    // MARK: Answers that do not come

    /// Closes the connection without an answer.
    case lost(carriedOut: Bool)
    /// Never answers.
    case silence(carriedOut: Bool)
    /// Answers after this time.
    case delay(milliseconds: Int64)
    /// Closes the connection in the middle of the answer.
    case truncated

    // MARK: Answers that are none

    /// This HTTP status with an empty body.
    case status(Int, carriedOut: Bool)
    /// HTTP 200 with an empty body.
    case emptyBody
    /// HTTP 200 with bytes that are no text.
    case garbage
    /// HTTP 200 with the page of a proxy; nothing is carried out.
    case proxyPage
    /// HTTP 200 with JSON that is no fiscal response; nothing is carried out.
    case otherJSON

    // MARK: Good answers in another dress

    /// The good answer with this HTTP status.
    case answerWithStatus(Int)
    /// Names with a small first letter, as on the vendor's newer pages.
    case smallLetters
    /// Numbers written as texts.
    case numbersAsTexts
    /// The same structure with other words in every text for people.
    case otherWords
    /// Members that nobody knows, at both levels.
    case unknownMembers
    /// The good answer with one member changed to this JSON text: at the top, or in `AdditionalFields`. So a failed
    /// `createDocument` can answer 0 (A-TSE-02), a finishing call −99 (decision T11), or another country.
    case member(String, json: String)
    /// An error that is none of the TSE's, with a regular number; nothing is carried out.
    case otherError

    // The names of unlabelled parameters in JSON.
    private enum StatusCodingKeys: String, CodingKey { case _0 = "code", carriedOut }
    private enum MemberCodingKeys: String, CodingKey { case _0 = "name", json }
    private enum AnswerWithStatusCodingKeys: String, CodingKey { case _0 = "code" }

    /// Whether the call reaches the fiscal service's books.
    var isCarriedOut: Bool {
        switch self {
        case .lost(let carriedOut), .silence(let carriedOut), .status(_, let carriedOut): carriedOut
        case .proxyPage, .otherJSON, .otherError: false
        default: true
        }
    }
}
