import FiscalCore
import FiscalTransport
import Testing

/// Long enough for a loaded machine.
let ample = Duration.seconds(60)

extension TCPTransport {
    init(_ server: StreamServer, host: String = "127.0.0.1", tls: TLS? = nil) throws {
        try self.init(host: host, port: server.port, tls: tls)
    }

    func connect() async throws -> any StreamConnection {
        try await self.connect(timeout: ample)
    }
}

extension StreamConnection {
    func send(_ bytes: [UInt8]) async throws { try await self.send(bytes, timeout: ample) }
    func receive() async throws -> [UInt8] { try await self.receive(timeout: ample) }

    /// Receives until so many bytes are there, or the peer has closed.
    func receive(count: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try await self.receive()
            if more.isEmpty { break }
            bytes += more
        }
        return bytes
    }
}

/// The call must fail; how.
func verdict(
    sourceLocation: SourceLocation = #_sourceLocation, _ call: () async throws -> Void
) async throws -> Verdict {
    do {
        try await call()
    } catch let error as TransportError {
        return Verdict(error)
    }
    Issue.record("the call went well", sourceLocation: sourceLocation)
    throw CancellationError()
}

/// More than a peer that does not read, and the systems between, will take.
let tooMuch = [UInt8](repeating: 7, count: 32 << 20)

/// Bytes of which each block differs from the others.
func pattern(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 4096)
    for block in 0... {
        guard bytes.count < count else { break }
        withUnsafeBytes(of: block.bigEndian) { bytes += $0 }
        bytes += [UInt8](repeating: UInt8(truncatingIfNeeded: block), count: 4088)
    }
    return Array(bytes.prefix(count))
}
