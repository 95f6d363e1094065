import CRKProtocol
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("A document larger than a packet")
struct DividedDocumentTests {
    private let unit: UniqueNumber

    init() throws { self.unit = try UniqueNumber("ZTE1701000901") }

    private func seal() -> MeasuredSeal { MeasuredSeal { 3_000 + $0.count * 16 / 9 } }

    /// Small, large, small.
    private func memory(_ bytes: Int = 600_000) throws -> MadeDocuments {
        let documents = [
            try TestDocuments.document(1, .pr), try MadeDocuments.document(2, bytes: bytes),
            try TestDocuments.document(3, .pr), try MadeDocuments.document(4, bytes: bytes),
        ]
        return TestDocuments.memory(documents)
    }

    @Test("travels in parts 1 to n under one identifier; the last one says so; joined they are the whole")
    func parts() async throws {
        let memory = try self.memory()
        let shipped = try await ShippedPackets(memory, ShipmentCursor(after: 0, lastNumber: 4), seal: self.seal())
        let whole = shipped.packets.filter { $0.packageNr == 0 }
        #expect(whole.map(\.numbers) == [1...1, 3...3])
        #expect(whole.allSatisfy { $0.isLast })
        var identifiers = Set(whole.map(\.commandID))
        for number in [2, 4] as [Int64] {
            let parts = shipped.shipped.filter { $0.packet.numbers == number...number }
            // 600 kB of text are more than a million octets once sealed.
            #expect((5...6).contains(parts.count))
            #expect(parts.map(\.packet.packageNr) == (1...Int32(parts.count)).map { $0 })
            #expect(parts.dropLast().allSatisfy { !$0.packet.isLast })
            #expect(parts.last?.packet.isLast == true)
            #expect(Set(parts.map(\.packet.commandID)).count == 1)
            identifiers.formUnion(parts.map(\.packet.commandID))
            let document = try #require(try await memory.documents(in: number...number, limit: 1).first)
            let joined = parts.flatMap(\.content)
            #expect(joined == Array(#"{"content":["#.utf8) + document.detailed + Array("]}".utf8))
        }
        #expect(identifiers.count == 4)
        #expect(shipped.identifiers == 4)
    }

