import FiscalCore

/// CMD13, DFD: a sealed packet of documents (section 2.3.2.2), as it is stored before its first byte leaves and repeated
/// byte for byte until the Event Hub has taken it.
public struct DocumentPacket: Sendable, Hashable, Codable {
    /// Of its own for a complete packet; common to the parts of one divided document (decision P9).
    public var commandID: String
    /// 0 for complete documents; 1 to n for the parts of one.
    public var packageNr: Int32
    /// 1 in a complete packet and in the last part.
    public var isLast: Bool
    /// A JWE.
    public var encryptedData: String
    /// The first and last number that it accounts for; nil for an empty one.
    public var numbers: ClosedRange<Int64>?
    /// The bytes of the content that a part holds, before sealing; nil for a complete packet.
    var slice: Range<Int>?

    /// The message: exactly four members.
    public var body: [UInt8] {
        let json: JSON = [
            "commandId": .string(self.commandID), "packageNr": .integer(self.packageNr),
            "isLast": .integer(self.isLast ? 1 : 0), "encryptedData": .string(self.encryptedData),
        ]
        return json.bytes
    }
}
