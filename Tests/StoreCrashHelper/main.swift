import FiscalCore
import FiscalStore
import Foundation

// Commits numbered groups of records until it is killed, and prints each number once its commit has returned.
//
//     StoreCrashHelper <path of the store> <records per commit>
let arguments = CommandLine.arguments
guard arguments.count == 3, let width = Int(arguments[2]) else { exit(64) }
let store = try SQLiteStore(path: arguments[1])
let last = StoreKey(register: "till", space: "last", name: "number")
let start = try await store.record(last).flatMap { Int(String(decoding: $0.value, as: UTF8.self)) } ?? 0

for number in (start + 1)... {
    let value = Array("\(number)".utf8)
    let group = (0..<width).map { index in
        StoreChange.put(StoreKey(register: "till", space: "sale", name: "\(number)/\(index)"), value)
    }
    try await store.commit(group + [.put(last, value)])
    // write(2) itself: what was printed is in the pipe, whatever happens to this process next.
    let line = Array("\(number)\n".utf8)
    guard write(STDOUT_FILENO, line, line.count) == line.count else { exit(74) }
}
