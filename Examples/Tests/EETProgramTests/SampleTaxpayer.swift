import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTransport

/// Key files made by the simulated tax office, valid now.
enum SampleTaxpayer {
    static let office = made { try EETAuthorityIdentity(at: SystemClock().now(), random: SystemRandomSource()) }
    static let main = credentials("CZ1212121218")
    static let other = credentials("CZ00000019", isLegacy: false)
    static let expired = credentials("CZ1212121218", validDays: -300 ... -2)

    static func credentials(_ dic: String, isLegacy: Bool = true, validDays: ClosedRange<Int64>? = nil)
        -> EETCredentials
    {
        made {
            try office.issueCredentials(
                dic: dic, isLegacy: isLegacy, validDays: validDays, at: SystemClock().now(),
                random: SystemRandomSource())
        }
    }

    private static func made<Value>(_ make: () throws -> Value) -> Value {
        do { return try make() } catch { preconditionFailure("\(error)") }
    }

    /// Rows of an `eetin.txt`.
    static func rows(_ replacements: [Int: String] = [:]) -> [String] {
        var rows = [
            "TRUE", "FALSE", "CZ1212121218", "", "273", "/5546/RO24", "0/6460/ZQ42", "2026-11-21T10:59:12+01:00",
            "121.00", "0", "100.00", "21.00", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "FALSE",
        ]
        for (row, text) in replacements { rows[row - 1] = text }
        return rows
    }

    static func input(_ replacements: [Int: String] = [:]) -> String {
        Self.rows(replacements).map { $0 + "\r\n" }.joined()
    }
}
