import CRKProtocol
import CRKRegisterFolder
import FiscalCore
import FiscalSimulators
import Foundation
import ProgramTestSupport
import SimulatorServer
import Testing

/// Many documents over real TLS, through random faults and crashes: every one arrives, in order, none twice, each request
/// below the limit as counted on the wire, and the till's memory stays what it was.
@Suite struct ShippingCampaignTests {
    private static let count = ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" ? 10_000 : 500

    private static func fault(_ lot: inout Lot) -> CRKFault? {
        switch Int.random(in: 0..<12, using: &lot) {
        case 0: .lost(effect: true)
        case 1: .lost(effect: false)
        case 2: .status(500)
        case 3: .status(503, retryAfter: 7)
        case 4: .expiredToken
        case 5: .truncated
        case 6: .status([408, 429, 401].randomElement(using: &lot) ?? 429)
        case 7: .empty
        default: nil
        }
    }

    /// Mostly receipts, some reports, a few that have megabytes; contents that hardly compress.
    private static func document(_ number: Int64, _ lot: inout Lot) throws -> MemoryDocument {
        let size: Int
        switch Int.random(in: 0..<100, using: &lot) {
        case 0: size = Int.random(in: 500_000...1_500_000, using: &lot)
        case 1...5: size = Int.random(in: 20_000...200_000, using: &lot)
        default: size = Int.random(in: 100...3_000, using: &lot)
        }
        let bytes = (0..<size / 8).map { _ in lot.next() }.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
        let type = ["PR", "PR", "PR", "PA", "FK", "FA", "RD", "WN", "ZE", nil].randomElement(using: &lot) ?? "PR"
        let detailed: JSON = ["JPKID": .integer(number), "dane": .string(Base64.encode(bytes))]
        return MemoryDocument(
            number: number, type: type, detailed: detailed, short: ["JPKID": .integer(number), "skrot": "x"])
    }

    @Test("Random documents through random faults and crashes arrive complete, in order, once, below the limit")
    func campaign() async throws {
        let crk = try await CRKOnSocket.start()
        crk.openBooks()
        let till = try KillableTill(crk)
        #expect(try await !till.run("fiscalise"))
        let before = try till.result.memoryPeak
        var lot = Lot(7)
        let memory = try till.documents
        var number = try memory.last()
        var texts: [Int64: String] = [:]
        for _ in 0..<Self.count / 100 {
            var documents: [MemoryDocument] = []
            for _ in 0..<100 {
                // Now and then a number was never given.
                number += Int.random(in: 0..<40, using: &lot) == 0 ? 3 : 1
                let document = try Self.document(number, &lot)
                documents.append(document)
                if document.type != nil { texts[number] = document.detailed.text }
            }
            try memory.append(documents)
        }
        crk.change { authority in
            for _ in 0..<Self.count { authority.faults.eventHub.add(Self.fault(&lot)) }
            for _ in 0..<20 { authority.faults.add(Self.fault(&lot) ?? .status(503), for: "EventHubSasToken") }
        }
        var killed = 0
        while killed < 12, try await till.run("ship", dieAt: Int.random(in: 1...60, using: &lot)) { killed += 1 }
        #expect(try await !till.run("ship"))

        let (authority, unit) = (crk.authority, try crk.unit)
        let continuity = authority.continuity(of: unit)
        #expect(continuity.isComplete(through: number), "\(continuity)")
        #expect(authority.incompleteDocuments(of: unit).isEmpty)
        let packets = authority.ledger.packets(of: unit)
        #expect(packets.allSatisfy { $0.flaws.isEmpty }, "\(packets.flatMap(\.flaws))")
        // A repeat is the packet itself, to the byte: the authority calls everything else a conflict.
        let received = authority.ledger.documents(of: unit).filter { $0.infoType == nil && $0.number != 1 }
        #expect(received.count == texts.count)
        for document in received {
            let isSame = document.number.flatMap { texts[$0] } == document.text
            #expect(isSame, "document \(document.number ?? 0)")
        }
        let largest = crk.office.hubOctets.max() ?? 0
        #expect(largest < 256_000 && largest > 200_000, "\(largest)")
        // No client certificate, and always the token.
        let requests = authority.ledger.requests(at: .eventHub)
        #expect(requests.allSatisfy { $0.clientName == nil && $0.header("Authorization") != nil })
        let peak = try till.result.memoryPeak
        print(
            "\(Self.count) documents in \(packets.count) packets, \(requests.count) requests, killed \(killed) times; "
                + "the largest request had \(largest) octets; the till's memory peak \(peak) kB, \(before) kB before")
        // A page of the largest documents and their packets, whatever the number of documents.
        if peak > 0 { #expect(peak < before + 200_000) }
        await crk.stop()
    }
}
