import CRKProtocol
import FiscalCore
import Synchronization

/// The memories and the printer of a register: they count what is written into them, and refuse what must not happen
/// twice.
final class TestDevice: FiscalisationDevice {
    /// What goes wrong at a step.
    enum Trouble: Sendable {
        /// Fails before anything is written.
        case before
        /// Fails after everything is written.
        case after
        /// Fails before anything is written, and cannot tell afterwards.
        case cannotTell
    }

    struct Broken: Error {}

    private struct State: Sendable {
        var performed: [FiscalisationStep] = []
        var troubles: [FiscalisationStep: Trouble] = [:]
        var undecided: Set<FiscalisationStep> = []
        var facts: FiscalisationFacts?
        var report: Int64?
    }

    private let state = Mutex(State())
    private let memory: MemoryOfDocuments

    init(_ memory: MemoryOfDocuments) {
        self.memory = memory
    }

    /// Every step that was carried out, in order, each as often as it was.
    var performed: [FiscalisationStep] { self.state.withLock { $0.performed } }
    var facts: FiscalisationFacts? { self.state.withLock { $0.facts } }
    /// The number of the fiscal report.
    var report: Int64? { self.state.withLock { $0.report } }

    /// The next time at this step.
    func plan(_ trouble: Trouble, at step: FiscalisationStep) { self.state.withLock { $0.troubles[step] = trouble } }

    func isDone(_ step: FiscalisationStep, _ facts: FiscalisationFacts) async throws -> DeviceAnswer {
        self.state.withLock { state in
            if state.undecided.contains(step) { return .cannotTell }
            return state.performed.contains(step) ? .done(report: state.report) : .notDone
        }
    }

    func perform(_ step: FiscalisationStep, _ facts: FiscalisationFacts) async throws -> Int64? {
        let trouble = self.state.withLock { state in
            state.facts = facts
            return state.troubles.removeValue(forKey: step)
        }
        switch trouble {
        case .before: throw Broken()
        case .cannotTell:
            self.state.withLock { _ = $0.undecided.insert(step) }
            throw Broken()
        case .after, nil:
            let report = step == .makeFiscalReport ? try self.memory.add(.rf) : nil
            self.state.withLock { state in
                state.performed.append(step)
                state.report = report ?? state.report
                state.undecided.remove(step)
            }
            if trouble != nil { throw Broken() }
            return report
        }
    }
}
