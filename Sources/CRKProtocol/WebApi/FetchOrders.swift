public import FiscalCore
public import HTTPTypes

/// The orders that wait for the register (section 2.3.1.4): none, one, or several in the order of execution.
public struct FetchOrders: WebApiCall {
    public var method: HTTPRequest.Method { .get }
    public var path: String { "/api/Repository/Command" }
    public var body: JSON? { nil }

    public init() {}

    public func read(
        _ status: Int, _ body: [UInt8], _ reader: inout WebApiReader
    ) throws(UnreadableMessage) -> [SealedOrder]? {
        if status == 204 { return [] }
        guard status == 200 else { return nil }
        let json: JSON
        do { json = try JSON(parsing: body) } catch { throw UnreadableMessage("", "\(error)") }
        // The text speaks of commands, the type is one Command.
        guard let list = json.array else { return [try SealedOrder(json, &reader.reader)] }
        try reader.reader.accept("", "an array of commands")
        var orders: [SealedOrder] = []
        for value in list { orders.append(try SealedOrder(value, &reader.reader)) }
        return orders
    }
}

/// An order as it came: sealed. It rests like this; what is inside is never stored (decision P20).
public struct SealedOrder: Sendable, Hashable {
    /// `commandId`, byte for byte as received: confirmations repeat it.
    public var commandID: String
    /// `encryptedCommand`; nil when the order came in plain, and is refused for it.
    public var encryptedCommand: String?

    init(_ json: JSON, _ reader: inout MessageReader) throws(UnreadableMessage) {
        guard json.members != nil else { throw UnreadableMessage("", "no JSON object") }
        self.commandID = try reader.text(try reader.required(json, "commandId"), "commandId")
        self.encryptedCommand = nil
        if let value = try reader.member(json, "encryptedCommand"), !value.isNull {
            self.encryptedCommand = try reader.text(value, "encryptedCommand")
        } else if try reader.member(json, "command") == nil {
            throw UnreadableMessage("encryptedCommand", "missing")
        }
    }

    public init(commandID: String, encryptedCommand: String?) {
        self.commandID = commandID
        self.encryptedCommand = encryptedCommand
    }
}
