import NIOCore
import NIOPosix
import Testing

/// A listener on 127.0.0.1 that never accepts, its backlog filled: on Linux, who connects hears nothing.
struct FullListener {
    let port: Int
    private let listener: any Channel
    private let waiting: [any Channel]

    init() async throws {
        self.listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1).serverChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(self.listener.localAddress)
        self.port = try #require(address.port)
        var waiting: [any Channel] = []
        // On a busy machine one attempt may run out of time although there is room.
        var failures = 0
        while failures < 5 {
            do {
                waiting.append(
                    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                        .connectTimeout(.milliseconds(100)).connect(to: address).get())
                failures = 0
            } catch {
                failures += 1
            }
            try #require(waiting.count < 100)
        }
        self.waiting = waiting
    }

    func close() async throws {
        for channel in self.waiting { try await channel.close() }
        try await self.listener.close()
    }
}
