import EETProtocol
import Testing

@Suite struct EETConfigurationFileTests {
    private static func row(_ rows: [String]) -> Int? {
        do {
            _ = try EETConfigurationFile(bytes: SampleCodes.file(rows))
            return nil
        } catch {
            return error.row ?? 0
        }
    }

    @Test("Four rows in their order, written as they were read")
    func goldenFile() throws {
        let golden = SampleCodes.file(["true", "2000", "certs/Pokladna č. 1.p12", "eet"])
        let file = try EETConfigurationFile(bytes: golden)
        #expect(file.isDebug)
        #expect(file.timeoutMilliseconds == 2000)
        #expect(file.timeout == .seconds(2))
        #expect(file.certificatePath == "certs/Pokladna č. 1.p12")
        #expect(file.certificatePassword == "eet")
        #expect(file.bytes == golden)
        #expect(
            try EETConfigurationFile(
                isDebug: true, timeoutMilliseconds: 2000, certificatePath: "certs/Pokladna č. 1.p12",
                certificatePassword: "eet") == file)
        let written = try EETConfigurationFile(bytes: SampleCodes.file(["FALSE", "3000", "a.p12", ""], lineEnd: "\n"))
        #expect(written.bytes == SampleCodes.file(["false", "3000", "a.p12", ""]))
    }

    @Test("3 and 5 rows are refused")
    func numberOfRows() {
        #expect(Self.row(["true", "2000", "a.p12"]) == 0)
        #expect(Self.row(["true", "2000", "a.p12", "eet", ""]) == 0)
    }

    @Test("Row 1 is a boolean in any letter case and chooses the environment")
    func environment() throws {
        for (text, environment) in [("true", EETEnvironment.playground), ("False", .production), ("TRUE", .playground)]
        {
            let file = try EETConfigurationFile(bytes: SampleCodes.file([text, "2000", "a", "b"]))
            #expect(file.environment == environment)
        }
        for text in ["1", "0", "yes", "", "debug"] { #expect(Self.row([text, "2000", "a", "b"]) == 1) }
    }

    @Test("Row 2 is a plain number of milliseconds, at least 2000")
    func timeout() {
        for text in ["2000", "2001", "600000"] { #expect(Self.row(["true", text, "a", "b"]) == nil) }
        for text in ["1999", "0", "2 000", "2s", "-1", "", "2000.0", "2e3", "02000", "99999999999999999999"] {
            #expect(Self.row(["true", text, "a", "b"]) == 2, "\(text)")
        }
    }

    @Test("Row 3 must name a file")
    func path() {
        #expect(Self.row(["true", "2000", "", "b"]) == 3)
    }

    @Test("The password is taken as it stands, quotes and spaces included")
    func password() throws {
        for password in ["eet", "„eet“", " eet ", "", "p;w|č"] {
            let file = try EETConfigurationFile(bytes: SampleCodes.file(["true", "2000", "a", password]))
            #expect(file.certificatePassword == password)
        }
    }

    @Test("A value that would not stay one row is refused when a file is made")
    func rowBreaks() {
        #expect(throws: FileRowError.self) {
            try EETConfigurationFile(
                isDebug: true, timeoutMilliseconds: 2000, certificatePath: "a", certificatePassword: "x\r\ny")
        }
    }

    @Test("Neither description, dump nor any error shows the password")
    func redacted() throws {
        let secret = "S3cret-Passw0rd"
        let file = try EETConfigurationFile(bytes: SampleCodes.file(["true", "2000", "a.p12", secret]))
        var dumped = ""
        dump(file, to: &dumped)
        for text in ["\(file)", String(reflecting: file), dumped] {
            #expect(!text.contains(secret))
            #expect(text.contains("redacted"))
        }
        do {
            _ = try EETConfigurationFile(bytes: SampleCodes.file(["true", "2000", "a.p12", secret, secret]))
        } catch {
            #expect(!"\(error)".contains(secret))
        }
        do {
            _ = try EETConfigurationFile(bytes: SampleCodes.file([secret, secret, secret, secret]))
        } catch {
            #expect(!"\(error)".contains(secret))
        }
    }
}
