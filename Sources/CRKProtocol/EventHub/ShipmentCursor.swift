/// Where a shipment stands.
public struct ShipmentCursor: Sendable, Hashable, Codable {
    /// The first number that is not accounted for.
    public internal(set) var next: Int64
    /// The last number of the shipment, fixed when it began; below ``next`` when it has none.
    public let last: Int64
    /// Within a document that does not fit into one packet.
    public internal(set) var divided: Divided?
    /// Whether a packet has been made.
    public internal(set) var hasBegun = false
    /// Whether the shipment answers with an empty packet when there is nothing to send.
    let answersEmpty: Bool

    /// A document that travels in parts (decision P11).
    public struct Divided: Sendable, Hashable, Codable {
        /// The identifier that its parts have in common.
        public var commandID: CommandID
        /// The number of the part that comes next, from 1.
        public var packageNr: Int32
        /// Bytes of the whole content that earlier parts have.
        public var offset: Int
    }

    /// Everything behind a number that was accounted for, up to the last document that exists now.
    public init(after number: Int64, lastNumber: Int64) {
        self.next = min(max(number, 0), Self.highest) + 1
        self.last = min(lastNumber, Self.highest)
        self.answersEmpty = false
    }

    /// The range of an order. Numbers above the last document are no gaps (decision P16).
    public init(order range: DocumentRange, lastNumber: Int64) {
        self.next = range.first
        self.last = min(range.last, lastNumber)
        self.answersEmpty = true
    }

    /// No document has a higher number, whatever a host says of its last one.
    private static let highest = CRKDocument.numbers.upperBound
}
