import FiscalCore

@testable import CRKProtocol

/// A whole shipment, packet by packet, as a register would have it: every step begins from a stored cursor, every packet
/// gets its 201.
struct ShippedPackets {
    struct Shipped {
        var packet: DocumentPacket
        /// What the packet opens to.
        var content: [UInt8]
        /// How often something was sealed for it.
        var seals: Int
    }

    static let rule = ShipmentRule(kind: .hardware, types: .all, purpose: .schedule)

    private(set) var shipped: [Shipped] = []
    /// How many identifiers the packager asked for.
    private(set) var identifiers = 0
    private(set) var end: ShipmentCursor

    var packets: [DocumentPacket] { self.shipped.map(\.packet) }
    var sealsPerPacket: Double { Double(self.shipped.reduce(0) { $0 + $1.seals }) / Double(max(1, self.shipped.count)) }

    /// - Parameter restarts: after which packets a new process goes on, with a packager that knows nothing.
    init(
        _ source: any DocumentSource, _ cursor: ShipmentCursor, rule: ShipmentRule = Self.rule, seal: MeasuredSeal,
        limit: Int = 256_000, contentLimit: Int = 4 << 20, token: EventHubToken? = nil,
        restarts: (Int) -> Bool = { _ in false }
    ) async throws {
        let unit = try UniqueNumber("ZTE1701000901")
        var mint = CommandIDMint()
        func fresh() -> Packager {
            Packager(limit: limit, contentLimit: contentLimit) { content throws(SealError) in seal(content) }
        }
        var packager = fresh()
        self.end = cursor
        while true {
            if restarts(self.shipped.count) { packager = fresh() }
            let before = seal.count
            var asked = 0
            let next = try await packager.next(
                JSONRoundTrip.of(self.end), from: source, rule: rule, token: token,
                id: {
                    asked += 1
                    return mint.next(.dfd, unit, at: FiscalInstant(secondsSinceEpoch: 1_795_255_200))
                })
            self.identifiers += asked
            guard let next else { break }
            guard let content = seal.open(next.packet.encryptedData) else { throw Lost() }
            let packet = try JSONRoundTrip.of(next.packet)
            self.shipped.append(Shipped(packet: packet, content: content, seals: seal.count - before))
            // The same content again, for another recipient.
            let again = try await packager.resealed(packet, from: source, rule: rule)
            guard seal.open(again.encryptedData) == content, again.commandID == packet.commandID,
                again.packageNr == packet.packageNr, again.isLast == packet.isLast
            else { throw Lost() }
            self.end = next.after
        }
    }

    /// The same with something else in it, for the test of a check.
    func changed(_ change: (inout [Shipped]) -> Void) -> Self {
        var changed = self
        change(&changed.shipped)
        return changed
    }

    /// A packet that opens to nothing, or to something else when it is sealed once more.
    struct Lost: Error {}
}
