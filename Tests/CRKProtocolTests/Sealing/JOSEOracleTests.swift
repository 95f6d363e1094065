import CRKProtocol
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Packets between us and another implementation of JOSE")
struct JOSEOracleTests {
    private let parties: SealParties

    init() throws { self.parties = try SealParties.shared.get() }

    /// Every pair of algorithms that a profile allows, each once and some twice: more than 300 random contents.
    private func packets(_ seed: UInt64) -> [JOSEOracle.Packet] {
        var generator = SeededGenerator(seed: seed)
        return SealParties.everyProfile().map { profile in
            let isText = generator.chance(50)
            // jwcrypto cannot open a packet that holds nothing; SealTests does.
            let size = generator.pick([1, 15, 16, 17, 100, 1_000, 20_000])
            let content =
                isText
                ? Array(repeating: Array(#"{"content":["ŻÓŁĆ"]}"#.utf8), count: size / 20 + 1).flatMap { $0 }
                : generator.bytes(count: size)
            return JOSEOracle.Packet(profile: profile, content: content)
        }
    }

    @Test("It opens and verifies what we seal")
    func ours() throws {
        var packets = self.packets(1)
        #expect(packets.count > 300)
        for index in packets.indices {
            packets[index].sealed = try self.parties.seal(packets[index].content, packets[index].profile)
        }
        let found = try JOSEOracle.contents(of: packets, self.parties)
        #expect(found.count == packets.count)
        for (packet, found) in zip(packets, found) {
            #expect(found == "=" + Hex.encode(packet.content), "\(packet.profile)")
        }
    }

    @Test("We open and verify what it seals")
    func theirs() throws {
        let packets = self.packets(2)
        let sealed = try JOSEOracle.sealed(packets, self.parties)
        #expect(sealed.count == packets.count)
        for (packet, sealed) in zip(packets, sealed) {
            #expect(try self.parties.open(sealed, packet.profile) == packet.content, "\(packet.profile)")
        }
    }
}
