import ProgramTestSupport
import Testing

/// `crk check-id`: identifiers of the document.
@Suite struct CheckIDProgramTests {
    private let crk = Program("crk")

    @Test(
        "Identifiers as the document prints them are valid: status 0 and one object",
        arguments: [
            ("MFP.ZTE1701000901.2017-08-14T16:50:03.342Z", "commandId"), ("ZTE1701000901", "uniqueNumber"),
            ("2017/000000101", "registrationNumber"),
        ])
    func valid(_ text: String, _ kind: String) async throws {
        let ending = try await self.crk.run("check-id", text, "--json")
        #expect(ending.status == 0, "\(ending.text)\(ending.errors)")
        #expect(Set(ending.json.keys) == ["valid", "kind", "problems"])
        #expect(ending.json["valid"] as? Bool == true && ending.json["kind"] as? String == kind)
        #expect(ending.json["problems"] as? [String] == [])
        let plain = try await self.crk.run("check-id", text)
        #expect(plain.status == 0 && plain.text.contains(kind))
    }

    @Test(
        "What is wrong is told with the verdict, status 1",
        arguments: [
            ("MFP.ZTE1701000901.2017-08-14T16:50:03Z", "commandId"),
            ("MFP.ZTE1701000901.2017-02-31T16:50:03.342Z", "commandId"),
            ("XXX.ZTE1701000901.2017-08-14T16:50:03.342Z", "commandId"), ("ZTE170100090", "uniqueNumber"),
            ("zte1701000901", "uniqueNumber"), ("ZT11701000901", "uniqueNumber"), ("2018/12345", "registrationNumber"),
            ("", "uniqueNumber"),
        ])
    func invalid(_ text: String, _ kind: String) async throws {
        let ending = try await self.crk.run("check-id", text, "--json")
        #expect(ending.status == 1, "\(ending.text)\(ending.errors)")
        #expect(ending.json["valid"] as? Bool == false && ending.json["kind"] as? String == kind, "\(ending.text)")
        #expect((ending.json["problems"] as? [String])?.isEmpty == false)
    }

    @Test("Bad usage is status 2, one line, no verdict")
    func usage() async throws {
        for arguments in [["check-id"], ["check-id", "A", "B"], ["bogus"], ["seal"], ["open"], ["register"]] {
            let ending = try await self.crk.run(arguments)
            #expect(ending.status == 2 && ending.output.isEmpty, "\(arguments): \(ending.text)")
            #expect(ending.errors.split(separator: "\n").count == 1, "\(ending.errors)")
        }
        let help = try await self.crk.run("--help")
        #expect(help.status == 0)
        for command in ["check-id", "seal", "open", "register"] { #expect(help.text.contains(command)) }
    }
}
