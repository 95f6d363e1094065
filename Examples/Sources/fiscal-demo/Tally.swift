import Foundation

/// Counts what went as it should, and says so as it happens.
struct Tally {
    private(set) var passed = 0
    private(set) var failed = 0

    mutating func check(_ what: String, _ holds: Bool) {
        if holds { self.passed += 1 } else { self.failed += 1 }
        say("  \(holds ? "ok    " : "FAILED") \(what)")
    }
}

/// One line on standard output, at once, also when that is a file or a pipe.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}
