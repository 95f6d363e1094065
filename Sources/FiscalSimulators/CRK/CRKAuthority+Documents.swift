public import CRKProtocol
import FiscalCore

extension CRKAuthority {
    /// Takes the documents out of a complete packet, or out of the parts that a packet completes.
    /// - Returns: False when what should be whole is no `{"content":[…]}`.
    mutating func takeDocuments(of packet: CRKPacket) -> Bool {
        guard let number = packet.packageNr, let bytes = packet.opened else { return true }
        guard number > 0 else { return self.take(bytes, packet) }
        guard let joined = self.joined(packet) else { return true }
        return self.take(joined, packet)
    }

    /// The bytes of a divided document, when every part from 1 to the last is there.
    private func joined(_ packet: CRKPacket) -> [UInt8]? {
        var parts: [Int64: [UInt8]] = [:]
        var last: Int64?
        for part in self.ledger.packets where part.unit == packet.unit && part.commandID == packet.commandID {
            guard let number = part.packageNr, number > 0, parts[number] == nil, let opened = part.opened else {
                continue
            }
            parts[number] = opened
            if part.isLast == 1 { last = number }
        }
        guard let last, parts.count == last else { return nil }
        return (1...last).flatMap { parts[$0] ?? [] }
    }

    private mutating func take(_ bytes: [UInt8], _ packet: CRKPacket) -> Bool {
        guard let json = try? JSON(parsing: bytes), let list = json["content"]?.array,
            list.allSatisfy({ $0.members != nil })
        else { return false }
        let ranges = self.register(packet.unit).orders.filter { $0.deliveries > 0 }.compactMap(\.range)
        for document in list {
            let number = Self.find(self.rules.numberMember, in: document)?.integer
            // A document may have such a member of its own: only an info's counts.
            let infoType = document["info"].flatMap { Self.find("typObiektu", in: $0)?.integer }
            self.ledger.documents.append(
                CRKReceivedDocument(
                    unit: packet.unit, number: number, infoType: infoType, packet: packet.number,
                    commandID: packet.commandID, text: document.text))
            self.continuities[packet.unit, default: CRKContinuity()].take(number, ordered: ranges)
        }
        return true
    }

    /// The first member of that name, however deep.
    private static func find(_ name: String, in json: JSON) -> JSON? {
        if let value = json[name] { return value }
        for child in json.members?.map(\.value) ?? json.array ?? [] {
            if let value = Self.find(name, in: child) { return value }
        }
        return nil
    }

    /// What is known of the numbers of a register's documents (section 2.3.2.2, point 2).
    public func continuity(of unit: UniqueNumber) -> CRKContinuity { self.continuities[unit.text] ?? CRKContinuity() }

    /// Divided documents of which parts are missing, by the code that their parts share.
    public func incompleteDocuments(of unit: UniqueNumber) -> [String] {
        var codes: [String] = []
        for packet in self.ledger.packets(of: unit) where (packet.packageNr ?? 0) > 0 {
            guard let code = packet.commandID, !codes.contains(code), self.joined(packet) == nil else { continue }
            codes.append(code)
        }
        return codes
    }
}
