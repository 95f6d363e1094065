import Foundation
import Synchronization

/// Counts the moments of a run at which a crash would leave something half done, and ends the process at one of them,
/// without a chance to clean up.
public final class KillPlan: Sendable {
    private let moment: Int
    private let passed = Mutex(0)

    /// - Parameter moment: at which to die, counted from 1; a number beyond the last one lets the run end.
    public init(dieAt moment: Int) {
        self.moment = moment
    }

    /// A moment has come.
    public func pass(_ name: String) {
        let count = self.passed.withLock { passed in
            passed += 1
            return passed
        }
        guard count == self.moment else { return }
        FileHandle.standardError.write(Data("killed at \(count): \(name)\n".utf8))
        kill(getpid(), SIGKILL)
        // The signal is delivered before kill returns to user mode on one thread only; nothing may go on meanwhile.
        while true { pause() }
    }
}
