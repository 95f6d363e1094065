import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Compression")
struct DeflateTests {
    static let needsPython: Comment = "python3 is absent"
    static let hasPython = OutsideTool.exists("python3")

    /// Nothing, little, repetitive, random, and more than one scratch buffer of either.
    static let inputs: [[UInt8]] = [
        [], [7], Array("Paragon fiskalny ".utf8),
        Array(String(repeating: "Paragon fiskalny 1,23 PLN\n", count: 9000).utf8),
        CountingRandomSource(seed: 5).bytes(count: 1000), CountingRandomSource(seed: 6).bytes(count: 200_000),
        [UInt8](repeating: 0, count: 300_000),
    ]

    /// Python's name for a container is its window size.
    static func windowBits(_ container: Deflate.Container) -> Int {
        switch container {
        case .raw: -15
        case .zlib: 15
        case .gzip: 31
        }
    }

    static func python(_ script: String, _ input: [UInt8]) throws -> [UInt8] {
        let result = try OutsideTool.run(
            "python3", ["-c", "import sys,zlib\nd=sys.stdin.buffer.read()\n\(script)"], input: input)
        #expect(result.status == 0, "\(result.errorText)")
        return result.output
    }

    static func code(
        _ bytes: [UInt8], _ container: Deflate.Container, limit: Int = 10_000_000
    ) -> CompressionError.Code? {
        do {
            _ = try Deflate.decompress(bytes, container, outputLimit: limit)
            return nil
        } catch { return error.code }
    }

    @Test(
        "Python decompresses what we compress, and we what it compresses", .enabled(if: hasPython, needsPython),
        arguments: Deflate.Container.allCases)
    func oracle(_ container: Deflate.Container) throws {
        let bits = Self.windowBits(container)
        let questions = try Self.inputs.flatMap { Self.framed($0) + Self.framed(try Deflate.compress($0, container)) }
        var answers = try Self.python(
            """
            def frame():
                global d
                n=4+int.from_bytes(d[:4],'big'); f,d=d[4:n],d[n:]
                return f
            while d:
                plain,ours=frame(),frame()
                assert zlib.decompress(ours,\(bits))==plain
                for level in (0,1,9):
                    c=zlib.compressobj(level,zlib.DEFLATED,\(bits))
                    z=c.compress(plain)+c.flush()
                    sys.stdout.buffer.write(len(z).to_bytes(4,'big')+z)
            """, questions)[...]
        for input in Self.inputs {
            for _ in 0..<3 {
                let length = answers.prefix(4).reduce(0) { $0 << 8 | Int($1) }
                let theirs = Array(answers.dropFirst(4).prefix(length))
                answers = answers.dropFirst(4 + length)
                #expect(try Deflate.decompress(theirs, container, outputLimit: input.count) == input)
            }
        }
        #expect(answers.isEmpty)
    }

    /// The length in four bytes, then the bytes.
    static func framed(_ bytes: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { Array($0) } + bytes
    }

    @Test(
        "What is compressed comes back, and the same bytes give the same stream", arguments: Deflate.Container.allCases)
    func roundTrip(_ container: Deflate.Container) throws {
        for input in Self.inputs {
            let stream = try Deflate.compress(input, container)
            #expect(try Deflate.compress(input, container) == stream)
            #expect(try Deflate.decompress(stream, container, outputLimit: input.count) == input)
        }
    }

    @Test("One byte above the limit is refused, the limit itself is not", arguments: Deflate.Container.allCases)
    func limit(_ container: Deflate.Container) throws {
        for input in Self.inputs where !input.isEmpty {
            let stream = try Deflate.compress(input, container)
            #expect(Self.code(stream, container, limit: input.count) == nil)
            #expect(Self.code(stream, container, limit: input.count - 1) == .outputLimitExceeded)
            #expect(Self.code(stream, container, limit: 0) == .outputLimitExceeded)
            #expect(Self.code(stream, container, limit: -1) == .outputLimitExceeded)
            #expect(Self.code(stream, container, limit: .max) == nil)
        }
    }

    @Test("A bomb is refused at the limit", .enabled(if: hasPython, needsPython))
    func bomb() throws {
        // A quarter of a gigabyte of zeros.
        let bomb = try Self.python(
            """
            c=zlib.compressobj(1)
            z=bytes(1<<20)
            for _ in range(256): sys.stdout.buffer.write(c.compress(z))
            sys.stdout.buffer.write(c.flush())
            """, [])
        #expect(bomb.count < 2_000_000)
        #expect(Self.code(bomb, .zlib, limit: 250_000) == .outputLimitExceeded)
    }

    @Test("A stream cut short anywhere is refused", arguments: Deflate.Container.allCases)
    func truncated(_ container: Deflate.Container) throws {
        for input in [Self.inputs[1], Self.inputs[2], Self.inputs[4]] {
            let stream = try Deflate.compress(input, container)
            for length in 0..<stream.count {
                #expect(Self.code(Array(stream.prefix(length)), container) == .truncated)
            }
        }
    }

    @Test("Anything after the end of the stream is refused, another stream too", arguments: Deflate.Container.allCases)
    func trailing(_ container: Deflate.Container) throws {
        for input in Self.inputs {
            let stream = try Deflate.compress(input, container)
            #expect(Self.code(stream + [0], container) == .trailingBytes)
            #expect(Self.code(stream + stream, container) == .trailingBytes)
        }
    }

    @Test("Altered checksums and streams of another container are refused; no altered stream crashes")
    func damaged() throws {
        let input = Array(String(repeating: "paragon ", count: 30).utf8)
        for container in Deflate.Container.allCases {
            let stream = try Deflate.compress(input, container)
            for other in Deflate.Container.allCases where other != container {
                #expect(Self.code(stream, other) != nil)
            }
            for index in stream.indices {
                for bit in 0..<8 {
                    var altered = stream
                    altered[index] ^= 1 << bit
                    let output = try? Deflate.decompress(altered, container, outputLimit: 1000)
                    // Some bits mean nothing (the time in a gzip header, which of two equal matches is repeated); the
                    // checksum stands for the rest. Raw data has none.
                    if container != .raw, let output { #expect(output == input) }
                }
            }
        }
        var wrongChecksum = try Deflate.compress(input, .zlib)
        wrongChecksum[wrongChecksum.count - 1] ^= 1
        #expect(Self.code(wrongChecksum, .zlib) == .damaged)
    }

    @Test("A stream that needs a dictionary we do not have is damaged", .enabled(if: hasPython, needsPython))
    func dictionary() throws {
        let stream = try Self.python(
            "c=zlib.compressobj(9,zlib.DEFLATED,15,8,0,b'paragon fiskalny')\nsys.stdout.buffer.write(c.compress(d)+c.flush())",
            Array("paragon fiskalny paragon".utf8))
        #expect(Self.code(stream, .zlib) == .damaged)
    }
}
