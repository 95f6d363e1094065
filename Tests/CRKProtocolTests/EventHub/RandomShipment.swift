import FiscalCore
import FiscalTestSupport

@testable import CRKProtocol

/// Random documents, what must come of them, and a check that it did.
struct RandomShipment {
    /// How large content is once it is sealed.
    enum Sizes: CaseIterable {
        /// As text that no compression makes smaller: 16/9.
        case incompressible
        /// As text of which little is left.
        case compressible
        /// Each byte its own way: capitals as they are, small letters for nearly nothing.
        case uneven
    }

    let seed: UInt64
    let rule: ShipmentRule
    let memory: MadeDocuments
    let cursor: ShipmentCursor
    /// The pieces that must arrive, by their numbers.
    let expected: [(number: Int64, bytes: [UInt8])]
    let seal: MeasuredSeal
    let limit: Int
    let contentLimit: Int
    let token: EventHubToken?
    private let restartSeed: UInt64

    /// - Parameter scale: the limit of requests in thousands of octets; documents grow with it.
    init(seed: UInt64, scale: Int? = nil, documents count: Int64 = 60) throws {
        var random = SeededGenerator(seed: seed)
        let scale = scale ?? Int.random(in: 8...14, using: &random)
        self.seed = seed
        self.limit = scale * 1_000
        self.contentLimit = random.chance(30) ? scale * 500 : 4 << 20
        self.token = random.pick([nil, RawRequest.token(url: 60, value: 120), RawRequest.longestToken])
        let sizes = random.pick(Sizes.allCases)
        self.seal = MeasuredSeal { Self.size($0, sizes) }
        let isReply = random.chance(30)
        self.rule = ShipmentRule(
            kind: .hardware, types: ShipmentTypes([.pr]), purpose: isReply ? .order : .schedule)
        let (first, last) = isReply ? (Int64.random(in: 1...20, using: &random), count + 10) : (1, count)
        var documents: [CRKDocument] = []
        var expected: [(Int64, [UInt8])] = []
        for number in 1...count {
            // The last one always is a receipt, so that a reply has something to say.
            let lot = number == count ? 0 : Int.random(in: 0..<100, using: &random)
            let isAsked = (first...last).contains(number)
            let type: ShipmentType? = lot < 70 ? .pr : lot < 80 ? .rd : nil
            if lot >= 90 {
                if isAsked { expected.append((number, Array(TestDocuments.info(9, number).utf8))) }
                continue
            }
            let largest = random.chance(6) ? scale * 3_000 : scale * 120
            let detailed = Self.text(number, Int.random(in: 10...largest, using: &random), &random)
            let short = Self.text(number, Int.random(in: 10...60, using: &random), &random)
            documents.append(try CRKDocument(number: number, type: type, detailed: detailed, short: short))
            guard isAsked else { continue }
            switch type {
            case .pr: expected.append((number, detailed))
            case nil: expected.append((number, Array(TestDocuments.info(10, number).utf8)))
            default: if !isReply { expected.append((number, short)) }
            }
        }
        self.memory = TestDocuments.memory(documents)
        self.cursor =
            isReply
            ? ShipmentCursor(order: try DocumentRange("\(first)-\(last)"), lastNumber: count)
            : ShipmentCursor(after: 0, lastNumber: count)
        self.expected = expected
        self.restartSeed = random.next()
    }

    private static func text(_ number: Int64, _ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        let letters = Int.random(in: 0...count, using: &random)
        let filling = String(repeating: "K", count: letters) + String(repeating: "m", count: count - letters)
        return Array("{\"n\":\(number),\"x\":\"\(filling)\"}".utf8)
    }

    private static func size(_ content: [UInt8], _ sizes: Sizes) -> Int {
        switch sizes {
        case .incompressible: return 1_600 + content.count * 16 / 9
        case .compressible: return 1_600 + content.count / 6
        case .uneven:
            var capitals = 0
            for byte in content where byte < UInt8(ascii: "a") { capitals += 1 }
            return 1_600 + capitals + (content.count - capitals) / 30
        }
    }

