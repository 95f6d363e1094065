/// What the simulated repository does wrong, or is made to say, with one request at one of its doors.
///
/// As JSON each is an object with one member, its parameters inside: `{"error":{"code":"E05"}}`, `{"lost":{"effect":true}}`.
///
/// `effect` says whether the request was handled as always before, so that it has an effect of which the register does
/// not know; with false it was not looked at. Where there is no such word the request is handled as always and only the
/// answer is spoiled.
public enum CRKFault: Sendable, Hashable, Codable {
    // MARK: What is said

    /// The CPD server refuses with this code, in the words of the command's table, with this text after them.
    case error(code: String, text: String? = nil, effect: Bool = false)
    /// CMD09 is refused with this status; every other request is handled as always.
    case statusFisc(Int)
    /// This HTTP status with the body that the door has for it: ErrorDetails at the WebApi, Code and Message or XML at
    /// the Event Hub.
    case status(Int, effect: Bool = false, retryAfter: Int? = nil)

    // MARK: Answers that do not come

    /// Never answers.
    case silence(effect: Bool)
    /// Closes the connection without an answer.
    case lost(effect: Bool)
    /// Closes the connection in the middle of the answer.
    case truncated
    /// The answer comes so much later.
    case delay(milliseconds: Int)

    // MARK: Answers of the wrong kind

    /// This HTTP status with a page of HTML, as a gateway answers.
    case page(status: Int, effect: Bool = false)
    /// This HTTP status with the XML of the Event Hub.
    case xml(status: Int, effect: Bool = false)
    /// The right status without its body.
    case empty
    /// The right status with bytes that are no text.
    case garbage
    /// JSON that ends before its object is closed.
    case malformed

    // MARK: Answers that do not fit

    /// The answer's `commandId` is that of another call.
    case wrongCommandID
    /// A token is expired when it is given; the Event Hub finds a good token expired.
    case expiredToken
    /// These members of the answer (of `attributes` where there are such) have another value, or, with null, are left
    /// out: the text of a JSON object.
    case changed(members: String)

    // The name of the unlabelled parameter in JSON.
    private enum StatusFiscCodingKeys: String, CodingKey { case _0 = "code" }
    private enum StatusCodingKeys: String, CodingKey { case _0 = "code", effect, retryAfter }

    /// Whether the request is looked at.
    var hasEffect: Bool {
        switch self {
        case .error(_, _, let effect), .status(_, let effect, _), .silence(let effect), .lost(let effect),
            .page(_, let effect), .xml(_, let effect):
            effect
        default: true
        }
    }
}
