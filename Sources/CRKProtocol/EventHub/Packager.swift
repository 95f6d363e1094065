import FiscalCore

/// Makes the packets of a shipment, one at a time (decisions P11 and P12).
///
/// Documents are packed whole, in the order of their numbers, as many as fit. What counts is the finished request, after
/// compressing, signing and encrypting; so content is sealed and measured, and the number of documents is searched for.
/// Only a document that does not fit by itself is cut: slices of its content are sealed one by one.
public struct Packager: Sendable {
    /// A whole request stays strictly below so many octets.
    public var limit: Int
    /// Octets that are kept free for headers which a transport adds.
    public var reserve: Int
    /// So many bytes of content are held and sealed at once, at the most, unless one document has more.
    public var contentLimit: Int
    private let contentType: String
    private let info: InfoDocument
    var seal: @Sendable ([UInt8]) throws(SealError) -> String
    /// Sealed bytes for a thousand bytes of content, as the last packet had it.
    private var ratio = 1_800
    /// Seals of the last packet; for benchmarks and tests.
    private(set) var sealCount = 0

    public init(
        limit: Int = 256_000, reserve: Int = 1_024, contentLimit: Int = 4 << 20,
        contentType: String = EventHubRequest.defaultContentType, info: InfoDocument = .unverified,
        seal: @escaping @Sendable ([UInt8]) throws(SealError) -> String
    ) {
        self.limit = limit
        self.reserve = reserve
        self.contentLimit = contentLimit
        self.contentType = contentType
        self.info = info
        self.seal = seal
    }

    /// A packet, and where the shipment stands once the Event Hub has taken it.
    public struct Packed: Sendable {
        public var packet: DocumentPacket
        public var after: ShipmentCursor
    }

    /// A packet is full at so many per cent of the limit: the search for the last document ends there.
    private static let full = 97

    /// The next packet of a shipment; nil when everything is accounted for.
    /// - Parameters:
    ///   - token: what the packet will travel under; its lengths count.
    ///   - id: a fresh identifier, asked for once for each complete packet and once for each divided document.
    /// - Throws: ``SealError``; ``CRKError`` with code `badDocuments`; `InvalidField` when the limit leaves no room.
    public mutating func next(
        _ cursor: ShipmentCursor, from source: any DocumentSource, rule: ShipmentRule, token: EventHubToken? = nil,
        id: () -> CommandID
    ) async throws -> Packed? {
        self.sealCount = 0
        if let divided = cursor.divided {
            return try await self.part(cursor, divided, source, rule, try self.room(token, divided.commandID))
        }
        var stream = DocumentStream(
            source, from: cursor.next, through: cursor.last, rule: rule, info: self.info,
            reportsGaps: rule.purpose == .schedule || cursor.hasBegun)
        guard let first = try await stream.piece() else {
            guard cursor.answersEmpty, !cursor.hasBegun else { return nil }
            return try self.packed([], cursor, through: max(cursor.last, cursor.next - 1), id())
        }
        let id = id()
        let room = try self.room(token, id)
        var search = PacketSearch(room: room, ratio: self.ratio, contentLimit: self.contentLimit)
        search.append(first)
        while true {
            // As many documents as are worth a try, as far as there are any.
            while search.wantsMore {
                if let piece = try await stream.piece() { search.append(piece) } else { search.exhausted() }
            }
            guard let count = search.nextTry else { break }
            let sealed = try self.sealing(PacketContent.bytes(search.pieces.prefix(count)))
            search.measured(count, sealed)
        }
        self.ratio = search.ratio
        guard let best = search.best else {
            // The first document alone is too large.
            let divided = ShipmentCursor.Divided(commandID: id, packageNr: 1, offset: 0)
            return try await self.part(cursor, divided, source, rule, room)
        }
        let end = search.pieces[best.count - 1].number
        // What follows the last piece without one of its own belongs to it: documents that are left out.
        let through = search.pieces.count == best.count && search.isExhausted ? cursor.last : end
        return self.packed(best.sealed, cursor, first.number...end, through: through, id)
    }

    /// The packet's content sealed once more, for another recipient, under the same identifier.
    func resealed(
        _ packet: DocumentPacket, from source: any DocumentSource, rule: ShipmentRule
    ) async throws -> DocumentPacket {
        var packet = packet
        var content = PacketContent.bytes([])
        if let numbers = packet.numbers {
            var stream = DocumentStream(
                source, from: numbers.lowerBound, through: numbers.upperBound, rule: rule, info: self.info,
                reportsGaps: true)
            var pieces: [DocumentStream.Piece] = []
            while let piece = try await stream.piece() { pieces.append(piece) }
            content = PacketContent.bytes(pieces)
        }
        if let slice = packet.slice { content = Array(content[slice.clamped(to: 0..<content.count)]) }
        packet.encryptedData = try self.seal(content)
        return packet
    }

