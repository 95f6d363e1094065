import CRKProtocol
import FiscalCore
import HTTPTypes

extension CRKAuthority {
    /// The Event Hub's door (section 2.3.2). It stores whatever comes with a good token and is not too large.
    mutating func ruleEventHub(_ arrival: CRKArrival) -> CRKRuling {
        guard arrival.method == .post, let unit = Self.hubUnit(arrival.target),
            self.hubAddress(of: unit).hasSuffix(arrival.target)
        else { return Self.failure(404, nil, "no such address") }
        if let (status, reason) = self.tokenFault(arrival, for: unit) { return Self.failure(status, nil, reason) }
        guard arrival.octets <= self.rules.packetLimit else { return Self.failure(413, nil, "too large") }
        self.store(arrival, unit)
        return CRKRuling(201, command: self.ledger.packets.last?.commandID.flatMap(CRKCommandText.letters(of:)))
    }

    private mutating func store(_ arrival: CRKArrival, _ unit: String) {
        var packet = CRKPacket(
            number: self.ledger.packets.count + 1, receivedAt: arrival.now, unit: unit, request: arrival.number,
            octets: arrival.octets, digest: Base64.encode(Digest.hash(.sha256, arrival.request.body)))
        let sealed = Self.readMembers(arrival.request.body, into: &packet)
        self.checkIdentity(of: &packet)
        if let sealed { self.open(sealed, &packet) }
        let earlier = self.ledger.packets.first {
            $0.unit == unit && $0.commandID == packet.commandID && $0.packageNr == packet.packageNr
                && $0.commandID != nil
        }
        if let earlier {
            packet.repeats = earlier.number
            // The same to the byte, or sealed again around the same content.
            if earlier.digest != packet.digest, earlier.content != packet.content { packet.flaws.append(.conflict) }
        }
        self.checkSequence(of: &packet)
        let place = self.ledger.packets.count
        self.ledger.packets.append(packet)
        guard packet.repeats == nil || packet.flaws.contains(.conflict), packet.content != nil else { return }
        if !self.takeDocuments(of: packet) { self.ledger.packets[place].flaws.append(.content) }
    }

    /// The four members and their types.
    private static func readMembers(_ body: [UInt8], into packet: inout CRKPacket) -> String? {
        guard let json = try? JSON(parsing: body), let members = json.members else {
            packet.flaws.append(.noJSON)
            return nil
        }
        packet.commandID = json["commandId"]?.string
        packet.packageNr = json["packageNr"]?.integer
        packet.isLast = json["isLast"]?.integer
        let sealed = json["encryptedData"]?.string
        let names = ["commandId", "encryptedData", "isLast", "packageNr"]
        if members.map(\.name).sorted() != names || packet.commandID == nil || packet.packageNr == nil
            || packet.isLast == nil || sealed == nil
        {
            packet.flaws.append(.members)
        }
        return sealed
    }

    private func checkIdentity(of packet: inout CRKPacket) {
        if let text = packet.commandID {
            if let id = CRKCommandText(text), id.code == "DFD" {
                if id.unit != packet.unit { packet.flaws.append(.foreignUnit) }
            } else if !self.register(packet.unit).orders.contains(where: {
                // A reply may carry the code of the order.
                $0.commandID == text && $0.content.code == "DDD" && $0.deliveries > 0
            }) {
                packet.flaws.append(.commandID)
            }
        }
        guard let number = packet.packageNr, let isLast = packet.isLast else { return }
        let isGood = (0...Int64(Int32.max)).contains(number) && (0...1).contains(isLast) && (number > 0 || isLast == 1)
        if !isGood { packet.flaws.append(.numbering) }
    }

    /// A part comes after the one before it, and nothing comes after the last.
    private func checkSequence(of packet: inout CRKPacket) {
        guard packet.repeats == nil, let number = packet.packageNr, number > 0 else { return }
        let parts = self.ledger.packets.filter { $0.unit == packet.unit && $0.commandID == packet.commandID }
        let isNext = number == 1 ? parts.isEmpty : parts.contains { $0.packageNr == number - 1 && $0.isLast == 0 }
        if !isNext { packet.flaws.append(.sequence) }
    }

    private func open(_ sealed: String, _ packet: inout CRKPacket) {
        let certificates = self.register(packet.unit).encryptCertificates.reversed().compactMap {
            Base64.decode($0).flatMap { try? Certificate(der: $0) }
        }
        guard let reader = CRKSealReader(self.rules.packetSeal) else {
            packet.flaws.append(.seal)
            return
        }
        for holder in [self.identity.encrypt] + self.identity.formerEncrypt.reversed() {
            for certificate in certificates {
                guard let opened = reader.open(sealed, with: holder, from: certificate) else { continue }
                packet.content = Base64.encode(opened.content)
                packet.header = opened.header.text
                return
            }
        }
        packet.flaws.append(.seal)
    }
}
