public import FiscalCore
public import HTTPTypes

/// Says that an order was executed (section 2.3.1.5), after it was (decision P1).
public struct ConfirmOrder: WebApiCall {
    public struct Confirmed: Sendable, Hashable {
        public init() {}
    }

    /// What is confirmed. Kept with the executed order: a repeat says the same (decision P2).
    public struct Content: Sendable, Hashable {
        /// `commandId`, byte for byte as received.
        public var commandID: String
        /// `ExecTime`
        public var executedAt: FiscalInstant
        /// `Message` beside Code `"1"`; nil stands for Code `"0"`, executed. Never empty, 200 characters at the most.
        public private(set) var fault: String?

        /// - Parameter fault: why the order was not executed; nil when it was.
        public init(commandID: String, executedAt: FiscalInstant, fault: String? = nil) {
            self.commandID = commandID
            self.executedAt = executedAt
            self.fault = fault.map { $0.isEmpty ? "error" : String($0.prefix(200)) }
        }
    }

    public let content: Content
    public var method: HTTPRequest.Method { .post }
    public var path: String { "/api/Repository/Command" }

    public init(_ content: Content) {
        self.content = content
    }

    public var body: JSON? {
        var members: [JSON.Member] = [
            .init("commandId", .string(self.content.commandID)),
            .init("ExecTime", .string(self.content.executedAt.utcMilliseconds)),
            .init("Code", .string(self.content.fault == nil ? "0" : "1")),
        ]
        if let fault = self.content.fault { members.append(.init("Message", .string(fault))) }
        return .object(members)
    }

    public func read(
        _ status: Int, _ body: [UInt8], _ reader: inout WebApiReader
    ) throws(UnreadableMessage) -> Confirmed? {
        status == 204 ? Confirmed() : nil
    }
}
