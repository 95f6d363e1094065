import NIOCore
import Synchronization

/// The lanes of a transport: those at work, and those that wait for the next exchange.
final class LanePool: Sendable {
    private struct State {
        var idle: [Lane] = []
        var running: [ObjectIdentifier: Lane] = [:]
        var isShutDown = false
    }

    /// So many waiting lanes are kept; a burst of exchanges makes more, which are closed afterwards.
    private static let mostIdle = 16

    private let template: LaneTemplate
    private let state = Mutex(State())

    init(template: LaneTemplate) {
        self.template = template
    }

    /// A lane for one exchange, or nil after the shutdown.
    func take(budget: TimeAmount) -> Lane? {
        self.state.withLock { state in
            guard !state.isShutDown else { return nil }
            let lane: Lane
            if let index = state.idle.lastIndex(where: { $0.budget == budget }) {
                lane = state.idle.remove(at: index)
            } else {
                lane = Lane(self.template, budget: budget)
            }
            state.running[ObjectIdentifier(lane)] = lane
            return lane
        }
    }

    /// The exchange went well: the lane may serve another.
    func giveBack(_ lane: Lane) {
        let surplus: Lane? = self.state.withLock { state in
            state.running[ObjectIdentifier(lane)] = nil
            guard !state.isShutDown else { return lane }
            state.idle.append(lane)
            return state.idle.count > Self.mostIdle ? state.idle.removeFirst() : nil
        }
        _ = surplus?.close()
    }

    /// The exchange failed: whatever is left of it ends with the lane.
    func discard(_ lane: Lane) {
        self.state.withLock { _ = $0.running.removeValue(forKey: ObjectIdentifier(lane)) }
        _ = lane.close()
    }

    /// Closes everything, and waits for that.
    func shutdown() async {
        for closing in self.close() {
            // The only error is "closed already", by an exchange that failed meanwhile.
            _ = try? await closing.get()
        }
    }

    @discardableResult
    func close() -> [EventLoopFuture<Void>] {
        let lanes = self.state.withLock { state in
            state.isShutDown = true
            let lanes = state.idle + state.running.values
            state.idle = []
            return lanes
        }
        return lanes.map { $0.close() }
    }
}
