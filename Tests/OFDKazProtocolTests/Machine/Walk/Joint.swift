import FiscalCore
import OFDKazProtocol

/// A register and its server, with what an all-knowing observer remembers of the documents.
///
/// One value of the machine is enough for every point of a crash: the machine is committed before a request leaves and
/// after each report, so a crash before a commit takes it back to the value that stands here.
struct Joint {
    var machine: RegisterMachine
    var authority: ModelAuthority
    var now: FiscalInstant
    /// The request on its way to the server.
    var flight: Transmission?
    /// The pair of the service request that was started last.
    var servicePair: RequestPair?
    /// A request that the register has given up and that may reach the server yet.
    var delayed: ModelRequest?
    /// The messages that are neither settled nor set apart, in the order of issue.
    var outstanding: [Issued] = []
    /// The number of the document that the server kept last.
    var lastKept: Int64 = 0
    /// The server and the register may differ about the token, for a reason that no register could have helped.
    var isOutOfStep = false
    /// What the register counts and the server does not (+1), and the reverse (−1), by document; without zeros.
    var difference: [Difference] = []
    /// Documents that a person archived, or sent a second time, while the outcome was unknown.
    var apart: [Int64] = []

    struct Issued {
        var number: Int64
        var kind: MessageKind
        var pair: RequestPair?
        /// The pair may change at the next attempt.
        var mayRenumber = false
        /// How often the server kept it, or for a report: answered it.
        var kept = 0
        /// A person sent it again although the server had it.
        var isDoubledByPerson = false
    }

    struct Difference {
        var number: Int64
        var count: Int
    }

    static let start = FiscalInstant(secondsSinceEpoch: 1_800_000_000)

    init(rules: RegisterRules, reading: ModelAuthority.Reading, rotatesOnInfo: Bool) {
        let token: UInt32 = 1
        self.machine = RegisterMachine(rules: rules, state: RegisterState(token: token))
        self.authority = ModelAuthority(reading: reading, rotatesOnInfo: rotatesOnInfo, issued: token)
        self.now = Self.start
    }

    /// The state that every recovery must reach.
    var isRecovered: Bool {
        self.flight == nil && self.machine.mode == .online && self.machine.queue.isEmpty
            && self.machine.state.openService == nil && !self.machine.state.infoIsDue
    }

    mutating func count(_ number: Int64, by change: Int) {
        if let index = self.difference.firstIndex(where: { $0.number == number }) {
            self.difference[index].count += change
            if self.difference[index].count == 0 { self.difference.remove(at: index) }
        } else {
            self.difference.append(Difference(number: number, count: change))
        }
    }
}

/// A statement about register and server does not hold.
struct Violation: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
