/// What the simulated service does wrong, or is made to say, with one request.
///
/// As JSON each is an object with one member, its parameters inside: `{"device":{"code":57,"formed":true}}`,
/// `{"lost":{"formed":true}}`, `{"truncated":{}}`. Whether something is so has to be said; what may be nil may be left
/// out.
///
/// `formed` says whether the request was handled as always before, so that a document may exist of which the till does
/// not know; with false it was not looked at. Where there is no such word the request is handled as always and only
/// the answer is spoiled. A request whose identity is already answered is answered from memory and never forms a
/// document again; a code planned for it is said all the same.
public enum FermaFault: Sendable, Hashable, Codable {
    // MARK: What is said

    /// Answers with this code of the service, HTTP 500. With `remembered` false the service forgets what it formed, so
    /// that the same request forms another document: a cache that has failed. Fatal and text are those of the code when
    /// none are given.
    case service(code: Int, formed: Bool = false, remembered: Bool = true, fatal: Bool? = nil, text: String? = nil)
    /// Answers with this code of the register, HTTP 200. A code that refuses the data for good is remembered, as a real
    /// one is, when nothing was formed.
    case device(code: Int, formed: Bool = false, fatal: Bool? = nil, text: String? = nil)

    // MARK: Answers that do not come

    /// Never answers.
    case silence(formed: Bool)
    /// Closes the connection without an answer.
    case lost(formed: Bool)
    /// Closes the connection in the middle of the answer.
    case truncated
    /// The answer takes so long on its way; register and service are ready at once.
    case delay(milliseconds: Int)
    /// The register works so long: the answer comes late, and until then the identity is in progress (code 24).
    case slow(milliseconds: Int)

    // MARK: Answers of the wrong kind

    /// This HTTP status with an empty body.
    case status(Int, formed: Bool = false)
    /// This HTTP status with a page of HTML, as a gateway answers.
    case page(status: Int, formed: Bool = false)
    /// The right status with bytes that are no text.
    case garbage
    /// JSON that ends before its object is closed.
    case malformed
    /// JSON that is no answer: an empty object.
    case otherJSON
    /// A good answer followed by so many bytes of white space.
    case huge(bytes: Int)

    // MARK: Answers that do not fit

    /// Echoes the RequestId of another request.
    case wrongRequestID
    /// Echoes the ClientId of another site.
    case wrongClientID
    /// One field of the QR text is not that of the answer.
    case damagedQR(FermaQRField)
    /// A month that does not exist.
    case impossibleDate
    /// A kopeck more than the total of the document.
    case wrongTotal
    /// These members of the answer have another value, or, with null, are left out: the text of a JSON object. For every
    /// other oddity.
    case changed(members: String)

    // The names of unlabelled parameters in JSON.
    private enum StatusCodingKeys: String, CodingKey { case _0 = "code", formed }
    private enum DamagedQRCodingKeys: String, CodingKey { case _0 = "field" }
}

/// A field of the QR text.
public enum FermaQRField: String, Sendable, Hashable, Codable, CaseIterable {
    /// Time.
    case t
    /// Sum.
    case s
    /// Fiscal drive.
    case fn
    /// Document number.
    case i
    /// Fiscal sign.
    case fp
    /// Sign of settlement.
    case n
}
