import EETProtocol
import FiscalCore
import FiscalSimulators
import Foundation
import ProgramTestSupport
import SimulatorServer
import Testing

/// `eet run` and `eet sync` over real TLS.
@Suite struct RunProgramTests {
    private let eet = Program("eet")

    @Test("A receipt is recorded and told: six rows, JSON, status 0; a second start answers from the journal")
    func recorded() async throws {
        let office = try await OfficeOnSockets.start()
        for edition in Edition.allCases {
            for environment in EETEnvironment.allCases {
                let desk = try ProgramDesk(office, edition, number: "\(environment)", environment: environment)
                let ending = try await self.eet.run(["run"] + desk.options() + ["--json"])
                #expect(ending.status == 0, "\(ending.errors)")
                let output = try #require(desk.output)
                let sale = try #require(office.sales("\(environment)", edition, environment).first)
                #expect(output[3] == sale.first.code && output[4] == sale.first.uuid && output[5] == "")
                #expect(ending.json["fik"] as? String == output[3])
                #expect(ending.json["number"] as? String == desk.number)
                #expect(ending.json["test"] as? Bool == environment.isTest)
                #expect(ending.json["code"] is NSNull)
                let again = try await self.eet.run(["run"] + desk.options())
                #expect(again.status == 0 && desk.output == output)
                #expect(office.sales("\(environment)", edition, environment).first?.confirmations.count == 1)
                // Receipts are nobody else's business.
                let journal = "\(desk.folder.path)/journal/\(environment.rawValue).sqlite"
                let mode = try FileManager.default.attributesOfItem(atPath: journal)[.posixPermissions] as? Int
                #expect(mode == 0o600)
            }
        }
        await office.stop()
    }

    @Test("A server that nobody vouches for, a closed port: 1001 with codes, status 3; sync sends it when all is well")
    func unreachable() async throws {
        let office = try await OfficeOnSockets.start()
        let desk = try ProgramDesk(office, .v3, number: "1")
        let stranger = try desk.folder.write("stranger.pem", SampleTaxpayer.office.sealAuthorityCertificate.pem)
        var untrusted = desk.options()
        untrusted[untrusted.firstIndex(of: desk.ready.tls_ca) ?? 0] = stranger
        let closed = desk.options(address: "https://127.0.0.1:9/eet")
        for options in [untrusted, closed] {
            let ending = try await self.eet.run(["run"] + options)
            #expect(ending.status == 3)
            let output = try #require(desk.output)
            #expect(output[5] == "1001" && output[1] != "" && output[2] != "" && output[3] == "")
            #expect(!desk.folder.exists("pracuji.txt"))
        }
        #expect(office.messages("1", .v3).isEmpty)
        let pending = try await self.eet.run(["sync"] + closed + ["--json"])
        #expect(pending.status == 3 && pending.json["waiting"] as? Int == 1)
        let sent = try await self.eet.run(["sync"] + desk.options() + ["--json"])
        #expect(sent.status == 0 && sent.json["waiting"] as? Int == 0)
        #expect(office.sales("1", .v3).count == 1)
        #expect(office.messages("1", .v3).map(\.isFirst) == [false])
        await office.stop()
    }

    @Test("The time limit of eet.txt: an answer after 3 s is 1007 and not before 2 s, one after 1.5 s is in time")
    func timeLimit() async throws {
        let office = try await OfficeOnSockets.start()
        let desk = try ProgramDesk(office, .v3, number: "1", timeout: 2000)
        let clock = ContinuousClock()
        office.plan([.delay(milliseconds: 3000)], .v3)
        let start = clock.now
        let late = try await self.eet.run(["run"] + desk.options())
        #expect(clock.now - start >= .milliseconds(2000))
        #expect(late.status == 3)
        #expect(desk.output?[5] == "1007" && desk.output?[2] != "")
        let other = try ProgramDesk(office, .v4, number: "2", timeout: 5000)
        office.plan([.delay(milliseconds: 1500)], .v4)
        #expect(try await self.eet.run(["run"] + other.options()).status == 0)
        #expect(other.output?[3] == office.sales("2", .v4).first?.first.code)
        await office.stop()
    }

