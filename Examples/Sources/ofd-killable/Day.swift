import FiscalCore
import OFDKazProtocol

/// Fifty documents: sales, returns, purchases, cash in and out, two closes and reports, through an outage.
enum Day {
    static let length = 50
    /// While these are issued there is no link.
    static let outage = 16...30
    /// While these are issued the server hears and answers, and the answers get lost.
    static let losesAnswers: Set<Int> = [8, 12, 33]

    static func issue(
        _ place: Int, at register: OFDRegister, after receipts: [Receipts.Line]
    ) async throws -> OFDOutcome {
        let reference = "document-\(place)"
        let cashier = Operator(code: 7, name: "Айгүл")
        switch place {
        case 1, 20, 36:
            return try await register.place(
                MoneyPlacement(operation: .deposit, sum: Self.tenge(5_000), operator: cashier), reference: reference)
        case 10, 28:
            return try await register.place(
                MoneyPlacement(operation: .withdrawal, sum: Self.tenge(700), operator: cashier), reference: reference)
        case 15, 29, 41: return try await register.xReport(reference: reference)
        case 25: return try await register.closeShift(CloseShift(operator: cashier), reference: reference)
        case 45, 50:
            return try await register.closeShift(
                CloseShift(operator: cashier, withdrawsMoney: true), reference: reference)
        case 13, 22, 38:
            return try await register.issue(
                try Self.purchase(place, cashier), reference: reference)
        default:
            return try await register.issue(try Self.sale(place, cashier), reference: reference)
        }
    }

    /// What the receipt of a sale or purchase comes to, in tiyn; nil for other documents.
    static func total(_ place: Int) -> Int64? {
        let others: Set<Int> = [1, 10, 15, 20, 25, 28, 29, 36, 41, 45, 50]
        guard !others.contains(place) else { return nil }
        // As below: price × quantity / 1000, half up.
        let price = Int64(place * 137 + 250)
        return (price * Int64(1_000 + place * 125) + 500) / 1_000
    }

    private static func sale(_ place: Int, _ cashier: Operator) throws -> Ticket {
        var sale = try Self.builder(.sell, place, cashier)
        if place.isMultiple(of: 3) { sale.pay(card: nil) } else { sale.pay(cash: Self.tenge(10_000)) }
        return try sale.build()
    }

    private static func purchase(_ place: Int, _ cashier: Operator) throws -> Ticket {
        var purchase = try Self.builder(.buy, place, cashier)
        purchase.pay(cash: nil)
        return try purchase.build()
    }

    private static func builder(_ operation: OperationType, _ place: Int, _ cashier: Operator) throws -> TicketBuilder {
        var builder = TicketBuilder(operation, operator: cashier)
        try builder.add(
            "Товар \(place)", price: Money(minorUnits: Int64(place * 137 + 250), currency: .kzt),
            quantity: Quantity(thousandths: Int64(1_000 + place * 125)), section: place.isMultiple(of: 2) ? "1" : "2",
            unit: "796", vat: place.isMultiple(of: 5) ? nil : .inside(try Rate(percent: "12")))
        return builder
    }

    private static func tenge(_ amount: Int64) -> Money { Money(minorUnits: amount * 100, currency: .kzt) }
}
