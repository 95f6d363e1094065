import FiscalCore
import FiscalStore
import FiscalTestSupport
import Foundation
import Testing

@Suite("A crash of the process") struct StoreCrashTests {
    private static let recordsPerCommit = 3

    @Test("After SIGKILL at random moments every commit that had returned is there, and none is half there")
    func killed() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store.sqlite")
        var printed = 0
        for _ in 0..<40 {
            let last = try await Self.aside { try Self.runAndKill(path, afterNumbers: Int.random(in: 0...12)) }
            printed = max(printed, last)
            let store = try SQLiteStore(path: path)
            let committed = try await Self.lastNumber(store)
            // One commit may have been carried out without its return having been seen.
            #expect(committed == printed || committed == printed + 1)
            let records = try await store.records(register: "till", space: "sale", after: nil, limit: .max)
            #expect(records.count == committed * Self.recordsPerCommit)
            #expect(Set(records.map(\.revision)).count == committed)
            printed = committed
        }
        #expect(printed > 40)
    }

    @Test("A file whose making was interrupted by SIGKILL opens, and holds every commit that had returned")
    func killedWhileMade() async throws {
        let folder = try TemporaryFolder()
        for round in 0..<25 {
            let path = folder.path("\(round)/store.sqlite")
            let printed = try await Self.aside { try Self.runAndKill(path, afterNumbers: 0) }
            let store = try SQLiteStore(path: path)
            let committed = try await Self.lastNumber(store)
            #expect(committed == printed || committed == printed + 1)
            try await store.commit([.put(StoreKey(register: "till", space: "next", name: ""), [])])
        }
    }

    /// Runs work that blocks where it blocks no other test.
    private static func aside<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
        }
    }

    private static func lastNumber(_ store: SQLiteStore) async throws -> Int {
        let record = try await store.record(StoreKey(register: "till", space: "last", name: "number"))
        return record.flatMap { Int(String(decoding: $0.value, as: UTF8.self)) } ?? 0
    }

    /// Starts the helper, lets it print some numbers, kills it within the next commits; the last number it printed.
    private static func runAndKill(_ path: String, afterNumbers count: Int) throws -> Int {
        let (process, output) = (Process(), Pipe())
        process.executableURL = Self.helper
        process.arguments = [path, "\(Self.recordsPerCommit)"]
        process.standardOutput = output
        try process.run()
        var bytes: [UInt8] = []
        while bytes.count(where: { $0 == UInt8(ascii: "\n") }) < count {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { break }
            bytes += more
        }
        // A moment that has nothing to do with where the helper is.
        let end = ContinuousClock.now + .microseconds(Int.random(in: 0...(count == 0 ? 60_000 : 4_000)))
        while ContinuousClock.now < end {}
        kill(process.processIdentifier, SIGKILL)
        bytes += output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationReason == .uncaughtSignal)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").last.flatMap { Int($0) } ?? 0
    }

    /// The helper lies beside the test bundle (macOS) or the test program (Linux).
    private static var helper: URL {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
        let program = bundle?.bundleURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return program.deletingLastPathComponent().appendingPathComponent("StoreCrashHelper")
    }
}
