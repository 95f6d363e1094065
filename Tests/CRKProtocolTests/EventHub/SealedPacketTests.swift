import CRKProtocol
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Packets under a real seal")
struct SealedPacketTests {
    private let parties: SealParties
    private let unit: UniqueNumber

    init() throws {
        self.parties = try SealParties.shared.get()
        self.unit = try UniqueNumber("ZTE1701000901")
    }

    /// A receipt of about so many bytes: words that compress, and numbers that do not.
    private func receipt(_ number: Int64, bytes: Int, _ random: inout SeededGenerator) throws -> CRKDocument {
        var text = #"{"paragon":{"JPKID":\#(number),"nazwa":"TAJNE-\#(number)","pozycja":["#
        while text.utf8.count < bytes {
            text += #"{"towar":{"nazwa":"Żółty ser \#(random.next() % 50)","cena":\#(random.next() % 100_000)}},"#
        }
        return try CRKDocument(number: number, type: .pr, detailed: Array((text + "{}]}}").utf8))
    }

    private func ship(
        _ documents: [CRKDocument], _ profile: SealingProfile
    ) async throws -> (packets: [DocumentPacket], seals: Int) {
        let parties = self.parties
        let seal = MeasuredSeal { _ in 20 }
        var packager = Packager { content throws(SealError) in
            _ = seal(content)
            return try parties.seal(content, profile)
        }
        let memory: any DocumentSource = TestDocuments.memory(documents)
        var cursor = ShipmentCursor(after: 0, lastNumber: Int64(documents.count))
        var packets: [DocumentPacket] = []
        var mint = CommandIDMint()
        while let next = try await packager.next(
            cursor, from: memory, rule: ShippedPackets.rule,
            id: { mint.next(.dfd, self.unit, at: FiscalInstant(secondsSinceEpoch: 1_795_255_200)) })
        {
            packets.append(next.packet)
            cursor = next.after
        }
        return (packets, seal.count)
    }

    /// Two orders of the document, and no compression at all.
    private static let profiles: [SealingProfile] = [
        .unverified, .unverified.with { $0.compression = .none }, .unverified.with { $0.compression = .zipDEF },
        .unverified.with { $0.wire = .base64 },
    ]

    @Test("Each opens by itself to a complete set of documents, below the limit, and shows nothing", arguments: 0..<4)
    func whole(_ profile: Int) async throws {
        var random = SeededGenerator(seed: 175)
        let profile = Self.profiles[profile]
        let documents = try (1...120 as ClosedRange<Int64>).map { number in
            try self.receipt(number, bytes: Int.random(in: 500...16_000, using: &random), &random)
        }
        let shipped = try await self.ship(documents, profile)
        var numbers: [Int64?] = []
        for packet in shipped.packets {
            #expect(packet.packageNr == 0 && packet.isLast)
            #expect(try RawRequest.octets(packet, RawRequest.longestToken) + 1_024 < 256_000)
            #expect(!packet.encryptedData.contains("TAJNE"))
            #expect(!String(decoding: packet.body, as: UTF8.self).contains("JPKID"))
            let content = try JSON(parsing: self.parties.open(packet.encryptedData, profile))
            #expect(content.members?.map(\.name) == ["content"])
            numbers += (content["content"]?.array ?? []).map { $0["paragon"]?["JPKID"]?.integer }
        }
        #expect(numbers == documents.map(\.number))
        // A megabyte: several packets without compression, seals that can be counted on one hand for each.
        if profile.compression == .none { #expect(shipped.packets.count > 5) }
        #expect(shipped.seals <= shipped.packets.count * 6)
    }

    @Test("Parts are sealed one by one; opened and joined they are the document")
    func parts() async throws {
        let document = try MadeDocuments.document(1, bytes: 600_000)
        let shipped = try await self.ship([document], .unverified)
        #expect(shipped.packets.count >= 3)
        #expect(shipped.packets.map(\.packageNr) == (1...Int32(shipped.packets.count)).map { $0 })
        var joined: [UInt8] = []
        for packet in shipped.packets {
            #expect(packet.encryptedData.split(separator: ".").count == 5)
            #expect(try RawRequest.octets(packet, RawRequest.longestToken) + 1_024 < 256_000)
            joined += try self.parties.open(packet.encryptedData, .unverified)
        }
        #expect(joined == Array(#"{"content":["#.utf8) + document.detailed + Array("]}".utf8))
        #expect(shipped.seals <= shipped.packets.count * 6)
    }

    @Test("Metadata stand in the protected header and add nothing to the message")
    func metadata() async throws {
        let profile = SealingProfile.unverified.with { $0.metadata = [.init("crk", "kasa-1")] }
        var random = SeededGenerator(seed: 173)
        let packet = try #require(try await self.ship([self.receipt(1, bytes: 500, &random)], profile).packets.first)
        let json = try JSON(parsing: packet.body)
        #expect(json.members?.map(\.name) == ["commandId", "packageNr", "isLast", "encryptedData"])
        let header = try #require(Base64URL.decode(String(packet.encryptedData.prefix { $0 != "." })))
        #expect(try JSON(parsing: header)["crk"]?.string == "kasa-1")
    }
}

extension SealingProfile {
    fileprivate func with(_ change: (inout Self) -> Void) -> Self {
        var profile = self
        change(&profile)
        return profile
    }
}
