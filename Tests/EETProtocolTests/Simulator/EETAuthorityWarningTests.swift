import EETProtocol
import FiscalCore
import FiscalSimulators
import Testing

/// Every warning, provoked by a message that deserves it; the sale is recorded all the same.
@Suite("The simulated tax office: warnings")
struct EETAuthorityWarningTests {
    private func post(
        _ edition: Edition, at now: FiscalInstant = SimulatedOffice.now, rules: EETRules = EETRules(),
        _ edit: (inout HandmadeMessage) -> Void
    ) throws -> [Int] {
        var office = try SimulatedOffice.authority(edition, rules: rules)
        var message = HandmadeMessage(edition)
        edit(&message)
        let answer = try office.post(message, at: now).answer(for: message)
        #expect(answer.accepted)
        #expect(office.sales.count == 1)
        #expect(office.messages.last?.warnings == answer.warnings.map(\.code.rawValue))
        return answer.warnings.map(\.code.rawValue)
    }

    @Test("1: the taxpayer is not the one of the certificate", arguments: Edition.allCases)
    func otherTaxpayer(_ edition: Edition) throws {
        let name = edition == .v3 ? "dic_popl" : "eic_popl"
        #expect(try self.post(edition) { $0.data[name] = "CZ00000019" } == [1])
    }

    @Test("2: the appointing taxpayer's number is wrong")
    func appointingTaxpayer() throws {
        #expect(try self.post(.v3) { $0.data["dic_poverujiciho"] = "CZ00000000" } == [2])
        #expect(try self.post(.v4) { $0.data["eic_poverujiciho"] = "CZ00000000" } == [2])
        #expect(try self.post(.v3) { $0.data["dic_poverujiciho"] = "CZ00000019" } == [])
        var rules = EETRules()
        rules.taxpayerStructure = .checkDigits
        #expect(try self.post(.v3, rules: rules) { $0.data["dic_poverujiciho"] = "CZ00000018" } == [2])
    }

    @Test("3: PKP was not made from these data with the key of this certificate")
    func badPKP() throws {
        #expect(
            try self.post(.v3) {
                $0.editPKP = { pkp in [pkp[0] ^ 1] + pkp.dropFirst() }
            } == [3])
        // A certificate renewed between sale and resend: the codes on the receipt stay what they were.
        let old = HandmadeMessage()
        let codes = try #require(try old.trzba(.v3).firstMatch(of: /<KontrolniKody>.*<\/KontrolniKody>/)).output
        #expect(
            try self.post(.v3) {
                $0.credentials = Result {
                    try SimulatedOffice.identity.get().issueCredentials(
                        dic: "CZ1212121218", at: SimulatedOffice.now, random: SystemlessRandom())
                }
                $0.editTrzba = { $0.replacing(/<KontrolniKody>.*<\/KontrolniKody>/, with: codes) }
            } == [3])
    }

    @Test("4: sold more than two hours after the message came", arguments: Edition.allCases)
    func future(_ edition: Edition) throws {
        #expect(try self.post(edition) { $0.data["dat_trzby"] = "2026-11-20T15:00:00+01:00" } == [])
        #expect(try self.post(edition) { $0.data["dat_trzby"] = "2026-11-20T15:00:01+01:00" } == [4])
        // The offset counts.
        #expect(try self.post(edition) { $0.data["dat_trzby"] = "2026-11-20T16:00:00+02:00" } == [])
    }

    @Test("5: sold more than two years before the message came", arguments: Edition.allCases)
    func past(_ edition: Edition) throws {
        #expect(try self.post(edition) { $0.data["dat_trzby"] = "2024-11-21T12:00:00Z" } == [])
        #expect(try self.post(edition) { $0.data["dat_trzby"] = "2024-11-18T12:00:00Z" } == [5])
        var rules = EETRules()
        rules.earliestSale = SimulatedOffice.now
        #expect(try self.post(edition, rules: rules) { _ in } == [5])
    }

    @Test("6: a number that cannot have been assigned (4.1 §3.3.3.8)")
    func unit() throws {
        #expect(try self.post(.v4) { $0.data["id_jednotky"] = "24" } == [])
        #expect(try self.post(.v4) { $0.data["id_jednotky"] = "4" } == [6])
        #expect(try self.post(.v4) { $0.data["id_jednotky"] = "25" } == [6])
        #expect(try self.post(.v3) { $0.data["id_provoz"] = "25" } == [])
    }

    @Test("7: the taxpayer appoints himself, in edition 4 only")
    func appointsHimself() throws {
        #expect(try self.post(.v4) { $0.data["eic_poverujiciho"] = "CZ1212121218" } == [7])
        #expect(try self.post(.v3) { $0.data["dic_poverujiciho"] = "CZ1212121218" } == [])
    }

    @Test("Several warnings come together, each with its text")
    func several() throws {
        var office = try SimulatedOffice.authority()
        var message = HandmadeMessage()
        message.data["dic_popl"] = "CZ00000019"
        message.data["dic_poverujiciho"] = "CZ00000000"
        message.data["dat_trzby"] = "2016-08-05T00:30:12+02:00"
        message.editPKP = { [$0[0] ^ 1] + $0.dropFirst() }
        let warnings = try office.post(message).answer().warnings
        #expect(warnings.map(\.code.rawValue) == [1, 2, 3, 5])
        #expect(warnings.first?.text == "DIC poplatnika v datove zprave se neshoduje s DIC v certifikatu")
    }

    @Test("In verification mode nothing is recorded, and warnings come with code 0", arguments: Edition.allCases)
    func verification(_ edition: Edition) throws {
        var office = try SimulatedOffice.authority(edition)
        var message = HandmadeMessage(edition)
        message.header["overeni"] = "true"
        message.data["dat_trzby"] = "2016-08-05T00:30:12+02:00"
        let reply = try office.post(message)
        #expect(try reply.chyba() == 0)
        #expect(try reply.warnings() == [5])
        #expect(try reply.answer().signature == .absent)
        #expect(office.sales.isEmpty)
        #expect(office.messages.map(\.outcome) == [.verified])

        message.header["overeni"] = "0"
        #expect(try office.post(message).answer().accepted)
    }
}

/// Bytes for a serial number that no other test uses.
private struct SystemlessRandom: RandomSource {
    func bytes(count: Int) -> [UInt8] { Array(repeating: 0x5A, count: count) }
}
