public import FiscalCore

/// The process data of a receipt, `Kassenbeleg-V1` (DSFinV-K, annex I):
/// `Beleg^75.33_7.99_0.00_0.00_0.00^10.00:Bar_64.30:Unbar`.
///
/// Valid by having been made, and so fit to be signed. What a stranger's receipt says is read by ``ProcessDataReading``.
public struct ProcessData: Sendable, Hashable {
    public let type: Vorgangstyp
    public let gross: GrossSums
    /// In the order in which they are written, at most one for each kind and currency.
    public let payments: [ProcessPayment]

    /// - Parameter payments: in any order; those of one kind and currency are added up.
    /// - Throws: `InvalidField` when a sum is not in euro, a payment's currency has not two digits (the form has no
    ///   others), payments are missing although a sum is not 0, or all are in euro and do not make up the sums.
    public init(_ type: Vorgangstyp, gross: GrossSums, payments: [ProcessPayment]) throws(InvalidField) {
        for (index, sum) in gross.all.enumerated() where sum.currency != .eur {
            throw InvalidField("gross[\(index)]", .oneOf, limit: "EUR")
        }
        self.type = type
        self.gross = gross
        self.payments = try Self.merged(payments)
        if self.payments.isEmpty, !gross.all.allSatisfy({ $0.minorUnits == 0 }) {
            throw InvalidField("payments", .required, limit: "a payment, unless all sums are 0.00")
        }
        guard try self.paymentsMakeUpTheSums() != false else {
            throw InvalidField("payments", .consistency, limit: "together as much as the five sums")
        }
    }

    /// One payment for each kind and currency, in their order.
    private static func merged(_ payments: [ProcessPayment]) throws(InvalidField) -> [ProcessPayment] {
        var merged: [ProcessPayment] = []
        for (index, payment) in payments.enumerated() {
            guard payment.amount.currency.minorDigits == 2 else {
                throw InvalidField("payments[\(index)]", .oneOf, limit: "currencies written with two decimals")
            }
            let same = merged.firstIndex {
                $0.kind == payment.kind && $0.amount.currency == payment.amount.currency
            }
            guard let same else {
                merged.append(payment)
                continue
            }
            do { merged[same].amount = try merged[same].amount + payment.amount } catch {
                throw InvalidField("payments[\(index)]", .range, limit: "a sum within 64 bits of cents")
            }
        }
        // No two are equal, so that the order is strict.
        return merged.sorted { !ProcessPayment.isOrdered($1, $0) }
    }

    private func paymentsMakeUpTheSums() throws(InvalidField) -> Bool? {
        do { return try Self.paymentsMakeUp(self.gross.all, self.payments) } catch {
            throw InvalidField("gross", .range, limit: "sums within 64 bits of cents")
        }
    }

    /// Whether payments and sums are equal; nil when a payment is in another currency, for its rate is unknown here.
    static func paymentsMakeUp(_ gross: [Money], _ payments: [ProcessPayment]) throws(MoneyError) -> Bool? {
        guard payments.allSatisfy({ $0.amount.currency == .eur }) else { return nil }
        return try Money.sum(gross, in: .eur) == Money.sum(payments.map(\.amount), in: .eur)
    }

    /// The canonical text: what is handed to the TSE.
    public var text: String {
        let sums = self.gross.all.map(\.text).joined(separator: "_")
        return "\(self.type.rawValue)^\(sums)^\(self.payments.map(\.text).joined(separator: "_"))"
    }
}

extension ProcessData: CustomStringConvertible {
    public var description: String { self.text }
}
