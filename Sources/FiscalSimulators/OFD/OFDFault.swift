/// What the simulated operator does wrong, or is made to say, with one request.
///
/// As JSON each is an object with one member, its parameters inside: `{"refuse":{"code":4}}`,
/// `{"silence":{"recorded":false}}`, `{"noTicket":{}}`.
///
/// Where it is not said otherwise the request is checked and, when it is good, accepted and counted as always; only the
/// answer is spoiled.
public enum OFDFault: Sendable, Hashable, Codable {
    // MARK: Answers that do not come

    /// The connection is refused: nothing can have arrived.
    case noAccept
    /// The connection is taken and never answered. With `recorded` false the request has not even been looked at.
    case silence(recorded: Bool = false)
    /// The connection is closed without an answer. With `recorded` true the request was accepted before.
    case lost(recorded: Bool)
    /// So many bytes of the answer, then the connection is closed.
    case cut(bytes: Int)

    // MARK: What the authority says

    /// Answers with this code, also to a good request, and counts nothing. Without a text the usual one is sent.
    case refuse(code: UInt32, text: String? = nil)
    /// The same, under a token that was never issued.
    case refuseUnderForeignToken(code: UInt32)
    /// Refuses a repeat of the last accepted document, to which the stored answer is due; other requests are handled as
    /// they should be.
    case refuseRepeat(code: UInt32)
    /// Answers with this code, 254 or 255, after the request was accepted and counted.
    case acceptedBut(code: UInt32)
    /// Another token is issued to the register that nobody tells it, then the request is handled.
    case resetToken

    // MARK: How the bytes come

    /// The answer comes after this time.
    case late(milliseconds: Int)
    /// The answer comes in pieces of one byte.
    case byteByByte
    /// The answer comes twice, without a gap.
    case twice
    /// Before the answer, without a gap, comes one to the request before: REQNUM is one less, the command is SYSTEM.
    case lateFrame
    /// When the connection is taken, before any request, comes a frame that nobody asked for.
    case unaskedFrame
    /// So many bytes that are no frame; the request is not looked at.
    case garbage(bytes: Int)

    // MARK: Headers that do not fit

    case wrongAppcode
    /// Another VERSION; with another first digit the answer does not count.
    case wrongVersion(UInt16)
    /// What SIZE says instead of the truth.
    case wrongSize(UInt32)
    case wrongID
    case wrongReqnum
    /// A token that was never issued, in an answer that is right otherwise.
    case foreignToken

    // MARK: Answers that lack something, or have too much

    /// `command` is that of another request.
    case wrongCommand
    case noCommand
    case noResult
    case noTicket
    case noReport
    case noService
    case noNomenclature
    case noAuth
    /// Fields that no edition knows, in the answer and in its parts.
    case unknownFields
    /// Every body that an answer can have, whatever was asked.
    case foreignBodies
    /// An advertisement whose text is not UTF-8.
    case badText
    /// The service part ends in the middle of a field.
    case truncatedService
    /// The part that belongs to the command ends in the middle of a field.
    case truncatedBody
    /// The answer ends in the middle of a field of the result.
    case truncatedResult
    /// The report shows so many tiyn more cash than was counted.
    case otherCounters(tiyn: Int64)
    /// The report in the answer is of the other type.
    case otherReportType

    // The names of unlabelled parameters in JSON.
    private enum WrongVersionCodingKeys: String, CodingKey { case _0 = "version" }
    private enum WrongSizeCodingKeys: String, CodingKey { case _0 = "size" }
}
