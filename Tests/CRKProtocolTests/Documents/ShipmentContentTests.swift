import CRKProtocol
import FiscalCore
import Testing

@Suite("What a shipment holds")
struct ShipmentContentTests {
    private let unit: UniqueNumber

    init() throws { self.unit = try UniqueNumber("ZTE1701000901") }

    /// The plain content of every packet.
    private func contents(
        _ source: any DocumentSource, _ cursor: ShipmentCursor, _ rule: ShipmentRule,
        info: InfoDocument = .unverified
    ) async throws -> [String] {
        var packager = Packager(info: info) { content throws(SealError) in String(decoding: content, as: UTF8.self) }
        var contents: [String] = []
        var cursor = cursor
        while let next = try await packager.next(
            cursor, from: source, rule: rule, id: { CommandID(.dfd, self.unit, at: Self.instant) })
        {
            contents.append(next.packet.encryptedData)
            #expect(next.packet.packageNr == 0 && next.packet.isLast)
            cursor = try JSONRoundTrip.of(next.after)
        }
        return contents
    }

    private static let instant = FiscalInstant(secondsSinceEpoch: 1_795_255_200)

    private func scheduled(
        _ documents: [CRKDocument], after number: Int64 = 0, through last: Int64, types: ShipmentTypes = .all,
        info: InfoDocument = .unverified
    ) async throws -> [String] {
        try await self.contents(
            TestDocuments.memory(documents), ShipmentCursor(after: number, lastNumber: last),
            ShipmentRule(kind: .hardware, types: types, purpose: .schedule), info: info)
    }

    private func reply(
        _ documents: [CRKDocument], to scope: String, types: ShipmentTypes = .all, kind: RegisterKind = .hardware,
        receiptsAsInfo: Bool = false
    ) async throws -> [String] {
        let last = documents.map(\.number).max() ?? 0
        return try await self.contents(
            TestDocuments.memory(documents), ShipmentCursor(order: try DocumentRange(scope), lastNumber: last),
            ShipmentRule(kind: kind, types: types, purpose: .order, shortReceiptsAsInfo: receiptsAsInfo))
    }

    private func receipts(_ numbers: [Int64]) throws -> [CRKDocument] {
        try numbers.map { try TestDocuments.document($0, .pr) }
    }

