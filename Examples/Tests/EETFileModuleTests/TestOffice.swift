import EETFileModule
import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalStore
import Foundation
import Synchronization

/// The simulated tax office with its keys, which take long to make and are shared by all tests.
enum TestOffice {
    /// 2026-11-21T10:00:00Z.
    static let start = FiscalInstant(secondsSinceEpoch: 1_795_255_200)
    static let playground = made { try EETAuthorityIdentity(environment: .playground, at: start, random: Noise(1)) }
    static let production = made { try EETAuthorityIdentity(environment: .production, at: start, random: Noise(2)) }
    /// A playground certificate of the number that the source document allows there.
    static let testTaxpayer = made {
        try playground.issueCredentials(dic: "CZ1212121218", at: start, random: Noise(3))
    }
    /// A playground certificate of somebody else.
    static let otherTestTaxpayer = made {
        try playground.issueCredentials(dic: "CZ00000019", at: start, random: Noise(4))
    }
    /// A merchant's own certificate.
    static let merchant = made {
        try production.issueCredentials(dic: "CZ00000019", at: start, random: Noise(5))
    }
    /// A certificate that has expired.
    static let expired = made {
        try playground.issueCredentials(
            dic: "CZ1212121218", validDays: -300 ... -2, at: start, random: Noise(6))
    }
    /// The vendor of the module, and somebody who is not.
    static let vendor = made { try PrivateKey.generateRSA(bits: 2048) }
    static let stranger = made { try PrivateKey.generateRSA(bits: 2048) }

    private static func made<Value>(_ make: () throws -> Value) -> Value {
        do { return try make() } catch { preconditionFailure("\(error)") }
    }
}

/// Bytes that differ from call to call and repeat from run to run.
final class Noise: RandomSource {
    private let state: Mutex<UInt64>

    init(_ seed: UInt64) { self.state = Mutex(seed &* 0x9E37_79B9_7F4A_7C15 | 1) }

    func bytes(count: Int) -> [UInt8] {
        self.state.withLock { state in
            (0..<count).map { _ in
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                return UInt8(truncatingIfNeeded: state >> 32)
            }
        }
    }
}

/// A clock that stands still.
struct StillClock: FiscalClock {
    var instant = TestOffice.start
    func now() -> FiscalInstant { self.instant }
    func sleep(until instant: FiscalInstant) async throws {}
    func elapsed() -> Duration { .zero }
    func sleep(for duration: Duration) async throws {}
}

/// Lines that a run said.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { self.lines.withLock { $0 } }
    func add(_ line: String) { self.lines.withLock { $0.append(line) } }
    func contains(_ text: String) -> Bool { self.all.contains { $0.contains(text) } }
}
