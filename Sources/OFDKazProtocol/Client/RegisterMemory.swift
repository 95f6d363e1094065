import FiscalCore

/// One register in memory, and what of it the store holds.
struct RegisterMemory: Sendable {
    var machine: RegisterMachine
    var state: StoredState
    var counters: RegisterCounters
    var service: StoredService
    /// What the store holds; nil before the first commit of a new register.
    private(set) var stored: Stored?

    struct Stored: Sendable {
        /// The bytes of the state: whoever finds others there was not the last to decide.
        var state: [UInt8]
        var counters: RegisterCounters
        var service: StoredService
        var head: QueuedMessage?
        /// The number of the last message that was put into the queue.
        var last: Int64
    }

    /// A register that has never worked.
    init(_ configuration: OFDConfiguration) {
        self.state = StoredState(id: configuration.identity.id, token: configuration.identity.token)
        self.machine = RegisterMachine(rules: configuration.rules, state: self.state.machine)
        self.counters = RegisterCounters()
        self.service = StoredService()
    }

    /// Reads a register; a new one when the store has none.
    static func read(_ records: RegisterRecords, _ configuration: OFDConfiguration) async throws -> Self {
        while true {
            let record = try await records.store.record(records.state)
            guard let record else { return Self(configuration) }
            let memory = try await Self(record, records, configuration)
            // Another process may have written while we read.
            if try await records.store.record(records.state)?.value == record.value { return memory }
        }
    }

    private init(
        _ record: StoreRecord, _ records: RegisterRecords, _ configuration: OFDConfiguration
    ) async throws {
        let state = try StoredForms.decode(StoredState.self, from: record)
        guard state.id == configuration.identity.id else {
            throw OFDError(.foreignStore, "the store holds register \(state.id) under this name")
        }
        guard let counters = try await records.value(RegisterCounters.self, records.counters),
            let service = try await records.value(StoredService.self, records.service)
        else { throw OFDError(.damagedJournal, "the counters are not in the store") }
        let queue = try await records.values(QueuedMessage.self, .queue)
        self.state = state
        self.machine = RegisterMachine(rules: configuration.rules, state: state.machine, queue: queue)
        self.counters = counters
        self.service = service
        self.stored = Stored(
            state: record.value, counters: counters, service: service, head: queue.first,
            last: state.machine.lastNumber)
    }

    /// Whether a commit has put a message into the store.
    func isKept(_ number: Int64) -> Bool { self.stored.map { $0.last >= number } ?? false }

    /// The changes that bring the store to what is here, and what the store holds once they are done.
    func changes(_ records: RegisterRecords) throws(OFDError) -> (changes: [StoreChange], stored: Stored) {
        var state = self.state
        state.machine = self.machine.state
        state.commit &+= 1
        let stateBytes = try StoredForms.encode(state)
        var changes: [StoreChange] = [.put(records.state, stateBytes)]
        if self.stored?.counters != self.counters {
            changes.append(.put(records.counters, try StoredForms.encode(self.counters)))
        }
        if self.stored?.service != self.service {
            changes.append(.put(records.service, try StoredForms.encode(self.service)))
        }
        // Only the head of the queue changes or leaves, and messages join at the tail.
        let head = self.machine.head
        if let gone = self.stored?.head, gone.number != head?.number {
            changes.append(.remove(records.key(.queue, gone.number)))
            changes.append(.remove(records.key(.body, gone.number)))
        }
        let last = self.stored?.last ?? 0
        if let head, head != self.stored?.head, head.number <= last {
            changes.append(.put(records.key(.queue, head.number), try StoredForms.encode(head)))
        }
        for message in self.machine.queue.reversed() {
            guard message.number > last else { break }
            changes.append(.put(records.key(.queue, message.number), try StoredForms.encode(message)))
        }
        return (
            changes,
            Stored(
                state: stateBytes, counters: self.counters, service: self.service, head: head,
                last: max(last, self.machine.state.lastNumber))
        )
    }

    /// The store has taken the changes.
    mutating func committed(_ stored: Stored) {
        self.stored = stored
        self.state.commit &+= 1
    }
}
