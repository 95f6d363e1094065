public import FiscalCore

/// Under what the service knows a request: `RequestId`, `Group` and `ClientId` together (service error 24 names the
/// three; decision F17).
///
/// It is the only guard against a second receipt: it never changes while one may exist. An empty text is the same as
/// none.
public struct RequestIdentity: Sendable, Hashable {
    public let requestID: String
    public let group: String?
    public let clientID: String?

    /// - Throws: `InvalidField` when `requestID` is blank.
    public init(requestID: String, group: String? = nil, clientID: String? = nil) throws(InvalidField) {
        guard !BlankText.isBlank(requestID) else { throw RequestFinding(.requestIdMissing, "Requestid").invalidField }
        self.requestID = requestID
        self.group = group.flatMap { $0.isEmpty ? nil : $0 }
        self.clientID = clientID.flatMap { $0.isEmpty ? nil : $0 }
    }
}

enum BlankText {
    /// Whether a text shows nothing: empty, or white space alone.
    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }
}

extension RequestIdentity {
    /// Stands in where a receipt is checked before it has an identity.
    static let placeholder = Self(unchecked: "-")

    private init(unchecked requestID: String) {
        self.requestID = requestID
        self.group = nil
        self.clientID = nil
    }
}
