import FiscalCore

/// Whether the register is a device or a program: some orders and fields differ.
public enum RegisterKind: String, Sendable, Hashable, Codable, CaseIterable {
    case hardware, software
}

/// An order that is not executed; its text goes into the confirmation with Code `"1"`.
public struct OrderFault: Error, Sendable, Hashable {
    /// Short, and without anything of the order's content.
    public let text: String
}

extension SealedOrder {
    /// Opens the order and reads it.
    /// - Parameters:
    ///   - open: what opens `encryptedCommand`: the sealing profile with the register's key and the repository's
    ///     certificate.
    /// - Throws: ``OrderFault`` for everything that is not executed: in plain, for another register, of an unknown
    ///   kind, with a broken seal, with an attribute out of its limits.
    public func opened(
        for unit: UniqueNumber, _ kind: RegisterKind, mode: ReadingMode = .lenient,
        by open: (String) throws(SealError) -> [UInt8]
    ) throws(OrderFault) -> (order: Order, leniencies: [Leniency]) {
        guard let sealed = self.encryptedCommand else { throw OrderFault(text: "the command is not encrypted") }
        var reader = MessageReader(mode)
        do {
            let code = try self.command(for: unit, &reader)
            let content: [UInt8]
            do { content = try open(sealed) } catch { throw OrderFault(text: "the command could not be opened") }
            let attributes = try self.attributes(content, &reader)
            return (try Order(code, attributes, kind, &reader), reader.leniencies)
        } catch let fault as OrderFault {
            throw fault
        } catch let error as UnreadableMessage {
            throw OrderFault(text: "\(error)")
        } catch {
            throw OrderFault(text: "the command could not be read")
        }
    }

    /// The kind of order, when it is for this register. The fraction of the second may have any number of digits
    /// (decision P8).
    private func command(
        for unit: UniqueNumber, _ reader: inout MessageReader
    ) throws -> CommandCode {
        let parts = self.commandID.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let code = CommandCode(rawValue: String(parts[0])) else {
            throw OrderFault(text: "unknown command")
        }
        guard parts[1] == unit.text else { throw OrderFault(text: "the command is for another register") }
        if (try? CommandID(self.commandID)) == nil {
            let time = OffsetDateTime(iso8601: String(parts[2]), fractionDigits: 0...9)
            guard time?.offset == .zulu else { throw OrderFault(text: "malformed commandId") }
            try reader.accept("commandId", "a fraction that has not three digits")
        }
        return code
    }

    /// The plain text is `{"attributes":…}`; the document's examples also show it inside `command`, and as a whole
    /// command.
    private func attributes(_ content: [UInt8], _ reader: inout MessageReader) throws(UnreadableMessage) -> JSON {
        var json = try MessageReader.object(content)
        if let command = try reader.member(json, "command") {
            if let id = try reader.member(json, "commandId"), id.string != self.commandID {
                throw UnreadableMessage("commandId", "inside is another one")
            }
            try reader.accept("command", "a whole command inside the seal")
            json = command
        }
        let attributes = try reader.required(json, "attributes")
        guard attributes.members != nil else { throw UnreadableMessage("attributes", "no object") }
        return attributes
    }
}

extension Order {
    fileprivate init(
        _ code: CommandCode, _ attributes: JSON, _ kind: RegisterKind, _ reader: inout MessageReader
    ) throws {
        func text(_ name: String, _ reader: inout MessageReader) throws(UnreadableMessage) -> String {
            try reader.text(try reader.required(attributes, name), name)
        }
        func number(_ name: String, _ reader: inout MessageReader) throws(UnreadableMessage) -> Int64 {
            try reader.integer(try reader.required(attributes, name), name)
        }
        switch code {
        case .ccs:
            let name = try text("CPDServiceName", &reader)
            let allowed: [CommandCode] = kind == .software ? [.kcs, .kfd, .cnf] : [.kcs, .kfd]
            guard let service = CommandCode(rawValue: name), allowed.contains(service) else {
                throw UnreadableMessage(
                    "CPDServiceName", "none of " + allowed.map(\.rawValue).joined(separator: ", "))
            }
            self = .callService(service)
        case .tfd:
            let send = try number("sendFreqEventHub", &reader), check = try number("checkFreqWebApi", &reader)
            let types = try Self.shipmentTypes(attributes, &reader)
            self = .setTimetable(
                Timetable(
                    sendFreqEventHub: try reader.checked("sendFreqEventHub") { () throws(InvalidField) in
                        try EventHubSchedule(send)
                    },
                    checkFreqWebApi: try reader.checked("checkFreqWebApi") { () throws(InvalidField) in
                        try WebApiSchedule(check)
                    }, shipmentTypes: types))
        case .cqc:
            let amount = try number("qrCode", &reader)
            self = .controlQRCode(
                try reader.checked("qrCode") { () throws(InvalidField) in try QRCodeRule(amount) })
        case .ddd:
            let scope = try text("scope", &reader)
            let range = try reader.checked("scope") { () throws(InvalidField) in try DocumentRange(scope) }
            self = .sendDocuments(range, try Self.shipmentTypes(attributes, &reader))
        default:
            throw OrderFault(text: "\(code.rawValue) is no order for a register")
        }
    }

    /// Both spellings of the document; beside each other only when they agree.
    private static func shipmentTypes(
        _ attributes: JSON, _ reader: inout MessageReader
    ) throws(UnreadableMessage) -> ShipmentTypes {
        let spellings = [
            try reader.member(attributes, "shipmentType"), try reader.member(attributes, "shippmentType"),
        ]
        let values = Set(spellings.compactMap { $0 })
        guard values.count < 2 else { throw UnreadableMessage("shipmentType", "two spellings, two values") }
        guard let value = values.first else { throw UnreadableMessage("shipmentType", "missing") }
        let text = try reader.text(value, "shipmentType")
        guard (2...32).contains(text.unicodeScalars.count) else {
            throw UnreadableMessage("shipmentType", "not 2 to 32 characters")
        }
        return try reader.checked("shipmentType") { () throws(InvalidField) in try ShipmentTypes(parsing: text) }
    }
}
