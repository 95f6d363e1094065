import FiscalCore
import FiscalTestSupport
import Testing

@testable import TSEOffline

@Suite("Elements of the signed message") struct DERTests {
    static func hex(_ bytes: [UInt8]) -> String { Hex.encode(bytes) }

    @Test("an INTEGER is two's complement, as short as possible")
    func integers() {
        // X.690 §8.3; 225 is confirmed on real receipts.
        let contents: [(UInt64, String)] = [
            (0, "00"), (1, "01"), (127, "7f"), (128, "0080"), (225, "00e1"), (255, "00ff"), (256, "0100"),
            (32767, "7fff"), (32768, "008000"), (65535, "00ffff"), (65536, "010000"), (4_294_967_295, "00ffffffff"),
            (4_294_967_296, "0100000000"), (9_223_372_036_854_775_807, "7fffffffffffffff"),
            (9_223_372_036_854_775_808, "008000000000000000"), (.max, "00ffffffffffffffff"),
        ]
        for (number, content) in contents { #expect(Self.hex(DER.integerContent(number)) == content) }
        let negative: [(Int64, String)] = [
            (-1, "ff"), (-128, "80"), (-129, "ff7f"), (-256, "ff00"), (-32769, "ff7fff"), (.min, "8000000000000000"),
            (5, "05"), (128, "0080"),
        ]
        for (number, content) in negative { #expect(Self.hex(DER.integerContent(number)) == content) }
    }

    @Test("lengths take one octet below 128, then as many as they need")
    func lengths() {
        let heads: [(Int, String)] = [
            (0, "8200"), (1, "8201"), (127, "827f"), (128, "828180"), (255, "8281ff"), (256, "82820100"),
            (65535, "8282ffff"), (65536, "8283010000"),
        ]
        for (count, head) in heads {
            let element = DER.element(0x82, [UInt8](repeating: 0x41, count: count))
            #expect(Self.hex(Array(element.dropLast(count))) == head)
        }
    }

    @Test("object identifiers of the message and of the algorithms")
    func objectIdentifiers() throws {
        func element(_ numbers: [UInt64]) -> String {
            Self.hex(DER.element(0x06, DER.objectIdentifierContent(numbers)))
        }
        #expect(element(LogMessage.transactionLog) == "060904007f000703070101")
        let names = [
            "ecdsa-plain-SHA224": "060a04007f00070101040102", "ecdsa-plain-SHA256": "060a04007f00070101040103",
            "ecdsa-plain-SHA384": "060a04007f00070101040104", "ecdsa-plain-SHA512": "060a04007f00070101040105",
            "ecdsa-plain-SHA3-256": "060a04007f00070101040109", "ecsdsa-plain-SHA256": "060a04007f00070101040402",
        ]
        for (name, expected) in names {
            let algorithm = try #require(TSEAlgorithm(name: name))
            #expect(element(algorithm.objectIdentifier) == expected, "\(name)")
        }
        // An arc above 127 takes two octets: RSA's 1.2.840.113549.
        #expect(element([1, 2, 840, 113_549]) == "06062a864886f70d")
    }

    @Test("process data of layout B stand in octet strings inside an element of indefinite length")
    func layoutB() {
        let data = Array("Beleg^17.67_38.71_0.00_0.00_0.00^56.38:Unbar".utf8)
        let first = "Beleg^17.67_38.71_0.00_0.00_0.00^".utf8.count
        #expect(
            Self.hex(LogMessage.element(data, .split(first)))
                == "a280042142656c65675e31372e36375f33382e37315f302e30305f302e30305f302e30305e"
                + "040b35362e33383a556e6261720000")
        let one = Array("Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar".utf8)
        #expect(
            Self.hex(LogMessage.element(one, .constructed))
                == "a280042742656c65675e312e30305f302e30305f302e30305f302e30305f302e30305e312e30303a4261720000")
        #expect(Self.hex(LogMessage.element([], .constructed)) == "a28004000000")
        #expect(Self.hex(LogMessage.element([], .primitive)) == "8200")
    }

    @Test("the log time in its three formats, to the second, whatever the case of the name")
    func logTimes() throws {
        let time = try #require(FiscalInstant(utcMilliseconds: "2026-02-03T04:05:06.789Z"))
        let formats = [
            "unixTime": "0204698173f2", "UnixTime": "0204698173f2", "UNIXTIME": "0204698173f2",
            "utcTime": "170d3236303230333034303530365a", "utcTimeWithSeconds": "170d3236303230333034303530365a",
            "generalizedTime": "180f32303236303230333034303530365a",
        ]
        for (name, expected) in formats {
            let format = try #require(LogTimeFormat(name: name))
            #expect(LogMessage.element(time, format).map(Self.hex) == expected, "\(name)")
        }
        #expect(LogTimeFormat(name: "unix") == nil)
        let late = try #require(FiscalInstant(utcMilliseconds: "2050-01-01T00:00:00.000Z"))
        #expect(LogMessage.element(late, .utcTime) == nil)
        #expect(LogMessage.element(late, .generalizedTime) != nil)
    }

    @Test(
        "the vectors at hand", .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
    func vectors() throws {
        let json = try JSON(parsing: SharedFixtures.bytes("tse/tlv-elements.json"))
        for vector in json["integerContents"]?.array ?? [] {
            let number = try #require(UInt64(vector["value"]?.string ?? ""))
            #expect(Self.hex(DER.integerContent(number)) == vector["contentHex"]?.string)
        }
        for vector in json["oids"]?.array ?? [] {
            let numbers = (vector["oid"]?.string ?? "").split(separator: ".").compactMap { UInt64($0) }
            let element = DER.element(0x06, DER.objectIdentifierContent(numbers))
            #expect(Self.hex(element) == vector["tlvHex"]?.string)
        }
        for vector in json["logTimes"]?.array ?? [] {
            let seconds = try #require(OffsetDateTime(iso8601Seconds: vector["instant"]?.string ?? ""))
            let format = try #require(LogTimeFormat(name: vector["format"]?.string ?? ""))
            #expect(LogMessage.element(seconds.instant, format).map(Self.hex) == vector["elementHex"]?.string)
        }
        for vector in json["processDataLayoutB"]?.array ?? [] {
            let chunks = (vector["chunksUtf8"]?.array ?? []).compactMap(\.string)
            let layout: LogMessage.ProcessDataLayout = chunks.count == 1 ? .constructed : .split(chunks[0].utf8.count)
            let element = LogMessage.element(Array(chunks.joined().utf8), layout)
            #expect(Self.hex(element) == vector["elementHex"]?.string)
        }
    }
}
