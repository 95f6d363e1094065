/// Lets one through at a time, in the order of their coming. Lives inside an actor.
final class CallLane {
    private var isTaken = false
    private var lastTicket = 0
    private var waiting: [(ticket: Int, continuation: CheckedContinuation<Bool, Never>)] = []

    /// Takes the lane when it is free.
    func enterIfFree() -> Bool {
        guard !self.isTaken else { return false }
        self.isTaken = true
        return true
    }

    /// A place in the queue, for ``giveUp(_:)``.
    func takeTicket() -> Int {
        self.lastTicket &+= 1
        return self.lastTicket
    }

    /// Waits for the lane.
    /// - Returns: false when the ticket was given up meanwhile; the lane is not taken then.
    func enter(_ ticket: Int, isolation: isolated (any Actor)? = #isolation) async -> Bool {
        if self.enterIfFree() { return true }
        return await withCheckedContinuation { self.waiting.append((ticket, $0)) }
    }

    /// Nobody waits with this ticket any more.
    func giveUp(_ ticket: Int) {
        guard let index = self.waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
        self.waiting.remove(at: index).continuation.resume(returning: false)
    }

    /// Lets the next one through.
    func leave() {
        guard !self.waiting.isEmpty else {
            self.isTaken = false
            return
        }
        self.waiting.removeFirst().continuation.resume(returning: true)
    }
}
