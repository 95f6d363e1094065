import Foundation
import ProgramTestSupport
import Testing

/// `crk seal` and `crk open` against another implementation of JOSE, for every combination of algorithms.
@Suite struct JOSEProgramOracleTests {
    typealias Packet = JOSEProgramOracle.Packet

    private static let oracle = Task { try await JOSEProgramOracle() }

    /// Every signature with every key and content encryption: 216 packets; what is besides goes in turns.
    private static func packets(_ seed: Int) -> [Packet] {
        var lot = Lot(seed)
        var packets: [Packet] = []
        for sign in JOSEProgramOracle.signatures {
            for encrypt in JOSEProgramOracle.keyEncryptions {
                for content in JOSEProgramOracle.contents {
                    let number = packets.count
                    var packet = Packet(
                        number: number, sign: sign, encrypt: encrypt, content: content,
                        compression: JOSEProgramOracle.compressions[number % 5])
                    packet.nesting = number % 7 == 3 ? "jwe-in-jws" : "jws-in-jwe"
                    packet.reference = ["x5c", "x5t#S256", "none"][number % 3]
                    packet.wire = number % 4 == 1 ? "base64" : "compact"
                    let size = [1, 15, 16, 17, 100, 1_000, 20_000].randomElement(using: &lot) ?? 1
                    packet.payload =
                        number % 2 == 0
                        ? (0..<size).map { _ in UInt8.random(in: 0...255, using: &lot) }
                        : Array(String(repeating: #"{"content":["ŻÓŁĆ"]}"#, count: size / 20 + 1).utf8)
                    packets.append(packet)
                }
            }
        }
        return packets
    }

    /// Runs the program once for each packet, a few at a time.
    private static func run(
        _ packets: [Packet], _ body: @escaping @Sendable (Packet) async throws -> [UInt8]
    ) async throws -> [[UInt8]] {
        try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
            var results = [[UInt8]](repeating: [], count: packets.count)
            var rest = packets.makeIterator()
            for _ in 0..<4 { if let packet = rest.next() { group.addTask { (packet.number, try await body(packet)) } } }
            while let (number, result) = try await group.next() {
                results[number] = result
                if let packet = rest.next() { group.addTask { (packet.number, try await body(packet)) } }
            }
            return results
        }
    }

    @Test("It opens and verifies what crk seal makes")
    func ours() async throws {
        let oracle = try await Self.oracle.value
        var packets = Self.packets(1)
        let folder = try TestFolder()
        let sealed = try await Self.run(packets) { packet in
            let profile = try folder.write("\(packet.number).json", packet.profile)
            let input = try folder.write("\(packet.number).in", packet.payload)
            let ending = try await Program("crk").run(
                "seal", "--profile", profile, "--signer", oracle.key(packet.signerName), "--signer-cert",
                oracle.certificate(packet.signerName), "--recipient-cert", oracle.certificate(packet.recipientName),
                "--in", input, "--out", folder.url("\(packet.number).out").path)
            #expect(ending.status == 0 && ending.errors.isEmpty, "\(packet.profile): \(ending.errors)")
            return try folder.bytes("\(packet.number).out")
        }
        for index in packets.indices { packets[index].sealed = String(decoding: sealed[index], as: UTF8.self) }
        let found = try await oracle.contents(of: packets)
        #expect(found.count == 216)
        for (packet, found) in zip(packets, found) {
            #expect(
                found == "=" + Data(packet.payload).base64EncodedString(), "\(packet.profile): \(found.prefix(200))")
        }
    }

    @Test("crk open opens and verifies what it seals")
    func theirs() async throws {
        let oracle = try await Self.oracle.value
        let packets = Self.packets(2)
        let sealed = try await oracle.sealed(packets)
        #expect(sealed.count == 216)
        let folder = try TestFolder()
        let opened = try await Self.run(packets) { packet in
            let profile = try folder.write("\(packet.number).json", packet.profile)
            let input = try folder.write("\(packet.number).in", sealed[packet.number])
            let ending = try await Program("crk").run(
                "open", "--profile", profile, "--recipient", oracle.key(packet.recipientName), "--signer-cert",
                oracle.certificate(packet.signerName), "--in", input, "--out",
                folder.url("\(packet.number).out").path)
            #expect(ending.status == 0 && ending.errors.isEmpty, "\(packet.profile): \(ending.errors)")
            return try folder.bytes("\(packet.number).out")
        }
        for (packet, opened) in zip(packets, opened) { #expect(opened == packet.payload, "\(packet.profile)") }
    }
}
