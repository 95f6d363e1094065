import FiscalCore
import Synchronization
import Testing

/// What several tasks write down.
private final class Notes: Sendable {
    let served = Mutex<[Int]>([])
    let inside = Mutex(0)
}

@Suite("One at a time, in the order of coming")
struct FairLockTests {
    @Test("Those who wait are let in in their order")
    func order() async throws {
        let lock = FairLock()
        let notes = Notes()
        try await lock.acquire()
        var tasks: [Task<Void, any Error>] = []
        for number in 1...20 {
            tasks.append(
                Task {
                    try await lock.acquire()
                    notes.served.withLock { $0.append(number) }
                    lock.release()
                })
            while lock.waitingCount < number { await Task.yield() }
        }
        lock.release()
        for task in tasks { try await task.value }
        #expect(notes.served.withLock { $0 } == Array(1...20))
    }

    @Test("Two hundred at once: never two inside")
    func exclusive() async throws {
        let lock = FairLock()
        let notes = Notes()
        try await withThrowingTaskGroup { group in
            for _ in 0..<200 {
                group.addTask {
                    try await lock.acquire()
                    notes.inside.withLock { $0 += 1 }
                    #expect(notes.inside.withLock { $0 } == 1)
                    await Task.yield()
                    notes.inside.withLock { $0 -= 1 }
                    lock.release()
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("Who is cancelled while he waits is turned away, and the next one gets in")
    func cancelledWhileWaiting() async throws {
        let lock = FairLock()
        try await lock.acquire()
        let impatient = Task { try await lock.acquire() }
        while lock.waitingCount < 1 { await Task.yield() }
        let patient = Task { try await lock.acquire() }
        while lock.waitingCount < 2 { await Task.yield() }
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        lock.release()
        try await patient.value
        lock.release()
    }

    @Test("Who comes cancelled does not get in, even where nobody waits")
    func cancelledBefore() async throws {
        let lock = FairLock()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await lock.acquire()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        // Nobody holds it.
        try await lock.acquire()
        lock.release()
    }
}