    @Test("goes on after a restart behind the last part that got its 201, under the same identifier")
    func restart() async throws {
        let memory = try self.memory()
        let (seal, other) = (self.seal(), self.seal())
        func packager(_ seal: MeasuredSeal) -> Packager { Packager { content throws(SealError) in seal(content) } }
        var minted = 0
        func id() -> CommandID {
            minted += 1
            return CommandID(
                .dfd, self.unit, at: FiscalInstant(millisecondsSinceEpoch: 1_795_255_200_000 + Int64(minted)))
        }
        var first = packager(seal)
        let source: any DocumentSource = memory
        let rule = ShippedPackets.rule
        var cursor = ShipmentCursor(after: 1, lastNumber: 2)
        let one = try #require(try await first.next(cursor, from: source, rule: rule, id: id))
        let content = try #require(seal.open(one.packet.encryptedData))
        cursor = try JSONRoundTrip.of(one.after)
        #expect(cursor.divided?.commandID.text == one.packet.commandID)
        #expect(cursor.divided?.packageNr == 2)
        #expect(cursor.divided?.offset == content.count)
        #expect(cursor.next == 2)
        // The process ends; a part without its 201 is made again from the same cursor.
        for _ in 0..<2 {
            var second = packager(other)
            let two = try #require(try await second.next(cursor, from: source, rule: rule, id: id))
            #expect(two.packet.commandID == one.packet.commandID)
            #expect(two.packet.packageNr == 2)
            let more = try #require(other.open(two.packet.encryptedData))
            let document = try #require(try await memory.documents(in: 2...2, limit: 1).first)
            #expect(
                (content + more).dropFirst(12).elementsEqual(document.detailed.prefix(content.count + more.count - 12)))
        }
        #expect(minted == 1)
    }

    @Test("is cut wherever the octets end, also within a letter, and is whole again when they are joined")
    func letters() async throws {
        let text = #"{"nazwa":"\#(String(repeating: "żółć€😀", count: 12_000))"}"#
        let document = try CRKDocument(number: 1, type: .pr, detailed: Array(text.utf8))
        // Odd sizes of parts: some cut is bound to fall into a letter.
        let seal = MeasuredSeal { 3_000 + $0.count * 17 / 3 }
        let shipped = try await ShippedPackets(
            TestDocuments.memory([document]), ShipmentCursor(after: 0, lastNumber: 1), seal: seal)
        #expect(shipped.shipped.contains { String(validating: $0.content, as: UTF8.self) == nil })
        let joined = String(decoding: shipped.shipped.flatMap(\.content), as: UTF8.self)
        #expect(joined == #"{"content":[\#(text)]}"#)
    }

    @Test("is not what one octet less is: that travels whole")
    func boundary() async throws {
        // The largest document that fits, found from outside.
        func packets(_ bytes: Int) async throws -> [DocumentPacket] {
            let text = #"{"n":"\#(String(repeating: "x", count: bytes))"}"#
            let document = try CRKDocument(number: 1, type: .pr, detailed: Array(text.utf8))
            return try await ShippedPackets(
                TestDocuments.memory([document]), ShipmentCursor(after: 0, lastNumber: 1),
                seal: MeasuredSeal { 3_000 + $0.count }, token: RawRequest.longestToken
            ).packets
        }
        var (fits, tooLarge) = (200_000, 260_000)
        while tooLarge - fits > 1 {
            let middle = (fits + tooLarge) / 2
            if try await packets(middle).count == 1 { fits = middle } else { tooLarge = middle }
        }
        let whole = try await packets(fits), divided = try await packets(tooLarge)
        #expect(whole.map(\.packageNr) == [0])
        #expect(divided.map(\.packageNr) == [1, 2])
        let octets = try RawRequest.octets(try #require(whole.first), RawRequest.longestToken)
        #expect(octets + 1_024 < 256_000)
        // A little less than what there is room for: the lengths of numbers and of the host's name.
        #expect(octets + 1_024 > 256_000 - 230)
    }

    @Test("is sealed in no larger pieces than the host allows, however well they compress")
    func contentLimit() async throws {
        let document = try MadeDocuments.document(1, bytes: 2_000_000)
        let shipped = try await ShippedPackets(
            TestDocuments.memory([document]), ShipmentCursor(after: 0, lastNumber: 1),
            seal: MeasuredSeal { 3_000 + $0.count / 4 }, contentLimit: 500_000)
        let whole = Array(#"{"content":["#.utf8) + document.detailed + Array("]}".utf8)
        #expect(shipped.shipped.allSatisfy { $0.content.count <= 500_000 })
        #expect(shipped.packets.count == (whole.count + 499_999) / 500_000)
        #expect(shipped.shipped.flatMap(\.content) == whole)
    }

    @Test("is worth no packet of its own for what comes after it: those are packed together again")
    func afterwards() async throws {
        let documents = try (1...20 as ClosedRange<Int64>).map {
            try $0 == 3 ? MadeDocuments.document(3, bytes: 400_000) : TestDocuments.document($0, .pr)
        }
        let shipped = try await ShippedPackets(
            TestDocuments.memory(documents), ShipmentCursor(after: 0, lastNumber: 20), seal: self.seal())
        #expect(shipped.packets.filter { $0.packageNr == 0 }.map(\.numbers) == [1...2, 4...20])
    }

    @Test("that is gone, or has become shorter, between two parts is an error and no packet")
    func gone() async throws {
        let seal = self.seal()
        var packager = Packager { content throws(SealError) in seal(content) }
        func id() -> CommandID { CommandID(.dfd, self.unit, at: FiscalInstant(secondsSinceEpoch: 1_795_255_200)) }
        let one = try #require(
            try await packager.next(
                ShipmentCursor(after: 1, lastNumber: 2), from: try self.memory(), rule: ShippedPackets.rule, id: id))
        let shorter = TestDocuments.memory([try TestDocuments.document(2, .pr)])
        let error = await #expect(throws: CRKError.self) {
            var packager = packager
            return try await packager.next(one.after, from: shorter, rule: ShippedPackets.rule, id: id)?.packet
        }
        #expect(error?.code == .badDocuments)
    }
}