    func ship() async throws -> ShippedPackets {
        var random = SeededGenerator(seed: self.restartSeed)
        return try await ShippedPackets(
            self.memory, self.cursor, rule: self.rule, seal: self.seal, limit: self.limit,
            contentLimit: self.contentLimit, token: self.token, restarts: { _ in random.chance(20) })
    }

    /// Octets that are free below the limit, under the longest address and token. A little is lost to numbers and names
    /// that might be longer.
    private func free(_ packet: DocumentPacket) throws -> Int {
        self.limit - 1 - 1_024 - (try RawRequest.octets(packet, RawRequest.longestToken))
    }
    private static let slack = 220

    /// Everything that is wrong with a shipment; nothing when it is as it must be.
    func flaws(of shipment: ShippedPackets) throws -> [String] {
        var flaws: [String] = []
        func check(_ isTrue: Bool, _ flaw: @autoclosure () -> String) {
            if !isTrue { flaws.append("seed \(self.seed): \(flaw())") }
        }
        let frame = (opening: Array(#"{"content":["#.utf8), closing: Array("]}".utf8))
        var rest = self.expected[...]
        var parts: [UInt8] = []
        var identifiers: Set<String> = []
        for (index, shipped) in shipment.shipped.enumerated() {
            let packet = shipped.packet
            let free = try self.free(packet)
            check(free >= 0, "packet \(index) is \(-free) octets too large")
            if packet.packageNr == 0 {
                check(packet.isLast && parts.isEmpty, "a complete packet among parts")
                check(identifiers.insert(packet.commandID).inserted, "an identifier twice")
                let held = rest.prefix { $0.number <= packet.numbers?.upperBound ?? 0 }
                rest = rest.dropFirst(held.count)
                let content = frame.opening + Array(held.map(\.bytes).joined(separator: [44])) + frame.closing
                check(shipped.content == content && !held.isEmpty, "packet \(index) holds other documents")
                check(packet.numbers?.lowerBound == held.first?.number, "packet \(index) counts from elsewhere")
                check(held.count == 1 || content.count <= self.contentLimit, "packet \(index) holds too much")
                guard let next = rest.first else { continue }
                // Greedy: the next one would not have fitted, or the packet is full to 97 per cent.
                let both = Array(content.dropLast(2)) + [44] + next.bytes + frame.closing
                let more = self.seal.octets(both) - self.seal.octets(content)
                let isFull = free - Self.slack <= self.limit * 3 / 100
                check(
                    more > free - Self.slack || isFull || both.count + 1 > self.contentLimit,
                    "packet \(index) has \(free) octets free, the next document takes \(more)")
            } else {
                let first = rest.first ?? (0, [])
                let whole = frame.opening + first.bytes + frame.closing
                check(packet.numbers == first.number...first.number, "a part of another document")
                if packet.packageNr == 1 {
                    check(parts.isEmpty, "part 1 in the middle")
                    check(identifiers.insert(packet.commandID).inserted, "an identifier twice")
                    let sealed = DocumentPacket(
                        commandID: packet.commandID, packageNr: 0, isLast: true,
                        encryptedData: String(repeating: "x", count: self.seal.octets(whole)), numbers: nil)
                    check(try self.free(sealed) < Self.slack, "document \(first.number) would have fitted whole")
                } else {
                    let before = shipment.shipped[max(0, index - 1)].packet
                    check(before.commandID == packet.commandID, "parts under two identifiers")
                    check(before.packageNr + 1 == packet.packageNr && !before.isLast, "a hole between parts")
                }
                parts += shipped.content
                check(packet.isLast == (parts.count >= whole.count), "isLast of part \(packet.packageNr)")
                if packet.isLast {
                    check(parts == whole, "joined parts are not document \(first.number)")
                    parts = []
                    rest = rest.dropFirst()
                } else {
                    let isFull = free - Self.slack <= self.limit * 12 / 100
                    check(isFull || shipped.content.count >= self.contentLimit, "a part with \(free) octets free")
                }
            }
        }
        check(rest.isEmpty && parts.isEmpty, "\(rest.count) documents never came")
        check(shipment.end.next > self.cursor.last, "the cursor stops at \(shipment.end.next)")
        check(shipment.identifiers == identifiers.count, "\(shipment.identifiers) identifiers were minted")
        return flaws
    }
}
