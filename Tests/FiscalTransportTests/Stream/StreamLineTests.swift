import FiscalCore
import Foundation
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import FiscalTransport

/// What waits between the network and the one who receives.
@Suite struct StreamLineTests {
    /// Counts how often more was asked of the network.
    private final class ReadCounter: ChannelOutboundHandler, Sendable {
        typealias OutboundIn = ByteBuffer
        let count = Mutex(0)

        func read(context: ChannelHandlerContext) {
            self.count.withLock { $0 += 1 }
        }
    }

    private let channel = NIOAsyncTestingChannel()
    private let counter = ReadCounter()
    private let line: StreamLine

    init() async throws {
        self.line = StreamLine(self.channel)
        let (channel, counter, line) = (self.channel, self.counter, self.line)
        let ready = channel.eventLoop.makePromise(of: Void.self)
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(counter)
            try channel.pipeline.syncOperations.addHandler(StreamHandler(line, ready: ready, usesTLS: false))
        }.get()
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 7777)).get()
        try await ready.futureResult.get()
    }

    private var reads: Int { self.counter.count.withLock { $0 } }

    @Test("Reading stops at a mebibyte that nobody receives, and goes on when somebody does")
    func backPressure() async throws {
        let piece = ByteBuffer(repeating: 7, count: 1 << 18)
        #expect(self.reads == 1)
        // Each delivery is followed by the next read, but for the one that fills the mebibyte.
        for expected in [2, 3, 4, 4] {
            try await self.channel.writeInbound(piece)
            #expect(self.reads == expected)
        }
        #expect(try await self.line.receive(timeout: .seconds(60)).get().count == 1 << 20)
        try await self.channel.testingEventLoop.executeInContext {}
        #expect(self.reads == 5)
        try await self.channel.close()
    }

    @Test("What came whole is received before the news that the connection has broken")
    func bytesBeforeError() async throws {
        try await self.channel.writeInbound(ByteBuffer(bytes: [1, 2, 3]))
        try await self.channel.testingEventLoop.executeInContext {
            self.channel.pipeline.fireErrorCaught(IOError(errnoCode: ECONNRESET, reason: "read"))
        }
        #expect(try await self.line.receive(timeout: .seconds(60)).get() == [1, 2, 3])
        let found = try await verdict { _ = try await self.line.receive(timeout: .seconds(60)).get() }
        #expect(found == Verdict(.notDelivered, .closed))
    }
}
