import FiscalCore
import OFDKazProtocol
import Testing

@Suite("Where a register stands")
struct GeoPositionTests {
    @Test(
        "Degrees are read exactly, and rounded half up at the fourth digit",
        arguments: [
            ("51.1694", 511_694, "71.4491", 714_491), ("0", 0, "180", 1_800_000), ("90", 900_000, "0.0001", 1),
            ("43.23564", 432_356, "76.54325", 765_433), ("43.23565", 432_357, "76.543249999", 765_432),
            ("0.00005", 1, "0.00004", 0), ("89.99995", 900_000, "9.5", 95_000),
        ] as [(String, Int, String, Int)])
    func degrees(latitude: String, northern: Int, longitude: String, eastern: Int) throws {
        let position = try GeoPosition(latitude: latitude, longitude: longitude, source: "CELL")
        #expect(position.latitude == northern)
        #expect(position.longitude == eastern)
    }

    @Test("South, west and beyond the poles are not on this map")
    func ranges() {
        let field = "service.security_stats.geo_position"
        #expect(throws: InvalidField("\(field).latitude", .range, limit: "0...900000")) {
            try GeoPosition(latitude: 900_001, longitude: 0, source: "CELL")
        }
        #expect(throws: InvalidField("\(field).latitude", .range, limit: "0...900000")) {
            try GeoPosition(latitude: -1, longitude: 0, source: "CELL")
        }
        #expect(throws: InvalidField("\(field).longitude", .range, limit: "0...1800000")) {
            try GeoPosition(latitude: 0, longitude: 1_800_001, source: "CELL")
        }
        #expect(throws: InvalidField("\(field).source", .length, limit: "not empty")) {
            try GeoPosition(latitude: 0, longitude: 0, source: "")
        }
        #expect(throws: InvalidField("\(field).latitude", .range, limit: "0...900000")) {
            try GeoPosition(latitude: "90.00005", longitude: "0", source: "CELL")
        }
    }

    @Test(
        "What is no number of degrees is refused",
        arguments: ["", "-51.1", "51,1", "51.", ".5", "N51", "1e1", "99999999999999999999"])
    func texts(degrees: String) {
        let error = #expect(throws: InvalidField.self) {
            try GeoPosition(latitude: "51.1694", longitude: degrees, source: "CELL")
        }
        #expect(error?.field == "service.security_stats.geo_position.longitude")
        #expect(error?.rule == .pattern)
    }
}
