public import FiscalCore
import SwiftProtobuf

/// What a host shows, and a person looks at. Nothing here sends or changes anything.
extension OFDRegister {
    /// What happens from now on, as it happens.
    public nonisolated var events: AsyncStream<OFDEvent> { self.eventSources.stream() }

    /// One value to show on a till: what is stored, and what was seen since this process began.
    public var status: OFDStatus {
        var status = self.shown
        status.lastError = self.lastError
        status.clockIsBehindBy = self.clockIsBehindBy
        return status
    }

    /// What the server has told about the register.
    public var information: OFDInformation {
        let service = self.memory.service
        return OFDInformation(
            registration: self.registration, ads: service.ads, taxation: service.taxation,
            lastDocument: service.lastDocument)
    }

    /// How the document of a reference ended, or nil when the journal has none. Nothing is sent.
    public func outcome(of reference: String) async throws -> OFDOutcome? {
        guard let number = try await self.records.number(of: reference) else { return nil }
        return try await self.outcome(ofDocument: number)
    }

    /// The same by the number of the document.
    public func outcome(ofDocument number: Int64) async throws -> OFDOutcome? {
        let key = self.records.key(.document, number)
        return try await self.records.value(DocumentRecord.self, key)?.outcome(isFromJournal: true)
    }

    /// What a person has to look into, in the order in which it happened.
    /// - Parameter number: only incidents after this one.
    public func incidents(after number: Int64? = nil, limit: Int = 1000) async throws -> [OFDIncident] {
        try await self.records.values(OFDIncident.self, .incident, after: number, limit: limit)
    }

    /// The messages that wait, the next to be sent first.
    public func waitingMessages(limit: Int = 100) async throws -> [OFDWaitingMessage] {
        // Between two events, so that no message leaves meanwhile.
        try await self.locked { register in try await register.readWaitingMessages(limit: limit) }
    }

    private func readWaitingMessages(limit: Int) async throws -> [OFDWaitingMessage] {
        var messages: [OFDWaitingMessage] = []
        for message in self.memory.machine.queue.prefix(max(0, limit)) {
            let document = try await self.records.document(message.number)
            let payload: [UInt8] = try await self.records.request(message.number).request.serializedBytes()
            messages.append(
                OFDWaitingMessage(
                    number: message.number, kind: message.kind, reference: document.reference,
                    issuedAt: message.issuedAt, code: message.refusal, mayHaveArrived: message.wentUnanswered,
                    request: try PayloadJSON.text(of: payload, .request)))
        }
        return messages
    }

    /// The messages that were taken out of the queue.
    public func archive(after number: Int64? = nil, limit: Int = 1000) async throws -> [OFDArchivedMessage] {
        try await self.records.values(OFDArchivedMessage.self, .archive, after: number, limit: limit)
    }
}
