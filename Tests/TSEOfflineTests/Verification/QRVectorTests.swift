import FiscalCore
import FiscalTestSupport
import TSEOffline
import Testing

@Suite("QR texts met in public") struct QRVectorTests {
    /// One vector of the fixtures.
    struct Vector: CustomTestStringConvertible {
        let json: JSON
        var id: String { self.json["id"]?.string ?? "" }
        var text: String { self.json["qr"]?.string ?? "" }
        var testDescription: String { self.id }
        func expected(_ name: String) -> String? { self.json["expect"]?[name]?.string }
    }

    static var vectors: [Vector] {
        get throws {
            let json = try JSON(parsing: SharedFixtures.bytes("tse/qr-vectors.json"))
            return (json["vectors"]?.array ?? []).map(Vector.init)
        }
    }

    @Test(
        "every vector gets its verdict, its curve and layout, and the message that was signed",
        .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
    func vectors() throws {
        let vectors = try Self.vectors
        try #require(vectors.count >= 20)
        for vector in vectors {
            let result = QRVerification(of: vector.text)
            #expect(result.verdict.rawValue == vector.expected("verdict"), "\(vector.id)")
            if let curve = vector.expected("curve") { #expect(result.curve?.name == curve, "\(vector.id)") }
            #expect(result.layout?.letter == vector.expected("layout"), "\(vector.id)")
            #expect(result.signatureForm?.rawValue == vector.expected("signatureForm"), "\(vector.id)")
            #expect(result.message.map { Hex.encode($0) } == vector.expected("messageHex"), "\(vector.id)")
            if let serial = vector.expected("sha256PublicPoint") { #expect(result.serial == serial, "\(vector.id)") }
        }
    }
}
