import CRKProtocol
import FiscalCore
import FiscalTestSupport
import HTTPTypes
import Testing

/// What is packed together, and what is cut.
@Suite struct PackagerTests {
    private static let unit = Result { try UniqueNumber("ZTE1701000901") }
    private static let token = EventHubToken(
        url: "https://crr.servicebus.windows.net/kasy/publishers/ZTE1701000901/messages?timeout=60&api-version=2014-01",
        value: "SharedAccessSignature sr=x&sig=y&se=1&skn=SendPolicy", timeoutInSec: 600)

    /// A seal that costs as much as a real one: base 64 of base 64, and a header.
    private static func cheap(_ content: [UInt8]) -> String {
        String(repeating: "h", count: 2_600) + Base64.encode(Array(Base64.encode(content).utf8))
    }

    private static func opened(_ sealed: String) -> [UInt8] {
        let inner = Base64.decode(String(sealed.dropFirst(2_600))) ?? []
        return Base64.decode(String(decoding: inner, as: UTF8.self)) ?? []
    }

    private func packager(limit: Int = 256_000) -> Packager {
        Packager(limit: limit) { content throws(SealError) in Self.cheap(content) }
    }

    private struct Shipment {
        var packets: [DocumentPacket] = []
        var seals = 0
    }

    private func ship(
        _ source: any DocumentSource, through last: Int64, limit: Int = 256_000,
        rule: ShipmentRule = ShipmentRule(kind: .hardware, types: .all, purpose: .schedule)
    ) async throws -> Shipment {
        var packager = self.packager(limit: limit)
        var shipment = Shipment()
        var mint = CommandIDMint()
        var cursor: ShipmentCursor? = ShipmentCursor(after: 0, lastNumber: last)
        let unit = try Self.unit.get()
        while let here = cursor {
            // Every step is begun anew, as after a restart.
            let again = try Self.restarted(here)
            let next = try await packager.next(again, from: source, rule: rule, token: Self.token) {
                mint.next(.dfd, unit, at: FiscalInstant(secondsSinceEpoch: 1_795_255_200))
            }
            if let next { shipment.packets.append(next.packet) }
            cursor = next?.after
        }
        return shipment
    }

    /// What a restart leaves of a cursor.
    private static func restarted(_ cursor: ShipmentCursor) throws -> ShipmentCursor {
        try JSONRoundTrip.of(cursor)
    }

