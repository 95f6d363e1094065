public import FiscalCore

/// A fiscal document that a simulated register formed.
public struct FermaDocument: Sendable, Hashable, Codable {
    /// What the request was known by; empty texts are nil.
    public var identity: FermaRequestIdentity
    /// The number of the request in ``FermaLedger/requests``.
    public var request: Int
    /// Factory number of the register.
    public var register: String
    /// Number of the fiscal drive.
    public var drive: String
    /// Number of the fiscal document in the drive (tag 1040).
    public var number: Int64
    /// Number of the receipt in its shift (tag 1042).
    public var receiptNumber: Int64
    /// Number of the shift (tag 1038).
    public var shift: Int64
    public var formedAt: FiscalInstant
    /// What the register's clock showed then: `2026-11-20T15:00:00`.
    public var clock: String
    /// `DocumentType` as it was asked for, 0 to 3.
    public var type: Int64
    /// In kopecks.
    public var total: Int64
    /// Fiscal sign (tag 1077).
    public var sign: UInt32
    /// The text of the QR symbol.
    public var qr: String
    /// Sums by rate, in the order of tag 1199's values.
    public var taxes: [TaxTotal]
    /// The fields of the document, in order.
    public var tags: [FermaTag]
    /// The receipt on paper, line by line.
    public var printed: [String]

    /// What was sold at one rate.
    public struct TaxTotal: Sendable, Hashable, Codable {
        /// The value of tag 1199.
        public var rate: Int
        /// In kopecks.
        public var turnover: Int64
        /// The tax in it, in kopecks.
        public var tax: Int64
    }

    /// The first field with this number.
    public subscript(tag: Int) -> FermaTag? { self.tags.first { $0.number == tag } }

    /// The goods positions (tags 1059).
    public var lines: [FermaTag] { self.tags.filter { $0.number == 1059 } }
}

/// What tells one request from another (service code 24): no value and an empty text are the same.
public struct FermaRequestIdentity: Sendable, Hashable, Codable {
    /// The enterprise, that of the certificate when the request named none.
    public var group: String
    public var requestID: String
    public var clientID: String?

    public init(group: String = "1", requestID: String, clientID: String? = nil) {
        self.group = group
        self.requestID = requestID
        self.clientID = clientID.flatMap { $0.isEmpty ? nil : $0 }
    }
}