    /// Octets that the value of `encryptedData` may have.
    private func room(_ token: EventHubToken?, _ id: CommandID) throws(InvalidField) -> Int {
        let overhead = EventHubRequest.overhead(token, commandID: id.text, contentType: self.contentType)
        let room = self.limit - 1 - self.reserve - overhead
        guard room >= 4_096 else {
            throw InvalidField("limit", .range, limit: "at least \(overhead + self.reserve + 4_097) octets")
        }
        return room
    }

    private mutating func sealing(_ content: [UInt8]) throws(SealError) -> String {
        self.sealCount += 1
        return try self.seal(content)
    }

    private func packed(
        _ sealed: String, _ cursor: ShipmentCursor, _ numbers: ClosedRange<Int64>?, through: Int64, _ id: CommandID
    ) -> Packed {
        var after = cursor
        after.next = through + 1
        after.hasBegun = true
        return Packed(
            packet: DocumentPacket(
                commandID: id.text, packageNr: 0, isLast: true, encryptedData: sealed, numbers: numbers),
            after: after)
    }

    private mutating func packed(
        _ pieces: [DocumentStream.Piece], _ cursor: ShipmentCursor, through: Int64, _ id: CommandID
    ) throws(SealError) -> Packed {
        self.packed(try self.sealing(PacketContent.bytes(pieces)), cursor, nil, through: through, id)
    }

    // MARK: Parts of one document

    private mutating func part(
        _ cursor: ShipmentCursor, _ divided: ShipmentCursor.Divided, _ source: any DocumentSource,
        _ rule: ShipmentRule, _ room: Int
    ) async throws -> Packed? {
        var stream = DocumentStream(
            source, from: cursor.next, through: cursor.last, rule: rule, info: self.info,
            reportsGaps: rule.purpose == .schedule || cursor.hasBegun)
        guard let piece = try await stream.piece() else {
            throw CRKError(.badDocuments, "a document that is being sent in parts is no longer there")
        }
        let content = PacketContent.bytes([piece])
        guard divided.offset < content.count else {
            throw CRKError(.badDocuments, "document \(piece.number) has become shorter while it was sent")
        }
        let rest = content[divided.offset...]
        // The search stays within the limit of content.
        let most = min(rest.count, max(1, self.contentLimit))
        var (fits, tooMuch): ((length: Int, sealed: String)?, Int) = (nil, most + 1)
        var length = min(most, max(1, room * 1000 / max(self.ratio, 1) * Self.full / 100))
        while true {
            let sealed = try self.sealing(Array(rest.prefix(length)))
            let size = sealed.utf8.count
            self.ratio = max(1, size * 1000 / length)
            if size <= room { fits = (length, sealed) } else { tooMuch = length }
            if let fits {
                let isFull = fits.sealed.utf8.count * 100 >= room * 90
                if isFull || fits.length + 1 >= tooMuch { break }
                length = Self.between(fits.length, tooMuch, room * 1000 / max(self.ratio, 1) * Self.full / 100)
            } else {
                guard length > 1 else { throw InvalidField("limit", .range, limit: "room for one byte and its seal") }
                length = Self.between(0, tooMuch, room * 1000 / max(self.ratio, 1) * Self.full / 100)
            }
        }
        guard let fits else { return nil }
        var after = cursor
        after.hasBegun = true
        let end = divided.offset + fits.length
        let isLast = end == content.count
        if isLast {
            after.divided = nil
            after.next = piece.number + 1
        } else {
            after.divided = ShipmentCursor.Divided(
                commandID: divided.commandID, packageNr: divided.packageNr + 1, offset: end)
        }
        return Packed(
            packet: DocumentPacket(
                commandID: divided.commandID.text, packageNr: divided.packageNr, isLast: isLast,
                encryptedData: fits.sealed, numbers: piece.number...piece.number, slice: divided.offset..<end),
            after: after)
    }

    /// A guess strictly between two bounds.
    private static func between(_ low: Int, _ high: Int, _ guess: Int) -> Int {
        min(max(guess, low + max(1, (high - low) / 8)), high - max(1, (high - low) / 8))
    }
}
