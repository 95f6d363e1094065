import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("QR texts of the shared samples")
struct FermaFixtureQRTests {
    @Test(
        "Valid ones are valid with their sum, invalid ones are not",
        .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
    func samples() throws {
        let samples = try JSON(parsing: SharedFixtures.bytes("ferma/receipt-qr.json"))
        for sample in try #require(samples["valid"]?.array) {
            let text = try #require(sample["qr"]?.string)
            let qr = try FermaQR(parsing: text)
            #expect(qr.total.minorUnits == sample["totalKopecks"]?.integer)
            #expect(qr.text == text)
        }
        for sample in try #require(samples["invalid"]?.array) {
            let text = try #require(sample["qr"]?.string)
            #expect(!QRReading(text).isValid, "\(sample["why"]?.string ?? "")")
        }
        for row in try #require(samples["map"]?.array) {
            let type = DocumentType(rawValue: try #require(row["DocumentType"]?.integer))
            #expect(type.qrSign.map(Int64.init) == row["n"]?.integer)
        }
        for row in try #require(samples["fiscalSignBase64"]?.array) {
            let sign = FiscalSign.number(tag1077: try #require(row["base64"]?.string))
            #expect(sign.map(Int64.init) == row["fiscalSign"]?.integer)
        }
    }
}
