import FiscalCore
public import FiscalSimulators
import Foundation
import Synchronization

/// The simulated OFD server with its state on disk: registers, counters, ledger.
public final class OFDOffice: Sendable {
    /// The registers that a client may take; each has its own books.
    public static let registers: ClosedRange<UInt32> = 100_001...100_010

    private let value: Mutex<OFDAuthority>
    private let state: StateFolder
    private static let file = "ofd.json"

    init(state: StateFolder) throws {
        self.state = state
        self.value = Mutex(
            try state.value(Self.file) {
                var authority = OFDAuthority()
                for id in Self.registers { authority.testRegister(id: id, token: 0x0102_0304 &+ (id - 100_001)) }
                return authority
            })
    }

    /// The authority as it stands.
    public var authority: OFDAuthority { self.value.withLock { $0 } }

    /// Changes the authority: its faults, its rules, a block.
    public func withAuthority<Value: Sendable>(_ body: (inout OFDAuthority) throws -> Value) rethrows -> Value {
        try self.value.withLock { try body(&$0) }
    }

    func accept(at now: FiscalInstant) -> SimulatedStreamGreeting {
        self.withAuthority { $0.accept(at: now) }
    }

    /// Handles one request; what it changed is on disk before the reply is known.
    func receive(_ request: [UInt8], at now: FiscalInstant) throws -> SimulatedStreamReply {
        try self.withAuthority { authority in
            let reply = authority.receive(request, at: now)
            try self.state.write([UInt8](JSONEncoder().encode(authority)), to: Self.file)
            return reply
        }
    }
}
