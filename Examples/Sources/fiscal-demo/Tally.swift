/// Counts what went as it should, and says so as it happens.
struct Tally {
    private(set) var passed = 0
    private(set) var failed = 0

    mutating func check(_ what: String, _ holds: Bool) {
        if holds { self.passed += 1 } else { self.failed += 1 }
        print("  \(holds ? "ok    " : "FAILED") \(what)")
    }
}