    @Test("While the office thinks, the marker is there and a second start is refused; then the output is whole")
    func markerAndSecondStart() async throws {
        let office = try await OfficeOnSockets.start()
        let desk = try ProgramDesk(office, .v3, number: "1")
        office.plan([.delay(milliseconds: 4000)], .v3)
        let first = try Running(self.eet.path, ["run"] + desk.options())
        while office.messages("1", .v3).isEmpty, first.process.isRunning { await Task.yield() }
        #expect(desk.folder.exists("pracuji.txt") && desk.output == nil)
        let second = try await self.eet.run(["run"] + desk.options())
        #expect(second.status == 2 && second.output.isEmpty)
        #expect(desk.folder.exists("pracuji.txt") && desk.output == nil)
        #expect(try await first.ending().status == 0)
        #expect(!desk.folder.exists("pracuji.txt"))
        #expect(desk.output?[3] == office.sales("1", .v3).first?.first.code)
        #expect(office.messages("1", .v3).count == 1)
        await office.stop()
    }

    @Test("A caller's wrong input: 1003, status 2, one line; a missing folder touches nothing")
    func badInput() async throws {
        let office = try await OfficeOnSockets.start()
        let desk = try ProgramDesk(office, .v3, number: "1")
        try desk.folder.write("eetin.txt", SampleTaxpayer.input([5: "0"]))
        let ending = try await self.eet.run(["run"] + desk.options())
        #expect(ending.status == 2)
        #expect(ending.errors.contains("row 5 id_provoz") && ending.errors.split(separator: "\n").count == 1)
        #expect(desk.output == ["0/6460/ZQ42", "", "", "", "", "1003"])
        #expect(try await self.eet.run("run", desk.folder.path + "/nowhere").status == 2)
        await office.stop()
    }

    @Test("The password is in no output of a failing run, and in no file that the run leaves but eet.txt")
    func passwordIsNeverShown() async throws {
        let office = try await OfficeOnSockets.start()
        let desk = try ProgramDesk(office, .v3, number: "1")
        let secret = "S3cret-Passw0rd"
        for configuration in [
            "true\r\n2000\r\n\(desk.ready.p12)\r\n\(secret)\r\n", "true\r\n2000\r\nnone.p12\r\n\(secret)\r\n",
            "true\r\nx\r\n\(desk.ready.p12)\r\n\(secret)\r\n", "true\r\n2000\r\n\(secret)\r\n",
        ] {
            try desk.folder.write("eet.txt", configuration)
            let ending = try await self.eet.run(["run"] + desk.options() + ["--json"])
            #expect(ending.status == 2)
            #expect(!(ending.text + ending.errors).contains(secret))
            for name in try FileManager.default.subpathsOfDirectory(atPath: desk.folder.path) where name != "eet.txt" {
                let bytes = (try? desk.folder.bytes(name)) ?? []
                #expect(!String(decoding: bytes, as: UTF8.self).contains(secret), "\(name)")
            }
        }
        await office.stop()
    }

    @Test(
        "A run leaves the official message, which the schema of the interface description accepts",
        .enabled(
            if: OfficialSamples.exist && Program(tool: "xmllint") != nil,
            "\(OfficialSamples.absence), or xmllint is not installed"), arguments: Edition.allCases)
    func schema(edition: Edition) async throws {
        let office = try await OfficeOnSockets.start()
        let desk = try ProgramDesk(office, edition, number: "1")
        #expect(try await self.eet.run(["run"] + desk.options()).status == 0)
        let message = String(decoding: try #require(office.messages("1", edition).first).body, as: UTF8.self)
        let start = try #require(message.range(of: "<Trzba "))
        let end = try #require(message.range(of: "</Trzba>"))
        let element = try desk.folder.write("trzba.xml", String(message[start.lowerBound..<end.upperBound]))
        let schemas = try FileManager.default.contentsOfDirectory(atPath: OfficialSamples.path("schema/\(edition)"))
        let schema = try #require(schemas.first { $0.hasSuffix(".xsd") })
        let checked = try await #require(Program(tool: "xmllint")).run(
            "--noout", "--schema", OfficialSamples.path("schema/\(edition)/\(schema)"), element)
        #expect(checked.status == 0, "\(checked.errors)")
        await office.stop()
    }
}
