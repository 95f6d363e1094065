import FiscalCore
import FiscalTestSupport
import Testing

@testable import FiscalSimulators

/// What the simulated TSE signs, as the openssl command sees it.
@Suite("The simulated TSE: signatures")
struct TSEDeviceSignatureTests {
    /// 2026-02-03T04:05:06Z.
    static let now = FiscalInstant(secondsSinceEpoch: 1_770_091_506)
    static let digests: [(NamedCurve, DigestAlgorithm)] = [
        (.secp256r1, .sha256), (.secp384r1, .sha384), (.brainpoolP256r1, .sha256), (.brainpoolP384r1, .sha384),
        (.brainpoolP512r1, .sha512),
        // A hash longer than the curve's order: its leftmost bits count.
        (.secp256r1, .sha384), (.brainpoolP256r1, .sha512),
    ]
    static let profiles: [TSEProfile] = digests.enumerated().flatMap { index, pair in
        TSEProfile.Layout.allCases.enumerated().map { place, layout in
            // Every curve meets every layout, and every time format in turn.
            TSEProfile(
                curve: pair.0, digest: pair.1,
                timeFormat: TSEProfile.TimeFormat.allCases[(index + place) % TSEProfile.TimeFormat.allCases.count],
                layout: layout)
        }
    }

    /// A device with one transaction, started by `Kasse Ä-1` and finished a minute later.
    static func device(_ profile: TSEProfile, data: String = "Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar") throws
        -> TSEDevice
    {
        var device = TSEDevice(try TSEIdentity(profile, at: Self.now, random: CountingRandomSource(seed: 3)))
        _ = try device.start(client: "Kasse Ä-1", at: Self.now - .seconds(60))
        _ = try device.finish(
            1, client: "Kasse Ä-1", processType: "Kassenbeleg-V1", processData: data, at: Self.now)
        return device
    }

    @Test(
        "openssl verifies starts and ends with the key of the certificate, and refuses a changed byte",
        .enabled(if: OutsideTool.exists("openssl"), "openssl is absent"), arguments: profiles)
    func verified(_ profile: TSEProfile) throws {
        let device = try Self.device(profile)
        let judge = try TSESignatureJudge(device.identity)
        #expect(device.log.map(\.operation) == [.start, .finish])
        for entry in device.log {
            #expect(entry.signature.count == 2 * profile.curve.coordinateByteCount)
            #expect(try judge.verifies(entry.message, entry.signature))
            var changed = entry.message
            changed[changed.count - 1] ^= 1
            #expect(try !judge.verifies(changed, entry.signature))
        }
    }

    @Test(
        "openssl finds the certificate issued by its authority for this key, for five years",
        .enabled(if: OutsideTool.exists("openssl"), "openssl is absent"), arguments: TSEProfile.curves)
    func certificate(_ curve: NamedCurve) throws {
        let identity = try TSEIdentity(
            TSEProfile(curve: curve), at: Self.now, random: CountingRandomSource(seed: 4))
        let folder = try TemporaryFolder()
        let authority = try folder.write(Array(identity.authorityCertificate.pem.utf8), to: "ca.pem")
        let leaf = try folder.write(Array(identity.certificate.pem.utf8), to: "tse.pem")
        let arguments = ["verify", "-CAfile", authority, "-attime"]
        let day: Int64 = 86_400
        for (offset, status) in [(Int64(0), Int32(0)), (1825 * day, 0), (1827 * day, 2), (-2 * day, 2)] {
            let time = String(Self.now.secondsSinceEpoch + offset)
            #expect(try OutsideTool.run("openssl", arguments + [time, leaf]).status == status)
        }
        // The point in the certificate is what the serial number is the digest of.
        let key = try OutsideTool.run("openssl", ["x509", "-in", leaf, "-noout", "-pubkey"])
        let spki = try OutsideTool.run("openssl", ["pkey", "-pubin", "-outform", "DER"], input: key.output)
        let point = Array(spki.output.suffix(1 + 2 * curve.coordinateByteCount))
        let digest = try OutsideTool.run("openssl", ["dgst", "-sha256", "-r"], input: point)
        #expect(digest.text.hasPrefix(identity.serial + " "))
        #expect(identity.serial.count == 64)
    }

