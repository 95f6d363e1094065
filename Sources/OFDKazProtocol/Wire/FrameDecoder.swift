/// Finds frames in bytes that arrive in pieces of any size (section 2.2).
///
/// The bytes may be split anywhere and may hold several frames. After an error the decoder stays broken: where the
/// next frame would begin is not known.
public struct FrameDecoder: Sendable {
    /// The largest SIZE that is taken. It counts for frames that ``next()`` has not returned yet.
    public var limit: Int

    private var bytes: [UInt8] = []
    /// Where in `bytes` the next frame begins.
    private var start = 0
    private var failure: FrameError?

    /// - Parameter limit: the largest SIZE that is taken; ``Frame/nomenclatureLimit`` while NOMENCLATURE is awaited.
    public init(limit: Int = Frame.standardLimit) {
        self.limit = limit
    }

    /// How many bytes have come that no frame was made of yet.
    public var remainder: Int { self.bytes.count - self.start }

    /// Takes what has arrived. Nothing is reserved for what a SIZE only promises.
    public mutating func feed(_ bytes: some Sequence<UInt8>) {
        guard self.failure == nil else { return }
        // Only once the used part is the larger one, so that every byte is moved a bounded number of times.
        if self.start > self.bytes.count / 2 {
            self.bytes.removeFirst(self.start)
            self.start = 0
        }
        self.bytes.append(contentsOf: bytes)
    }

    /// The next frame, or nil when more bytes are needed.
    ///
    /// - Throws: ``FrameError``; the same one again on every later call.
    public mutating func next() throws(FrameError) -> Frame? {
        guard let header = try self.readHeader() else { return nil }
        let frame = self.bytes[self.start...].prefix(Int(header.size))
        guard frame.count == header.size else { return nil }
        self.start = frame.endIndex
        if self.start == self.bytes.count {
            self.bytes = []
            self.start = 0
        }
        return Frame(header, payload: Array(frame.dropFirst(FrameHeader.length)))
    }

    /// Says that no more bytes will come; call it once ``next()`` has returned nil.
    ///
    /// - Throws: ``FrameError`` `incomplete` when they ended inside a frame; the earlier error of a broken decoder.
    public mutating func finish() throws(FrameError) {
        let header = try self.readHeader()
        guard self.remainder > 0 else { return }
        throw self.broken(by: .incomplete(self.remainder, of: header.map { Int($0.size) } ?? FrameHeader.length))
    }

    private mutating func readHeader() throws(FrameError) -> FrameHeader? {
        if let failure { throw failure }
        do {
            return try FrameHeader.read(self.bytes[self.start...], limit: self.limit)
        } catch {
            throw self.broken(by: error)
        }
    }

    private mutating func broken(by error: FrameError) -> FrameError {
        self.failure = error
        self.bytes = []
        self.start = 0
        return error
    }
}
