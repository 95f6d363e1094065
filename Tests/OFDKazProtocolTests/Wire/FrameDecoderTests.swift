import FiscalCore
import FiscalTestSupport
import OFDKazProtocol
import Testing

@Suite("Frames found in bytes that arrive in pieces")
struct FrameDecoderTests {
    /// All that comes out of a decoder, and how it ends.
    struct Found: Equatable {
        var frames: [Frame] = []
        var error: FrameError?
        var remainder = 0
    }

    /// Feeds the pieces, and asks for frames after each of them.
    static func found(in pieces: [some Collection<UInt8>], limit: Int = Frame.standardLimit) -> Found {
        var decoder = FrameDecoder(limit: limit)
        var found = Found()
        for piece in pieces {
            decoder.feed(piece)
            do {
                while let frame = try decoder.next() { found.frames.append(frame) }
            } catch { found.error = error }
        }
        found.remainder = decoder.remainder
        return found
    }

    static func stream() throws -> [UInt8] { try WireVectors.all.flatMap { try $0.bytes() } }

    @Test("Frames that are glued together come out one by one")
    func glued() throws {
        let found = try Self.found(in: [Self.stream()])
        #expect(found.error == nil)
        #expect(found.remainder == 0)
        #expect(try found.frames.map { $0.encoded() } == WireVectors.all.map { try $0.bytes() })
    }

    @Test("One byte at a time gives the same frames")
    func oneByteAtATime() throws {
        let stream = try Self.stream()
        #expect(Self.found(in: stream.map { [$0] }) == Self.found(in: [stream]))
    }

    @Test("Two frames split at any place give the same frames")
    func everySplit() throws {
        let stream = try WireVectors.all[1].bytes() + WireVectors.all[5].bytes()
        let whole = Self.found(in: [stream])
        #expect(whole.frames.count == 2)
        for place in 0...stream.count {
            #expect(Self.found(in: [stream[..<place], stream[place...]]) == whole)
        }
    }

    @Test("Every part of a frame waits for more, and is incomplete when no more comes", arguments: WireVectors.all)
    func everyTruncation(vector: WireVectors.Vector) throws {
        let bytes = try vector.bytes()
        for count in bytes.indices {
            var decoder = FrameDecoder()
            decoder.feed(bytes.prefix(count))
            #expect(try decoder.next() == nil)
            #expect(decoder.remainder == count)
            guard count > 0 else {
                try decoder.finish()
                continue
            }
            let error = #expect(throws: FrameError.self) { try decoder.finish() }
            #expect(error?.code == .incomplete)
            #expect(error?.offset == count)
            #expect(FrameTests.code { _ = try decoder.next() } == .incomplete)
        }
    }

    @Test("An end between frames is a good end")
    func finish() throws {
        var decoder = FrameDecoder()
        try decoder.finish()
        decoder.feed(try Self.stream())
        while try decoder.next() != nil {}
        try decoder.finish()
    }

    @Test("A SIZE beyond the limit is refused once it is there, whatever limit and whatever number of bytes")
    func hostileSize() {
        for size in [0, 1, 17, 1_048_577, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF] as [UInt32] {
            let header = FrameHeader(version: 203, size: size, id: 0, token: 0, reqnum: 0).encoded()
            var decoder = FrameDecoder()
            decoder.feed(header.prefix(7))
            #expect(FrameTests.code { _ = try decoder.next() } == nil)
            decoder.feed(header[7...7])
            #expect(FrameTests.code { _ = try decoder.next() } == (size < 18 ? .sizeTooSmall : .sizeTooLarge))
        }
    }

    @Test("The limit can be raised while the frame that needs it is arriving")
    func raisedLimit() throws {
        let frame = Frame(version: 203, id: 1, token: 2, reqnum: 3, payload: [UInt8](repeating: 7, count: 1 << 20))
        let bytes = frame.encoded()
        #expect(Self.found(in: [bytes]).error?.code == .sizeTooLarge)
        var decoder = FrameDecoder()
        decoder.feed(bytes.prefix(100))
        decoder.limit = Frame.nomenclatureLimit
        #expect(try decoder.next() == nil)
        decoder.feed(bytes.dropFirst(100))
        #expect(try decoder.next() == frame)
        decoder.limit = Frame.standardLimit
        decoder.feed(bytes)
        #expect(FrameTests.code { _ = try decoder.next() } == .sizeTooLarge)
    }

    @Test("After an error the decoder stays broken, good frames or not")
    func staysBroken() throws {
        let good = try WireVectors.all[1].bytes()
        var decoder = FrameDecoder()
        decoder.feed(good + [0xA2, 0x82] + good)
        #expect(try decoder.next()?.encoded() == good)
        for _ in 0..<3 {
            #expect(FrameTests.code { _ = try decoder.next() } == .appcode)
            #expect(FrameTests.code { try decoder.finish() } == .appcode)
            decoder.feed(good)
        }
        #expect(decoder.remainder == 0)
    }

    @Test("Ten thousand frames of random sizes, glued and cut at random, all come out")
    func randomSplits() {
        var random = SeededGenerator(seed: 203)
        var decoder = FrameDecoder()
        var sent: [Frame] = []
        var stream: [UInt8] = []
        for _ in 0..<10_000 {
            let payload = random.bytes(count: random.pick([0, 0, 1, 2, 17, 18, 19, 40, 300]))
            let frame = Frame(
                version: .random(in: 100 ... .max, using: &random), id: .random(in: 0 ... .max, using: &random),
                token: .random(in: 0 ... .max, using: &random), reqnum: .random(in: 0 ... .max, using: &random),
                payload: payload)
            sent.append(frame)
            stream += frame.encoded()
        }
        var received: [Frame] = []
        var place = 0
        while place < stream.count {
            let end = min(stream.count, place + random.pick([1, 1, 2, 7, 18, 64, 1000, 20_000]))
            decoder.feed(stream[place..<end])
            place = end
            do {
                while let frame = try decoder.next() { received.append(frame) }
            } catch {
                Issue.record("\(error)")
                return
            }
        }
        #expect(received == sent)
    }

    @Test("Damaged streams give the same frames and the same error however they are cut")
    func damagedStreams() throws {
        var random = SeededGenerator(seed: 18)
        let stream = try Self.stream()
        // Headers are small, so they are hit on purpose as well.
        let sizes = try WireVectors.all.map { try $0.bytes().count }
        let starts = sizes.indices.map { sizes[..<$0].reduce(0, +) }
        var codes: Set<FrameError.Code> = []
        for _ in 0..<1000 {
            var damaged = stream
            damaged[Int.random(in: damaged.indices, using: &random)] = random.bytes(count: 1)[0]
            damaged[random.pick(starts) + Int.random(in: 0..<18, using: &random)] = UInt8(random.pick([0, 1, 17, 255]))
            if random.chance(20) {
                let start = random.pick(starts)
                damaged.replaceSubrange(start + 4..<start + 8, with: [UInt8(random.pick([0, 17, 18, 19])), 0, 0, 0])
            }
            let whole = Self.found(in: [damaged])
            if let code = whole.error?.code { codes.insert(code) }
            var pieces: [ArraySlice<UInt8>] = []
            var rest = damaged[...]
            while !rest.isEmpty {
                let count = random.pick([1, 2, 3, 17, 18, 100])
                pieces.append(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(Self.found(in: pieces) == whole)
        }
        #expect(codes.isSuperset(of: [.appcode, .version, .sizeTooSmall, .sizeTooLarge]))
    }
}