    @Test(
        "openssl reads the message as the row of elements of facts §7",
        .enabled(if: OutsideTool.exists("openssl"), "openssl is absent"))
    func elements() throws {
        // 200 bytes of data need the long form of the length.
        let data = String(repeating: "x", count: 200)
        let device = try Self.device(TSEProfile(timeFormat: .utcTime), data: data)
        let message = try #require(device.finished.first).message
        let read = try OutsideTool.run("openssl", ["asn1parse", "-inform", "DER"], input: message)
        #expect(read.status == 0, "\(read.errorText)")
        let lines = read.text.split(separator: "\n").map(String.init)
        let tags = [
            "INTEGER           :02", "OBJECT            :0.4.0.127.0.7.3.7.1.1", "cont [ 0 ]", "cont [ 1 ]",
            "cont [ 2 ]", "cont [ 3 ]", "cont [ 5 ]", "OCTET STRING      [HEX DUMP]:", "SEQUENCE",
            "OBJECT            :0.4.0.127.0.7.1.1.4.1.3", "INTEGER           :02", "UTCTIME           :260203040506Z",
        ]
        try #require(lines.count == tags.count, "\(read.text)")
        for (line, tag) in zip(lines, tags) { #expect(line.contains(tag), "\(line)") }
        #expect(lines[4].contains("hl=3 l= 200"))
        #expect(lines[7].lowercased().hasSuffix(device.identity.serial))
    }

    @Test("Process data of layout B stand in a constructed element of indefinite length, in one chunk or two")
    func layoutB() throws {
        // "Beleg" is 42 65 6c 65 67.
        for (layout, hex) in [
            (TSEProfile.Layout.a, "820542656c6567"), (.b, "a280040542656c65670000"),
            (.bInTwoChunks, "a280040242650403" + "6c65670000"),
        ] {
            let device = try Self.device(TSEProfile(layout: layout), data: "Beleg")
            let message = try #require(device.finished.first).messageHex
            // Between the client (81, length 10) and the process type (83).
            #expect(message.contains("810a" + Hex.encode(Array("Kasse Ä-1".utf8)) + hex + "830e"))
            // A start has no data, in either layout.
            #expect(device.log[0].messageHex.contains("82008300850101"))
        }
    }

    @Test("Integers take as few bytes as they need, with a zero in front of a set bit")
    func integers() {
        for (value, hex) in [
            (UInt64(0), "00"), (127, "7f"), (128, "0080"), (225, "00e1"), (256, "0100"), (65_535, "00ffff"),
            (9_223_372_036_854_775_807, "7fffffffffffffff"), (.max, "00ffffffffffffffff"),
        ] {
            #expect(Hex.encode(TSELogMessage.integer(value)) == hex)
        }
    }

    @Test(
        "The published receipts' messages are written byte for byte",
        .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
    func publishedMessages() throws {
        let vectors = try JSON(parsing: try SharedFixtures.bytes("tse/qr-vectors.json"))
        var seen = 0
        for vector in vectors["vectors"]?.array ?? [] {
            guard vector["origin"]?.string == "public", let expect = vector["expect"], let fields = vector["fields"],
                let hex = expect["messageHex"]?.string, let message = Self.message(fields, expect)
            else { continue }
            #expect(Hex.encode(message.bytes) == hex, "\(vector["id"]?.string ?? "")")
            seen += 1
        }
        #expect(seen >= 18)
    }

    private static func message(_ fields: JSON, _ expect: JSON) -> TSELogMessage? {
        guard let client = fields["clientId"]?.string, let data = fields["processData"]?.string,
            let type = fields["processType"]?.string, let number = fields["transactionNumber"]?.integer,
            let counter = fields["signatureCounter"]?.integer, let time = fields["logTime"]?.string,
            let format = fields["logTimeFormat"]?.string, let layout = expect["layout"]?.string,
            let serial = expect["sha256PublicPoint"]?.string.flatMap({ Hex.decode($0) }),
            let logTime = FiscalInstant(utcMilliseconds: time), let form = TSEProfile.Layout(rawValue: layout),
            let digest = fields["signatureAlgorithm"]?.string.flatMap(Self.digest)
        else { return nil }
        let timeFormat: TSEProfile.TimeFormat = format.lowercased().hasPrefix("utctime") ? .utcTime : .unixTime
        return TSELogMessage(
            operation: .finish, client: client, processData: data, processType: type,
            transactionNumber: UInt64(number), serial: serial, signatureCounter: UInt64(counter), logTime: logTime,
            profile: TSEProfile(digest: digest, timeFormat: timeFormat, layout: form))
    }

    private static func digest(_ name: String) -> DigestAlgorithm? {
        ["ecdsa-plain-SHA256": .sha256, "ecdsa-plain-SHA384": .sha384, "ecdsa-plain-SHA512": .sha512][name]
    }
}
