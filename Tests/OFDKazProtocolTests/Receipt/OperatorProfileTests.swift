import FiscalCore
import OFDKazProtocol
import Testing

@Suite("Operators, as receipts name them") struct OperatorProfileTests {
    /// The hosts of published receipts.
    private static let known: [(profile: OperatorProfile, host: String)] = [
        (.kazakhtelecom, "consumer.oofd.kz"), (.kazakhtelecomTest, "consumer.test-oofd.kz"),
        (.transtelecom, "ofd1.kz/t/"), (.jusan, "consumer.kofd.kz"), (.wofd, "consumer.wofd.kz"),
    ]

    @Test("Each known operator has the address of its published receipts, and one that a new profile would accept")
    func addresses() throws {
        for (profile, host) in Self.known {
            #expect(profile.checkAddress.hasSuffix("://" + host))
            let again = try OperatorProfile(
                name: profile.name, checkAddress: profile.checkAddress, parameterOrder: profile.parameterOrder,
                dataPort: profile.dataPort)
            #expect(again == profile)
        }
        #expect(Set(Self.known.map(\.profile)).count == 5)
    }

    @Test("A port is told where it is publicly known, and nowhere else")
    func ports() {
        #expect(Self.known.map(\.profile.dataPort) == [7777, 7777, nil, nil, nil])
    }

    @Test("A profile of one's own is checked when it is made")
    func custom() throws {
        func field(_ name: String, _ address: String, port: Int? = nil) -> String? {
            do {
                _ = try OperatorProfile(name: name, checkAddress: address, dataPort: port)
                return nil
            } catch { return error.field }
        }
        #expect(field("ОФД", "https://check.ofd.test:8443/t/") == nil)
        #expect(field("", "https://ofd.test") == "name")
        #expect(field(" \n", "https://ofd.test") == "name")
        #expect(field("ОФД", "ofd.test") == "checkAddress")
        #expect(field("ОФД", "https://ofd.test?x=1") == "checkAddress")
        #expect(field("ОФД", "https://ofd.test", port: 1) == nil)
        #expect(field("ОФД", "https://ofd.test", port: 65_535) == nil)
        #expect(field("ОФД", "https://ofd.test", port: 0) == "dataPort")
        #expect(field("ОФД", "https://ofd.test", port: 65_536) == "dataPort")
    }
}
