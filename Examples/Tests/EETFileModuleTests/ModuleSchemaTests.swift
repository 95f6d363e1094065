import EETFileModule
import EETProtocol
import FiscalCore
import FiscalSimulators
import Testing

/// Local validation against the tax office's: what the module lets through, the office's schema accepts.
@Suite struct ModuleSchemaTests {
    /// Values on both sides of each row's limits.
    private static let pools: [Int: [String]] = [
        4: ["", "CZ12345678", "CZ1234567890", "CZ12345678901", "cz12345678"],
        5: ["1", "999999", "0", "1000000", "007", "1.0", ""],
        6: ["1", "0aZ.,:;/#-_ ", "12345678901234567890", "123456789012345678901", "č", "&", "<"],
        8: [
            "2026-11-21T10:59:12+01:00", "2026-11-21T09:59:12Z", "2026-02-29T10:59:12+01:00",
            "2026-11-21T10:59:12-14:00",
            "2026-11-21T10:59:12+14:30", "2026-11-21T24:00:00+01:00", "2026-11-21T10:59:60+01:00", "2026-11-21",
        ],
        23: ["TRUE", "false", "0"],
    ]
    private static let amounts = [
        "0", "0.00", "1", "0.1", "-0.01", "99999999.99", "-99999999.99", "100000000", "-0", "00.10", "1e3", "1,5", "",
    ]

    @Test(
        "A random file is either refused here or accepted there: the office never answers 3",
        arguments: Edition.allCases)
    func neverASchemaError(edition: Edition) async throws {
        let desk = try Desk(edition)
        let noise = Noise(2026)
        var sent = 0
        for round in 0..<400 {
            func pick(_ pool: [String]) -> String { pool[Int(noise.bytes(count: 1)[0]) % pool.count] }
            var changes: [Int: String] = [:]
            // One to three rows are changed, so that many files stay valid.
            for _ in 0..<(1 + round % 3) {
                let row = 4 + Int(noise.bytes(count: 1)[0]) % 20
                if row != 7 { changes[row] = pick(Self.pools[row] ?? Self.amounts) }
            }
            try desk.writeReceipt("\(round)", changes)
            let before = desk.messages.count
            await desk.run()
            #expect(["", "1003"].contains(desk.output[5]), "\(changes): \(desk.output[5])")
            #expect((desk.output[5] == "") == (desk.messages.count == before + 1))
            if desk.output[5] == "" { sent += 1 }
        }
        // Both sides of the limits were met.
        #expect((50..<350).contains(sent), "\(sent)")
    }
}
