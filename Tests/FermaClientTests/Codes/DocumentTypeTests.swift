import FermaClient
import Testing

@Suite("Kinds of receipt") struct DocumentTypeTests {
    @Test("the QR sign runs income, return of income, expense, return of expense")
    func qrSigns() {
        #expect((0...4).map { DocumentType(rawValue: $0).qrSign } == [1, 3, 2, 4, nil])
    }
}
