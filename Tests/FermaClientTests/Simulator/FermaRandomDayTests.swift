import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Testing

/// What must hold whatever happens: at most one document for an identity while the memory lasts, and every receipt that
/// is shown is the one that was formed.
@Suite("The simulated Ferma: random days")
struct FermaRandomDayTests {
    /// Anything but a cache that forgets.
    private static let faults: [FermaFault?] = [
        nil, nil, nil, nil, .slow(milliseconds: 4000), .slow(milliseconds: 20_000), .delay(milliseconds: 500),
        .lost(formed: true), .lost(formed: false), .silence(formed: true), .truncated, .garbage, .malformed,
        .page(status: 502, formed: true), .status(500, formed: true), .service(code: 6, formed: true),
        .service(code: 16, formed: true), .service(code: 19, formed: true), .service(code: 18), .service(code: 24),
        .device(code: 57, formed: true), .device(code: 255), .device(code: 80), .device(code: 51),
        .device(code: 244, formed: true),
    ]

    private static func disturb(_ authority: inout FermaAuthority, _ generator: inout SeededGenerator) {
        let place = Int.random(in: 0..<authority.registers.count, using: &generator)
        authority.registers[place].link = generator.pick([.up, .up, .up, .down, .losesAnswers, .garblesAnswers])
        authority.registers[place].isActive = generator.chance(80)
        authority.registers[place].isTaken = generator.chance(10)
        authority.registers[place].isPrinting = generator.chance(10)
        authority.registers[place].clockErrorSeconds = Int64.random(in: -400...400, using: &generator)
        authority.registers[place].drawer = generator.pick([0, 1_000_000])
    }

    @Test(
        "Two registers, five sales, hundreds of repeats in all weathers: one document each, and always the same answer")
    func days() throws {
        var shown = 0
        for seed in 1...40 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var second = FermaRegister()
            second.serialNumber = "00000003820034472770"
            second.driveNumber = "9999078900004445"
            var authority = FermaAuthority(registers: [FermaRegister(), second])
            var now = FermaAuthority.noon
            for _ in 0..<150 {
                now = now + .seconds(generator.pick([0, 1, 3, 60, 3600, 80_000]))
                guard now < FermaAuthority.noon + .seconds(30 * 86_400) else { break }
                if generator.chance(20) { Self.disturb(&authority, &generator) }
                authority.faults.add(generator.pick(Self.faults))
                let sale = Int.random(in: 1...5, using: &generator)
                let reply = authority.post(
                    HandmadeFermaRequest {
                        $0["Requestid"] = "\"\(sale)\""
                        // The fifth one is refused for good, the fourth one is paid out in cash.
                        if sale == 5 { $0["NonCash"] = "[1]" }
                        if sale == 4 { $0["DocumentType"] = "2"; $0["NonCash"] = "[0]"; $0["Cash"] = "78850" }
                    }, at: now)
                if try self.showsReceipt(reply, authority, FermaRequestIdentity(requestID: "\(sale)")) { shown += 1 }
            }
            #expect(authority.ledger.doubled.isEmpty, "seed \(seed)")
            #expect(authority.ledger.documents(of: FermaRequestIdentity(requestID: "5")).isEmpty)
            for register in authority.registers {
                let numbers = authority.documents.filter { $0.register == register.serialNumber }.map(\.number)
                #expect(numbers == Array(Set(numbers)).sorted(), "numbers go up by themselves")
            }
        }
        #expect(shown > 500)
    }

    /// A receipt shown is the one document of that identity.
    private func showsReceipt(
        _ reply: SimulatedReply, _ authority: FermaAuthority, _ identity: FermaRequestIdentity
    ) throws -> Bool {
        let response =
            switch reply {
            case .answer(let response), .late(let response, _): response
            default: nil as HTTPExchangeResponse?
            }
        guard let body = response?.body, let json = try? JSON(parsing: body), let qr = json["QR"]?.string else {
            return false
        }
        let documents = authority.ledger.documents(of: identity)
        #expect(documents.map(\.qr) == [qr])
        #expect(json["FiscalSign"]?.integer == documents.first.map { Int64($0.sign) })
        #expect(json["DeviceSerialNumber"]?.string == documents.first?.register)
        #expect(json["FNSerialNumber"]?.string == documents.first?.drive)
        return true
    }
}
