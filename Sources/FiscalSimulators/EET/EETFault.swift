/// What the simulated authority does wrong, or is made to say, with one message.
///
/// As JSON each is an object with one member, its parameters inside: `{"refuse":{"code":4}}`,
/// `{"silence":{"recorded":false}}`, `{"noSeal":{}}`.
///
/// Where it is not said otherwise the message is checked and, when it is good, recorded as always; only the answer is
/// spoiled, so that a sale may be recorded that the till knows nothing of.
public enum EETFault: Sendable, Hashable, Codable {
    // MARK: What the authority says

    /// Answers with this error, −999…999, also for a good message, and records nothing. Code 0 is the success of the
    /// verification mode, here without having been asked for. Without a text the official one is sent.
    case refuse(code: Int, text: String? = nil)
    /// Adds warnings, 1…999, to whatever the answer is.
    case warn([EETWarning])

    // MARK: Answers that do not come

    /// Never answers. With `recorded` false the message has not even been looked at.
    case silence(recorded: Bool = false)
    /// Answers after this time.
    case delay(milliseconds: Int)
    /// Closes the connection without an answer. With `recorded` true the sale was accepted before.
    case lost(recorded: Bool)
    /// Closes the connection in the middle of the answer.
    case truncated

    // MARK: Answers of the wrong kind

    /// HTTP 500 with a SOAP fault; records nothing.
    case soapFault
    /// This HTTP status with an empty body; records nothing.
    case status(Int)
    /// HTTP 200 with an empty body.
    case emptyBody
    /// HTTP 200 with bytes that are no text; records nothing.
    case garbage
    /// XML that ends before its elements are closed.
    case malformed
    /// A SOAP answer that holds something other than an `Odpoved`.
    case otherDocument
    /// A good answer below a document type declaration.
    case documentType
    /// A good answer followed by so many bytes of white space.
    case huge(bytes: Int)

    // MARK: Confirmations that must not count

    /// Sealed by a certificate that another authority issued under the same names.
    case foreignSeal
    /// Sealed by a certificate of the right authority that has expired.
    case expiredSeal
    /// Sealed by a certificate of the right authority that was issued to another organisation.
    case strangerSeal
    /// The digest in the seal does not fit the confirmation.
    case brokenDigest
    /// The signature value does not fit.
    case brokenSignature
    /// The confirmation is not sealed.
    case noSeal
    /// Well sealed, but for another message.
    case wrongUUID
    /// Well sealed, but with another BKP (v3; v4 has none and is left as it is).
    case wrongBKP
    /// Well sealed, but from the other environment.
    case wrongTestFlag
    /// Well sealed, but in the other edition.
    case otherEdition

    // The names of unlabelled parameters in JSON.
    private enum WarnCodingKeys: String, CodingKey { case _0 = "warnings" }
    private enum StatusCodingKeys: String, CodingKey { case _0 = "code" }
}

/// A warning with the text that goes with it; without one, the official text.
public struct EETWarning: Sendable, Hashable, Codable {
    public var code: Int
    public var text: String?

    public init(code: Int, text: String? = nil) {
        self.code = code
        self.text = text
    }
}
