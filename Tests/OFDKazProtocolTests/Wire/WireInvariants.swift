import OFDKazProtocol

/// What must hold for any bytes at all: as a stream of frames, as a payload, and as JSON.
///
/// The fuzzer is built from this file as well (a link in `Fuzz/`), so that what it finds can be replayed by a test.
enum WireInvariants {
    struct Violation: Error, CustomStringConvertible {
        var description: String
    }

    static func check(_ bytes: [UInt8]) throws(Violation) {
        for payload in try self.checkFrames(bytes) { try self.checkPayload(payload) }
        try self.checkPayload(bytes)
        try self.checkJSON(bytes)
    }

    private struct Found: Equatable {
        var frames: [Frame] = []
        var error: FrameError?
        var remainder = 0
    }

    /// Bytes give the same frames and the same error however they are cut, and frames give the bytes again.
    private static func checkFrames(_ bytes: [UInt8]) throws(Violation) -> [[UInt8]] {
        let whole = self.found(in: bytes) { _ in bytes.count }
        // The cuts depend on the bytes alone: between 1 and 64, so that headers are cut as well.
        guard self.found(in: bytes, piece: { 1 + Int(bytes[$0] & 0x3F) }) == whole,
            self.found(in: bytes, piece: { _ in 1 }) == whole
        else { throw Violation(description: "pieces give other frames than the whole") }
        var rest = bytes[...]
        for frame in whole.frames {
            let encoded = frame.encoded()
            guard rest.starts(with: encoded) else { throw Violation(description: "a frame is not what was read") }
            guard let (decoded, following) = try? Frame.decode(rest), decoded == frame else {
                throw Violation(description: "one frame by itself is another one than in the stream")
            }
            rest = following
        }
        guard whole.error != nil || rest.count == whole.remainder else {
            throw Violation(description: "bytes are lost between frames")
        }
        return whole.frames.map(\.payload)
    }

    private static func found(in bytes: [UInt8], piece: (Int) -> Int) -> Found {
        var decoder = FrameDecoder()
        var found = Found()
        var place = 0
        while place < bytes.count, found.error == nil {
            let end = min(bytes.count, place + piece(place))
            decoder.feed(bytes[place..<end])
            place = end
            do {
                while let frame = try decoder.next() { found.frames.append(frame) }
            } catch { found.error = error }
        }
        found.remainder = decoder.remainder
        return found
    }

    /// A payload is refused, or has a JSON text which describes a payload with that same text.
    private static func checkPayload(_ payload: [UInt8]) throws(Violation) {
        for kind in PayloadKind.allCases {
            guard let text = try? PayloadJSON.text(of: payload, kind) else { continue }
            guard let again = try? PayloadJSON.payload(from: text, kind) else {
                throw Violation(description: "the JSON text of a \(kind) is refused")
            }
            guard (try? PayloadJSON.text(of: again, kind)) == text else {
                throw Violation(description: "the JSON text of a \(kind) changes on its way")
            }
        }
    }

    /// A JSON text is refused, or describes a payload whose JSON text describes it as well.
    private static func checkJSON(_ bytes: [UInt8]) throws(Violation) {
        guard let json = String(validating: bytes, as: UTF8.self) else { return }
        for kind in PayloadKind.allCases {
            guard let payload = try? PayloadJSON.payload(from: json, kind) else { continue }
            guard let text = try? PayloadJSON.text(of: payload, kind) else {
                throw Violation(description: "the payload of a JSON text for a \(kind) is refused")
            }
            guard (try? PayloadJSON.payload(from: text, kind)) == payload else {
                throw Violation(description: "the payload of a JSON text for a \(kind) changes on its way")
            }
        }
    }
}
