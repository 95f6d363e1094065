import EETFileModule
import EETProtocol
import FiscalCore
import FiscalSimulators
import Foundation
import Synchronization
import Testing

/// The vendor's licence in front of the module (decisions E1 and E2).
@Suite struct ModuleLicenceTests {
    private static let rows = ["LICENCE-2026/č. 7", "27082440", "1"]

    /// The vendor's signature over rows, made with the plain functions of the crypto layer.
    private static func signature(_ rows: [String] = rows, by key: PrivateKey = TestOffice.vendor) throws -> String {
        Base64.encode(try key.sign(Array(rows.joined(separator: "\n").utf8), .rsaPKCS1(.sha256)))
    }

    private static func desk(_ licence: [String]?, lineEnd: String = "\r\n") throws -> Desk {
        let desk = try Desk()
        try desk.writeReceipt()
        try desk.write("vendor.pem", TestOffice.vendor.publicKey.pem)
        desk.change { [folder = desk.folder] in $0.vendorKey = folder + "/vendor.pem" }
        if let licence { try desk.write("eet-licence.txt", licence.map { $0 + lineEnd }.joined()) }
        return desk
    }

    private static func expect(_ desk: Desk, code: Int, sourceLocation: SourceLocation = #_sourceLocation) async {
        let report = await desk.run()
        #expect(
            desk.output == ["0/6460/ZQ42", "", "", "", "", "\(code)"], "\(desk.said.all)",
            sourceLocation: sourceLocation)
        #expect(report.exitStatus == (code == 1005 ? 3 : 2), sourceLocation: sourceLocation)
        #expect(!desk.exists("pracuji.txt"), sourceLocation: sourceLocation)
        #expect(desk.office.exchangeCount == 0, sourceLocation: sourceLocation)
    }

    /// A vendor's service that gives out or refuses signatures.
    private final class Service: Licensor {
        let answer: @Sendable (EETLicenceFile) throws -> String
        private let asked = Mutex(0)
        var count: Int { self.asked.withLock { $0 } }
        init(_ answer: @escaping @Sendable (EETLicenceFile) throws -> String) { self.answer = answer }
        func signature(for licence: EETLicenceFile) async throws -> String {
            self.asked.withLock { $0 += 1 }
            return try self.answer(licence)
        }
    }

    @Test("A valid licence lets the receipt pass")
    func valid() async throws {
        let desk = try Self.desk(Self.rows + [Self.signature()])
        #expect(await desk.run().exitStatus == 0)
        #expect(desk.sales.count == 1)
    }

    @Test(
        "Registering run: 1005, nothing sent, only row 4 changes; the next start sends the receipt as a first attempt",
        arguments: ["\r\n", "\n"])
    func registration(lineEnd: String) async throws {
        let desk = try Self.desk(Self.rows + [""], lineEnd: lineEnd)
        let service = Service { _ in try Self.signature() }
        desk.licensor.withLock { $0 = service }
        await Self.expect(desk, code: 1005)
        let rows = desk.text("eet-licence.txt")?.components(separatedBy: lineEnd) ?? []
        #expect(rows == Self.rows + [try Self.signature(), ""])
        #expect(await desk.run().exitStatus == 0)
        #expect(desk.header("prvni_zaslani") == ["true"])
        #expect(desk.output[3] == desk.sales.first?.first.code)
        #expect(service.count == 1, "registered once")
    }

    @Test("A delivered licence file registers the module; one of another licence does not")
    func deliveredFile() async throws {
        let desk = try Self.desk(Self.rows + [""])
        try desk.write(
            "other.txt",
            (["OTHER", "27082440", "1", try Self.signature(["OTHER", "27082440", "1"])]).map { $0 + "\n" }.joined())
        desk.change { [folder = desk.folder] in $0.deliveredLicence = folder + "/other.txt" }
        await Self.expect(desk, code: 1006)
        try desk.write("mine.txt", (Self.rows + [try Self.signature()]).map { $0 + "\n" }.joined())
        desk.change { [folder = desk.folder] in $0.deliveredLicence = folder + "/mine.txt" }
        await Self.expect(desk, code: 1005)
        #expect(await desk.run().exitStatus == 0)
    }

    @Test("Row 4 empty and no licensor, one that refuses, or one whose signature does not fit: 1006")
    func refusedByTheLicensor() async throws {
        let desk = try Self.desk(Self.rows + [""])
        await Self.expect(desk, code: 1006)
        desk.licensor.withLock { $0 = Service { _ in throw LicenceRefused() } }
        await Self.expect(desk, code: 1006)
        for unfit in [try Self.signature(by: TestOffice.stranger), "", "nonsense"] {
            desk.licensor.withLock { $0 = Service { _ in unfit } }
            await Self.expect(desk, code: 1006)
        }
        #expect(desk.text("eet-licence.txt") == (Self.rows + [""]).map { $0 + "\r\n" }.joined(), "nothing was written")
    }

    @Test("Malformed: 3 or 5 rows, a row 3 other than 1, an empty row, no file: 1004")
    func malformed() async throws {
        let signature = try Self.signature()
        for rows in [
            Self.rows, Self.rows + [signature, ""], ["LICENCE", "27082440", "2", signature],
            ["LICENCE", "27082440", "2", ""], ["", "27082440", "1", signature], ["LICENCE", "", "1", signature],
        ] {
            await Self.expect(try Self.desk(rows), code: 1004)
        }
        await Self.expect(try Self.desk(nil), code: 1004)
    }

    @Test("Row 4 that does not verify: of a stranger, of changed rows, corrupt, no Base64: 1002")
    func wrongSignature() async throws {
        let signature = try Self.signature()
        for rows in [
            Self.rows + [try Self.signature(by: TestOffice.stranger)],
            ["LICENCE-2026/č. 8"] + Self.rows[1...] + [signature],
            [Self.rows[0], "27082441", "1", signature], Self.rows + [String(signature.dropFirst())],
            Self.rows + ["x" + signature.dropFirst()], Self.rows + ["-"],
        ] {
            await Self.expect(try Self.desk(rows), code: 1002)
        }
    }

    @Test("Repaired after 1002, the receipt's first message still says that it is the first")
    func repaired() async throws {
        let desk = try Self.desk(Self.rows + ["-"])
        await Self.expect(desk, code: 1002)
        try desk.write("eet-licence.txt", (Self.rows + [try Self.signature()]).map { $0 + "\r\n" }.joined())
        #expect(await desk.run().exitStatus == 0)
        #expect(desk.header("prvni_zaslani") == ["true"])
    }

    @Test("Without a vendor's key the file is not read")
    func off() async throws {
        let desk = try Self.desk(["nonsense"])
        desk.change { $0.vendorKey = nil }
        #expect(await desk.run().exitStatus == 0)
    }

    @Test("1005 is not reported when row 4 could not be written")
    func notWritten() async throws {
        let desk = try Self.desk(Self.rows + [""])
        desk.licensor.withLock { $0 = Service { _ in try Self.signature() } }
        // A folder in the place of the temporary file: it cannot be written, not even by root.
        try FileManager.default.createDirectory(
            atPath: desk.folder + "/eet-licence.txt.new", withIntermediateDirectories: true)
        await Self.expect(desk, code: 1003)
        #expect(desk.text("eet-licence.txt")?.contains(try Self.signature()) == false)
    }

    @Test("sync sends nothing without a valid licence either")
    func sync() async throws {
        let desk = try Self.desk(Self.rows + [Self.signature()])
        desk.office.failNext(.unreachable)
        await desk.run()
        try desk.write("eet-licence.txt", (Self.rows + ["-"]).map { $0 + "\r\n" }.joined())
        #expect(await desk.sync().exitStatus == 2)
        #expect(desk.messages.isEmpty)
    }

    @Test("A licence file made here is what openssl signs and verifies")
    func signedBytes() throws {
        let file = try EETLicenceFile(licence: "LICENCE", ico: "27082440")
        #expect(file.signedBytes == Array("LICENCE\n27082440\n1".utf8))
        let complete = try EETLicenceFile(bytes: file.bytes(signature: try file.signature(by: TestOffice.vendor)))
        #expect(complete.verifies(by: TestOffice.vendor.publicKey))
        #expect(!complete.verifies(by: TestOffice.stranger.publicKey))
        #expect(throws: InvalidField.self) { try EETLicenceFile(licence: "LICENCE", ico: "123") }
        #expect(throws: InvalidField.self) { try EETLicenceFile(licence: "A\nB", ico: "27082440") }
    }
}
