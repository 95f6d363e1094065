public import FiscalCore
public import HTTPTypes

/// Whether the WebApi answers this register (section 2.3.1.3).
public struct Ping: WebApiCall {
    public struct Pong: Sendable, Hashable {
        public init() {}
    }

    public var method: HTTPRequest.Method { .get }
    public var path: String { "/api/Repository/Ping" }
    public var body: JSON? { nil }

    public init() {}

    public func read(
        _ status: Int, _ body: [UInt8], _ reader: inout WebApiReader
    ) throws(UnreadableMessage) -> Pong? {
        status == 204 ? Pong() : nil
    }
}
