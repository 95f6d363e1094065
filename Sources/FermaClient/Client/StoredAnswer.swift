import FiscalCore

/// An answer as it came, for the journal: read again whenever somebody asks, so that nothing of it is lost.
public struct StoredAnswer: Sendable, Hashable, Codable {
    /// The HTTP status.
    public var status: Int
    /// The bytes in Base64: they may be anything.
    private var base64: String

    public init(status: Int, body: [UInt8]) {
        self.status = status
        self.base64 = Base64.encode(body)
    }

    public var body: [UInt8] { Base64.decode(self.base64) ?? [] }

    /// Answers that bring no document are kept up to here.
    private static let longestOther = 64 * 1024

    /// The answer, cut when it is longer than what is kept of answers that bring no document.
    var shortened: Self {
        let body = self.body
        return body.count <= Self.longestOther
            ? self : Self(status: self.status, body: Array(body.prefix(Self.longestOther)))
    }
}

extension StoredAnswer: CustomStringConvertible {
    public var description: String { "HTTP \(self.status), \(self.body.count) bytes" }
}
