public import FiscalCore
public import HTTPTypes

/// CMD16: keys for the codes that verify receipts, for registers in the form of software (section 2.4.9). It has no
/// `commandId`: the certificate of the connection says who asks.
public struct FetchSharedKeys: CPDCommand {
    public var commandID: CommandID? { nil }
    public var method: HTTPRequest.Method { .get }
    public var path: String { "/api/SerwerCPD/SharedKey" }
    public var body: JSON? { nil }
    public static var successStatus: Int { 200 }
    private let unit: UniqueNumber

    public init(_ unit: UniqueNumber) {
        self.unit = unit
    }

    public func read(_ body: [UInt8], _ mode: ReadingMode) throws(UnreadableMessage) -> ([SharedKey], [Leniency]) {
        var reader = MessageReader(mode)
        let root = try MessageReader.object(body)
        guard try reader.text(try reader.required(root, "CN"), "CN") == self.unit.text else {
            throw UnreadableMessage("CN", "another register's")
        }
        guard let list = try reader.required(root, "sharedKeys").array, !list.isEmpty else {
            throw UnreadableMessage("sharedKeys", "no array of keys")
        }
        if list.count != 3 { try reader.accept("sharedKeys", "\(list.count) keys instead of 3") }
        var keys: [SharedKey] = []
        for (index, value) in list.enumerated() {
            let path = "sharedKeys[\(index)]."
            let date = try reader.text(try reader.required(value, "forDate", path), path + "forDate")
            let text = try reader.text(try reader.required(value, "sharedKey", path), path + "sharedKey")
            guard let day = CivilDate(compact: date) else { throw UnreadableMessage(path + "forDate", "no yyyyMMdd") }
            guard text.utf8.count == 44, let bytes = Base64.decode(text), bytes.count == 32 else {
                throw UnreadableMessage(path + "sharedKey", "no 44 characters of base 64")
            }
            guard !keys.contains(where: { $0.day == day }) else {
                throw UnreadableMessage(path + "forDate", "one day twice")
            }
            keys.append(SharedKey(day: day, secret: bytes))
        }
        return (keys, reader.leniencies)
    }
}

/// The key of one civil day: the day that stands on the receipt decides (decision P26).
public struct SharedKey: Sendable, Hashable {
    public var day: CivilDate
    /// 32 bytes; never in a description or log.
    public var secret: [UInt8]
}

extension SharedKey: CustomStringConvertible {
    public var description: String { "SharedKey(\(self.day), redacted)" }
}
