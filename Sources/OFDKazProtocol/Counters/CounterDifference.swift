import FiscalCore

/// One counter that the register and the server do not agree on. The server's value is the one that counts from then on
/// (decision K26); this is what is written down about it.
public struct CounterDifference: Sendable, Hashable, Codable {
    /// What the difference means.
    public enum Weight: String, Sendable, Hashable, Codable, CaseIterable {
        /// A count of offline documents. A document whose answer was lost was sent twice, once as an online one and once
        /// as an offline one, and nobody but the server knows which of the two it has counted.
        case note
        /// Any other counter.
        case incident
        /// A sum since registration is smaller at the server than here, though such a sum can only grow.
        case fallenNonNullableSum
    }

    public enum Value: Sendable, Hashable, Codable {
        case count(UInt32)
        case sum(tiyn: Int64)
        /// Whether a shift is open: X says yes, Z says no.
        case report(ReportType)
    }

    /// The way to the counter in a report: `ticket_operations[OPERATION_SELL].payments[PAYMENT_CASH].sum`.
    public var field: String
    public var local: Value
    public var server: Value
    public var weight: Weight

    public init(field: String, local: Value, server: Value, weight: Weight) {
        self.field = field
        self.local = local
        self.server = server
        self.weight = weight
    }
}

extension CounterDifference.Value: CustomStringConvertible {
    public var description: String {
        switch self {
        case .count(let count): String(count)
        case .sum(let tiyn): Money(minorUnits: tiyn, currency: .kzt).text
        case .report(let type): type.documentName
        }
    }
}

extension CounterDifference: CustomStringConvertible {
    public var description: String { "\(self.field): \(self.local) here, \(self.server) at the server" }
}
