import FermaClient
import FiscalSimulators
import Foundation
import Testing

@Suite("Days on which everything goes wrong, against the simulated operator")
struct FermaFaultyDaysTests {
    /// `FISCAL_CAMPAIGN=long` takes a hundred times as many.
    static let seeds: ClosedRange<UInt64> =
        1...(ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" ? 2000 : 20)

    @Test("One document for each sale, known to the till; one body for each identifier", arguments: seeds)
    func day(_ seed: UInt64) async throws {
        var day = FermaFaultyDay(seed: seed)
        try await day.sell(25)
        let authority = day.transport.authority
        #expect(authority.ledger.doubled.isEmpty)
        #expect(authority.ledger.conflicting.isEmpty)
        let documents = authority.documents
        // The sum names the sale.
        let sold = documents.map { Int($0.total / 100) }
        // A sale whose first commit was lost was never submitted.
        #expect(Set(sold).count == sold.count)
        let known = try await day.known()
        #expect(Set(known.keys) == Set(sold))
        for document in documents { #expect(known[Int(document.total / 100)] == document.number) }
        #expect(known.count > 15)
    }
}
