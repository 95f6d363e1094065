/// One message on the wire: the numbers of the header, and the protobuf bytes of a request or an answer (section 2.1).
///
/// Nothing follows the payload: there is no checksum.
public struct Frame: Sendable, Hashable {
    /// The largest SIZE that is taken unless said otherwise: 1 MiB (decision K19).
    public static let standardLimit = 1 << 20
    /// The largest SIZE while an answer to NOMENCLATURE is awaited, which comes whole: 32 MiB (decision K19).
    public static let nomenclatureLimit = 32 << 20

    /// VERSION: the number of the edition, 203 for 2.0.3.
    public var version: UInt16
    /// ID: the number that the register got when it was registered.
    public var id: UInt32
    /// TOKEN: the exchange key, a secret.
    public var token: UInt32
    /// REQNUM: the number of the request; the answer has the same.
    public var reqnum: UInt16
    /// The serialised `Request` or `Response`.
    public var payload: [UInt8]

    public init(version: UInt16, id: UInt32, token: UInt32, reqnum: UInt16, payload: [UInt8]) {
        self.version = version
        self.id = id
        self.token = token
        self.reqnum = reqnum
        self.payload = payload
    }

    init(_ header: FrameHeader, payload: [UInt8]) {
        self.init(
            version: header.version, id: header.id, token: header.token, reqnum: header.reqnum, payload: payload)
    }

    /// The header that goes before the payload. A payload beyond 4 GiB has the largest SIZE, which nobody takes.
    public var header: FrameHeader {
        FrameHeader(
            version: self.version, size: UInt32(clamping: FrameHeader.length + self.payload.count), id: self.id,
            token: self.token, reqnum: self.reqnum)
    }

    /// The bytes that go over the connection.
    public func encoded() -> [UInt8] { self.header.encoded() + self.payload }

    /// Takes the first frame from the bytes.
    ///
    /// - Parameter limit: the largest SIZE that is taken.
    /// - Returns: the frame, and what follows it.
    /// - Throws: ``FrameError``; `incomplete` when the bytes are a good beginning of a frame.
    public static func decode<Bytes: Collection<UInt8>>(
        _ bytes: Bytes, limit: Int = Frame.standardLimit
    ) throws(FrameError) -> (frame: Frame, rest: Bytes.SubSequence) {
        guard let header = try FrameHeader.read(bytes, limit: limit) else {
            throw FrameError.incomplete(bytes.count, of: FrameHeader.length)
        }
        let size = Int(header.size)
        let whole = bytes.prefix(size)
        guard whole.count == size else { throw FrameError.incomplete(whole.count, of: size) }
        return (Frame(header, payload: Array(whole.dropFirst(FrameHeader.length))), bytes.dropFirst(size))
    }

    /// Why this frame is no answer to a request, or nil when header and request fit.
    ///
    /// An answer has the ID and REQNUM of its request, and an edition with the same first digit (section 2.2).
    public func mismatch(id: UInt32, reqnum: UInt16, edition: Edition) -> FrameError? {
        guard let version = Edition(rawValue: self.version), version.isCompatible(with: edition) else {
            return FrameError(
                .incompatibleVersion, offset: 2, detail: "VERSION \(self.version) for a request of \(edition.rawValue)")
        }
        guard self.id == id else {
            return FrameError(.foreignID, offset: 8, detail: "ID \(self.id) for a request of \(id)")
        }
        guard self.reqnum == reqnum else {
            return FrameError(.foreignREQNUM, offset: 16, detail: "REQNUM \(self.reqnum) for the request \(reqnum)")
        }
        return nil
    }
}

extension FrameError {
    static func incomplete(_ count: Int, of size: Int) -> FrameError {
        FrameError(.incomplete, offset: count, detail: "\(count) of \(size) bytes")
    }
}

extension Frame: CustomStringConvertible, CustomReflectable {
    public var description: String { self.header.description }

    /// Without TOKEN and payload: `dump` and what prints by reflection show no secret and no receipt either.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "version": self.version, "id": self.id, "reqnum": self.reqnum, "payload": "\(self.payload.count) bytes",
            ])
    }
}
