import CZlib

/// DEFLATE compression (RFC 1951), bare or in one of its two containers.
public enum Deflate {
    /// What stands around the compressed data.
    public enum Container: Sendable, Hashable, CaseIterable {
        /// Nothing (RFC 1951).
        case raw
        /// Two bytes before, a checksum (Adler-32) after (RFC 1950).
        case zlib
        /// A file header before (without name and time), a checksum (CRC-32) and the length after (RFC 1952).
        case gzip

        /// How zlib is told: the window of 2¹⁵ bytes, negative for none, 16 more for gzip.
        fileprivate var windowBits: Int32 {
            switch self {
            case .raw: -15
            case .zlib: 15
            case .gzip: 15 + 16
            }
        }
    }

    /// One stream that holds `bytes`. The same bytes always give the same stream.
    public static func compress(_ bytes: [UInt8], _ container: Container) throws(CompressionError) -> [UInt8] {
        var stream = z_stream()
        guard fiscal_deflate_init(&stream, Z_DEFAULT_COMPRESSION, container.windowBits) == Z_OK else {
            throw CompressionError(.backend)
        }
        defer { deflateEnd(&stream) }
        let run = Self.run(&stream, bytes, outputLimit: .max) { deflate($0, $1 ? Z_FINISH : Z_NO_FLUSH) }
        guard run.status == Z_STREAM_END else { throw CompressionError(.backend) }
        return run.output
    }

    /// The bytes of the one stream that `bytes` must be, from the first byte to the last.
    /// - Parameter outputLimit: The most bytes that may come out; checked before they are kept.
    public static func decompress(
        _ bytes: [UInt8], _ container: Container, outputLimit: Int
    ) throws(CompressionError) -> [UInt8] {
        var stream = z_stream()
        guard fiscal_inflate_init(&stream, container.windowBits) == Z_OK else { throw CompressionError(.backend) }
        defer { inflateEnd(&stream) }
        let run = Self.run(&stream, bytes, outputLimit: max(0, outputLimit)) { stream, _ in
            inflate(stream, Z_NO_FLUSH)
        }
        guard !run.exceeded else { throw CompressionError(.outputLimitExceeded) }
        switch run.status {
        case Z_STREAM_END:
            guard run.consumed == bytes.count else { throw CompressionError(.trailingBytes) }
            return run.output
        case Z_OK, Z_BUF_ERROR: throw CompressionError(.truncated)
        case Z_MEM_ERROR: throw CompressionError(.backend)
        default: throw CompressionError(.damaged)
        }
    }

    private struct Run {
        var output: [UInt8] = []
        var consumed = 0
        var status = Z_OK
        var exceeded = false
    }

    /// Steps until the stream ends, fails, wants more than there is, or gives more than it may.
    /// - Parameter step: One call of zlib; its second argument says that no more input follows.
    private static func run(
        _ stream: inout z_stream, _ input: [UInt8], outputLimit: Int,
        _ step: (UnsafeMutablePointer<z_stream>, Bool) -> Int32
    ) -> Run {
        var run = Run()
        var scratch = [UInt8](repeating: 0, count: 32 * 1024)
        input.withUnsafeBufferPointer { source in
            scratch.withUnsafeMutableBufferPointer { target in
                repeat {
                    // zlib counts in 32 bits.
                    let given = min(source.count - run.consumed, Int(Int32.max))
                    stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress.map { $0 + run.consumed })
                    stream.avail_in = UInt32(given)
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    run.status = step(&stream, run.consumed + given == source.count)
                    run.consumed += given - Int(stream.avail_in)
                    let produced = target.count - Int(stream.avail_out)
                    guard produced <= outputLimit - run.output.count else {
                        run.exceeded = true
                        return
                    }
                    run.output.append(contentsOf: target.prefix(produced))
                    // Without output and without input left there is nothing to go on with.
                    if produced == 0, run.consumed == source.count { return }
                } while run.status == Z_OK
            }
        }
        return run
    }
}
