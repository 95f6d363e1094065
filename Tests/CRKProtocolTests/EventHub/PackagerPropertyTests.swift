import CRKProtocol
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Packets of random documents")
struct PackagerPropertyTests {
    @Test(
        "Nothing is lost, cut that fits, or too large; packets are full; few seals: three hundred shipments",
        arguments: 0..<10 as Range<UInt64>)
    func shipments(_ tens: UInt64) async throws {
        var (seals, packets, parts) = (0, 0, 0)
        for seed in tens * 30..<tens * 30 + 30 {
            let shipment = try RandomShipment(seed: seed)
            let shipped = try await shipment.ship()
            #expect(try shipment.flaws(of: shipped) == [])
            seals += shipped.shipped.reduce(0) { $0 + $1.seals }
            packets += shipped.packets.count
            parts += shipped.packets.filter { $0.packageNr > 0 }.count
        }
        // The lot brings both kinds of packets.
        #expect(parts > 30 && packets - parts > 100)
        #expect(seals <= packets * 6, "\(seals) seals for \(packets) packets")
    }

    @Test("The same at the real size: 200 octets to 2 MB below 256,000", arguments: 1_000..<1_006 as Range<UInt64>)
    func realSize(_ seed: UInt64) async throws {
        let shipment = try RandomShipment(seed: seed, scale: 256, documents: 50)
        let shipped = try await shipment.ship()
        #expect(try shipment.flaws(of: shipped) == [])
        #expect(shipped.sealsPerPacket <= 6)
    }

    @Test("A check that finds nothing wrong would be worth nothing: it finds a lost, a doubled and a swapped packet")
    func flaws() async throws {
        var found: (shipment: RandomShipment, shipped: ShippedPackets)?
        for seed in 0..<100 as Range<UInt64> where found == nil {
            let shipment = try RandomShipment(seed: seed)
            let shipped = try await shipment.ship()
            if shipped.packets.count > 4, shipped.packets.prefix(4).allSatisfy({ $0.packageNr == 0 }) {
                found = (shipment, shipped)
            }
        }
        let (shipment, shipped) = try #require(found)
        for change in [
            { $0.remove(at: 2) }, { $0.insert($0[2], at: 2) }, { $0.swapAt(1, 2) },
            { $0[2].content[20] ^= 1 }, { $0[1].packet.encryptedData += String(repeating: "x", count: 20_000) },
            { $0[1].packet.isLast.toggle() }, { $0[1].packet.commandID = $0[0].packet.commandID },
        ] as [(inout [ShippedPackets.Shipped]) -> Void] {
            #expect(try shipment.flaws(of: shipped.changed(change)) != [])
        }
    }
}