    private func content(_ pieces: [String]) -> String { #"{"content":[\#(pieces.joined(separator: ","))]}"# }

    // MARK: By the schedule

    @Test("Documents 1, 2 and 5: infos 9 account for 3 and 4, one for each")
    func gaps() async throws {
        let expected = self.content([
            TestDocuments.detailed(1), TestDocuments.detailed(2), TestDocuments.info(9, 3), TestDocuments.info(9, 4),
            TestDocuments.detailed(5),
        ])
        #expect(try await self.scheduled(self.receipts([1, 2, 5]), through: 5) == [expected])
    }

    @Test("Gaps at both ends of what is due are accounted for too")
    func gapsAtTheEnds() async throws {
        let expected = self.content([
            TestDocuments.info(9, 3), TestDocuments.detailed(4), TestDocuments.info(9, 5),
        ])
        #expect(try await self.scheduled(self.receipts([1, 2, 4, 6]), after: 2, through: 5) == [expected])
        let onlyGaps = self.content([TestDocuments.info(9, 3), TestDocuments.info(9, 4)])
        #expect(try await self.scheduled(self.receipts([1, 2, 5]), after: 2, through: 4) == [onlyGaps])
    }

    @Test("One setting, every form: details, short forms and infos stand in the order of their numbers")
    func forms() async throws {
        let documents = [
            try TestDocuments.document(1, .pr), try TestDocuments.document(2, .fk),
            try TestDocuments.document(3, .rd), try TestDocuments.document(4, nil),
            try TestDocuments.document(5, .ze, event: 13), try TestDocuments.document(6, .ze, event: 14),
        ]
        let expected = self.content([
            TestDocuments.short(1), TestDocuments.detailed(2), TestDocuments.short(3), TestDocuments.info(10, 4),
            TestDocuments.detailed(5), TestDocuments.short(6),
        ])
        #expect(try await self.scheduled(documents, through: 6, types: ShipmentTypes([.fk])) == [expected])
    }

    @Test("Nothing new is nothing to send", arguments: [(0, 0), (5, 5), (7, 5), (-3, 0)] as [(Int64, Int64)])
    func nothing(_ after: Int64, _ last: Int64) async throws {
        #expect(try await self.scheduled(self.receipts([1, 2, 5]), after: after, through: last) == [])
    }

    @Test("The host may write infos in another way")
    func infos() async throws {
        let info = InfoDocument { typObiektu, number in Array("{\"t\":\(typObiektu),\"n\":\(number)}".utf8) }
        let documents = [try TestDocuments.document(2, nil)]
        let expected = self.content([#"{"t":9,"n":1}"#, #"{"t":10,"n":2}"#])
        #expect(try await self.scheduled(documents, through: 2, info: info) == [expected])
    }

    @Test("A host that promises more numbers than there can be is taken at what there can be")
    func numbersBeyondTheEnd() async throws {
        let highest: Int64 = 999_999_999_999_999
        let document = try TestDocuments.document(highest, .pr)
        for last in [highest, .max] {
            let contents = try await self.scheduled([document], after: highest - 2, through: last)
            #expect(contents == [self.content([TestDocuments.info(9, highest - 1), TestDocuments.detailed(highest)])])
        }
        #expect(try await self.scheduled([document], after: .max, through: .max) == [])
        let negative = try await self.scheduled(self.receipts([1]), after: .min, through: 1)
        #expect(negative == [self.content([TestDocuments.detailed(1)])])
    }

    // MARK: Replies to CMD06

    @Test("Receipts 1 to 20, asked for 5 to 30: exactly 5 to 20")
    func range() async throws {
        let reply = try await self.reply(self.receipts(Array(1...20)), to: "5-30", types: ShipmentTypes([.pr]))
        #expect(reply == [self.content((5...20).map { TestDocuments.detailed($0) })])
    }

    @Test("A number of the range without a document is info 9 beside those that exist, also before the first")
    func gapsInReply() async throws {
        let documents = try self.receipts([1, 2, 5])
        let expected = self.content([
            TestDocuments.detailed(1), TestDocuments.detailed(2), TestDocuments.info(9, 3), TestDocuments.info(9, 4),
            TestDocuments.detailed(5),
        ])
        #expect(try await self.reply(documents, to: "1-5") == [expected])
        let later = self.content([
            TestDocuments.info(9, 3), TestDocuments.info(9, 4), TestDocuments.detailed(5),
        ])
        #expect(try await self.reply(documents, to: "3-9") == [later])
        // The gap behind the last document of the range.
        let before = self.content([TestDocuments.detailed(2), TestDocuments.info(9, 3), TestDocuments.info(9, 4)])
        #expect(try await self.reply(documents, to: "2-4") == [before])
    }

    @Test("No document in the range is one packet with empty content", arguments: ["100-200", "3-4", "6-6"])
    func emptyContent(_ scope: String) async throws {
        #expect(try await self.reply(self.receipts([1, 2, 5]), to: scope) == [#"{"content":[]}"#])
    }

    @Test("A register without any document answers with empty content too")
    func emptyMemory() async throws {
        #expect(try await self.reply([], to: "1-10") == [#"{"content":[]}"#])
    }

    @Test("Kinds that were not asked for are left out; alone in the range they leave empty content")
    func otherKinds() async throws {
        let documents = [
            try TestDocuments.document(1, .fk), try TestDocuments.document(2, .pr),
            try TestDocuments.document(3, .pa), try TestDocuments.document(4, nil), try TestDocuments.document(5, .rd),
        ]
        let reply = try await self.reply(documents, to: "1-5", types: ShipmentTypes([.pa]))
        #expect(reply == [self.content([TestDocuments.detailed(3), TestDocuments.info(10, 4)])])
        #expect(try await self.reply(documents, to: "1-2", types: ShipmentTypes([.pa])) == [#"{"content":[]}"#])
    }

    @Test("Software may answer with its receipts as info 10")
    func receiptsAsInfo() async throws {
        let documents = [try TestDocuments.document(1, .pr), try TestDocuments.document(2, .fk)]
        let types = ShipmentTypes([.fk])
        let reply = try await self.reply(documents, to: "1-2", types: types, kind: .software, receiptsAsInfo: true)
        #expect(reply == [self.content([TestDocuments.info(10, 1), TestDocuments.detailed(2)])])
    }
}
