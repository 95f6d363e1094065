import FiscalCore
import FiscalTestSupport
import TSEOffline
import Testing

@Suite("Random answers, written and read") struct FiscalResponseRoundTripTests {
    static func text(_ generator: inout SeededGenerator) -> String {
        generator.pick(["", "Tse not connected.", "Käse\"\\\n\r\t\u{1}", "日本", "a;b", "0", "null", "\u{1F600}"])
    }

    static func number(_ generator: inout SeededGenerator) -> JSON? {
        let value = generator.pick([0, -99, 1, 561, Int64.max, Int64.min, 7])
        return generator.pick([nil, .integer(value), .string("\(value)")])
    }

    static func time(_ generator: inout SeededGenerator) -> ServiceTime? {
        guard generator.chance(80), let offset = UTCOffset(minutes: Int.random(in: -840...840, using: &generator))
        else {
            return nil
        }
        let milliseconds = Int64.random(in: -62_000_000_000_000...250_000_000_000_000, using: &generator)
        let civil = CivilDateTime(FiscalInstant(millisecondsSinceEpoch: milliseconds), offset: offset)
        let tick = Int.random(in: 0..<10_000_000, using: &generator) * 100
        let exact = CivilDateTime(
            date: civil.date, hour: civil.hour, minute: civil.minute, second: civil.second, nanosecond: tick)
        return exact.map { ServiceTime(OffsetDateTime(civil: $0, offset: offset)) }
    }

    static func others(_ generator: inout SeededGenerator) -> [JSON.Member] {
        generator.chance(50)
            ? [] : [JSON.Member("Extra", .string(Self.text(&generator))), JSON.Member("x", [1, .null])]
    }

    static func response(_ generator: inout SeededGenerator) -> FiscalResponse {
        let fields = AdditionalFields(
            qrCodeDataString: Self.text(&generator), transactionStartTime: generator.pick([0, 1, .max, .min + 1]),
            transactionEndTime: generator.pick([0, -5, 1_630_991_229]), processData: Self.text(&generator),
            processType: Self.text(&generator), tseSerial: Self.text(&generator),
            tseTimeFormat: Self.text(&generator), tseHashAlgorithm: Self.text(&generator),
            tsePublicKey: Self.text(&generator), tseSignatureCounter: generator.pick([0, 1, -1, .max]),
            tseCertificate: Self.text(&generator), others: Self.others(&generator))
        return FiscalResponse(
            fiscalCountry: generator.pick([nil, .germany, FiscalCountry(number: 9), FiscalCountry(number: 42)]),
            fiscalisationDocumentNumber: Self.number(&generator),
            fiscalisationDocumentRevision: Self.number(&generator),
            fiscalDocumentStartTime: Self.number(&generator), processStartTime: generator.pick([0, 5, -5]),
            errorDescription: Self.text(&generator), cashRegisterID: Self.text(&generator),
            signature: Self.text(&generator), userMessage: Self.text(&generator),
            printMessage: Self.text(&generator), requestTime: Self.time(&generator),
            requestCompletionTime: Self.time(&generator), additionalFields: fields,
            fiscalDocumentNumber: Self.number(&generator), others: Self.others(&generator))
    }

    @Test("what was written is read again, whole, in any letter case")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 4_406_804_848_529)
        for _ in 0..<2000 {
            let response = Self.response(&generator)
            #expect(try FiscalResponse(parsing: response.bytes) == response)
            let lower = response.json.members?.map { member in
                // Unknown names are another's; only those of the document are respelled.
                JSON.Member(member.name == "Extra" ? member.name : member.name.lowercased(), member.value)
            }
            #expect(try FiscalResponseReading(.object(lower ?? [])).response == response)
        }
    }

    @Test("no bytes trap the reader or the verdict")
    func garbage() throws {
        var generator = SeededGenerator(seed: 6)
        var read = 0
        for _ in 0..<3000 {
            var bytes = Self.response(&generator).bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let response = try? FiscalResponse(parsing: bytes) else { continue }
            read += 1
            for step in FiscalStep.allCases { _ = response.classify(step: step).inconsistencies }
        }
        #expect(read > 100)
    }
}