    private func size(_ packet: DocumentPacket) throws -> Int {
        let request = try EventHubRequest(packet, Self.token).request()
        let lines = request.head.headerFields.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4 }
        let head = "POST \(request.head.path ?? "") HTTP/1.1\r\nHost: \(request.head.authority ?? "")\r\n".utf8.count
        return head + lines + "Content-Length: \(request.body.count)\r\n\r\n".utf8.count + request.body.count
    }

    @Test(
        "Random documents of 200 bytes to 2 MB: nothing lost, in order, every request below the limit, whole if it fits",
        arguments: 1...2)
    func random(_ seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let documents = try (1...40 as ClosedRange<Int64>).map { number in
            let isLarge = number == 17 || number == 34
            let bytes = Int.random(in: isLarge ? 300_000...2_000_000 : 200...40_000, using: &generator)
            return try MadeDocuments.document(number, bytes: bytes)
        }
        let gaps = Set((0..<5).map { _ in Int64.random(in: 2...16, using: &generator) })
        let source = MadeDocuments(through: 40) { gaps.contains($0) ? nil : documents[Int($0 - 1)] }
        let shipment = try await self.ship(source, through: 40)
        var expected = Array("".utf8), seen: [UInt8] = []
        for document in documents {
            expected +=
                gaps.contains(document.number)
                ? Array("{\"info\":{\"typObiektu\":9,\"JPKID\":\(document.number)}}".utf8) : document.detailed
        }
        var parts: [UInt8] = []
        func take(_ content: [UInt8]) throws {
            let json = try JSON(parsing: content)
            #expect(json.members?.map(\.name) == ["content"])
            for document in json["content"]?.array ?? [] { seen += document.bytes }
        }
        for packet in shipment.packets {
            #expect(try self.size(packet) < 256_000)
            let content = Self.opened(packet.encryptedData)
            if packet.packageNr == 0 {
                #expect(packet.isLast && parts.isEmpty)
                try take(content)
            } else {
                parts += content
                if packet.isLast {
                    try take(parts)
                    parts = []
                }
            }
        }
        #expect(seen == expected)
        // A document that fits travels whole: none of the parts belongs to one.
        for packet in shipment.packets where packet.packageNr > 0 {
            let number = try #require(packet.numbers?.lowerBound)
            let alone = Self.cheap(documents[Int(number - 1)].detailed)
            #expect(alone.utf8.count > 250_000)
        }
        // Numbers of parts are 1...n, under one identifier; every other packet has its own.
        let divided = Dictionary(grouping: shipment.packets.filter { $0.packageNr > 0 }, by: \.commandID)
        for (_, packets) in divided {
            #expect(packets.map(\.packageNr) == Array(1...Int32(packets.count)))
            #expect(packets.map(\.isLast) == Array(repeating: false, count: packets.count - 1) + [true])
        }
        let whole = shipment.packets.filter { $0.packageNr == 0 }
        #expect(Set(whole.map(\.commandID)).count == whole.count)
    }

    @Test("Packets are full: what comes next would not have fitted, or hardly")
    func greedy() async throws {
        let source = MadeDocuments(through: 1_000) { try MadeDocuments.document($0, bytes: 5_000) }
        let shipment = try await self.ship(source, through: 1_000)
        for packet in shipment.packets.dropLast() {
            #expect(try self.size(packet) > 256_000 * 90 / 100)
        }
        #expect(shipment.packets.compactMap(\.numbers).map(\.lowerBound).first == 1)
        for (packet, next) in zip(shipment.packets, shipment.packets.dropFirst()) {
            #expect(packet.numbers.map { $0.upperBound + 1 } == next.numbers?.lowerBound)
        }
    }

    @Test("The message has exactly four members, numbers are numbers, the address and the token are as they came")
    func message() async throws {
        let source = MadeDocuments(through: 1) { try MadeDocuments.document($0, bytes: 200) }
        let packet = try #require(try await self.ship(source, through: 1).packets.first)
        let json = try JSON(parsing: packet.body)
        #expect(json.members?.map(\.name) == ["commandId", "packageNr", "isLast", "encryptedData"])
        #expect(json["packageNr"]?.integer == 0 && json["isLast"]?.integer == 1)
        let request = try EventHubRequest(packet, Self.token).request()
        #expect(request.head.method == .post)
        #expect("https://\(request.head.authority ?? "")\(request.head.path ?? "")" == Self.token.url)
        #expect(request.head.headerFields[.authorization] == Self.token.value)
        for url in ["http://hub/x", "https:///x", "https://hub/a b", ""] {
            #expect(throws: InvalidField.self) {
                try EventHubRequest(packet, EventHubToken(url: url, value: "v", timeoutInSec: 1)).request()
            }
        }
        let bare = try EventHubRequest(packet, EventHubToken(url: "https://hub?x=%2f", value: "v", timeoutInSec: 1))
            .request()
        #expect(bare.head.path == "/?x=%2f")
    }

    @Test("A million documents stream, sixteen at a time")
    func million() async throws {
        let text = Array(#"{"d":1}"#.utf8)
        let source = MadeDocuments(through: 1_000_000) { number in
            number % 5 == 0 ? nil : try CRKDocument(number: number, type: .pr, detailed: text, short: text)
        }
        // Cheap, and of a constant size: what is measured is the streaming.
        var packager = Packager(contentLimit: 1 << 20) { content throws(SealError) in
            String(repeating: "x", count: max(1, content.count / 8))
        }
        let rule = ShipmentRule(kind: .hardware, types: .all, purpose: .schedule)
        var cursor = ShipmentCursor(after: 0, lastNumber: 1_000_000)
        var packets = 0
        let unit = try Self.unit.get()
        while let next = try await packager.next(
            cursor, from: source, rule: rule,
            id: {
                CommandID(.dfd, unit, at: FiscalInstant(secondsSinceEpoch: 1_795_255_200))
            })
        {
            packets += 1
            cursor = next.after
        }
        #expect(cursor.next == 1_000_001)
        #expect((2...60).contains(packets))
        #expect(source.largestPage <= 16)
    }

    @Test("A source whose documents are out of order or range is refused")
    func badSource() async throws {
        struct Disordered: DocumentSource {
            let numbers: [Int64]
            func lastNumber() async throws -> Int64 { 5 }
            func documents(in range: ClosedRange<Int64>, limit: Int) async throws -> [CRKDocument] {
                try self.numbers.map { try MadeDocuments.document($0, bytes: 100) }
            }
        }
        for numbers in [[2, 1], [6], [1, 1]] as [[Int64]] {
            let error = await #expect(throws: CRKError.self) {
                try await self.ship(Disordered(numbers: numbers), through: 5)
            }
            #expect(error?.code == .badDocuments)
        }
    }

    @Test("A limit that leaves no room is refused")
    func noRoom() async throws {
        let source = MadeDocuments(through: 1) { try MadeDocuments.document($0, bytes: 200) }
        let error = await #expect(throws: InvalidField.self) { try await self.ship(source, through: 1, limit: 4_000) }
        #expect(error?.field == "limit")
    }

    @Test("Documents that are none are refused with field and rule")
    func badDocuments() {
        let object = Array("{}".utf8)
        let cases: [(String, () throws -> CRKDocument)] = [
            ("JPKID", { try CRKDocument(number: 0, type: .pr, detailed: object) }),
            ("JPKID", { try CRKDocument(number: 1_000_000_000_000_000, type: .pr, detailed: object) }),
            ("eventNumber", { try CRKDocument(number: 1, type: .pr, eventNumber: 13, detailed: object) }),
            ("detailed", { try CRKDocument(number: 1, type: .pr, detailed: []) }),
            ("short", { try CRKDocument(number: 1, type: .pr, detailed: object, short: Array("[]".utf8)) }),
        ]
        for (field, make) in cases {
            #expect(throws: InvalidField.self) { try make() }
            do { _ = try make() } catch { #expect((error as? InvalidField)?.field == field) }
        }
    }
}
