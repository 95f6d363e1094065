/// The plain content of packets: documents and infos in one JSON object with the member `content`.
enum PacketContent {
    private static let opening = Array("{\"content\":[".utf8)
    private static let closing = Array("]}".utf8)

    /// What a piece costs at the most: its bytes and a comma.
    static func cost(_ piece: DocumentStream.Piece) -> Int { piece.bytes.count + 1 }

    static let frameCost = Self.opening.count + Self.closing.count

    static func bytes(_ pieces: some Collection<DocumentStream.Piece>) -> [UInt8] {
        var bytes = Self.opening
        bytes.reserveCapacity(pieces.reduce(Self.frameCost) { $0 + Self.cost($1) })
        for (index, piece) in pieces.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += piece.bytes
        }
        return bytes + Self.closing
    }
}
