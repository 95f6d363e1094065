import FiscalTestSupport
import Foundation
import SwiftProtobuf
import Testing

@testable import OFDKazProtocol

@Suite("Random damage to answers")
struct AnswerFuzzTests {
    /// A few thousand; twenty times as many in long campaigns.
    private static let rounds = ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" ? 40_000 : 2000

    @Test("Random bytes as a payload are read or refused")
    func randomPayloads() throws {
        var random = SeededGenerator(seed: 1)
        for round in 0..<2 * Self.rounds {
            let answer = CompleteAnswer.all[round % CompleteAnswer.all.count]
            let noise = (0..<Int.random(in: 0..<120, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            // Every other one begins as an answer must, so that the noise is looked into.
            let head: [UInt8] = [0x08, UInt8(answer.command.rawValue), 0x12, 2, 0x08, 0]
            let payload = round.isMultiple(of: 2) ? noise : head + noise
            let reading = answer.read(payload)
            if case .answer(let read) = reading { #expect(read.command == answer.command) }
        }
    }

    @Test("Flipped, doubled, lost and moved bytes: no other command, and what a strict reader takes is what was read")
    func mutations() throws {
        var random = SeededGenerator(seed: 2)
        var settled = 0
        for round in 0..<Self.rounds {
            let answer = CompleteAnswer.all[round % CompleteAnswer.all.count]
            var payload = try answer.payload()
            for _ in 0...Int.random(in: 0..<3, using: &random) where !payload.isEmpty {
                let place = Int.random(in: 0..<payload.count, using: &random)
                let end = min(payload.count, place + Int.random(in: 0..<12, using: &random))
                switch Int.random(in: 0..<5, using: &random) {
                case 0: payload[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: payload[place] = UInt8.random(in: 0...255, using: &random)
                case 2: payload.removeSubrange(place..<end)
                case 3: payload.insert(contentsOf: payload[place..<end], at: place)
                default: payload.removeLast(min(payload.count, Int.random(in: 0..<40, using: &random)))
                }
            }
            guard case .answer(let read) = answer.read(payload) else { continue }
            settled += 1
            #expect(read.command == answer.command)
            let salvage = PayloadSalvage(payload, message: "Response")
            // What is left can be read by anybody, and has no damage any more.
            let clean = try PBResponse(serializedBytes: salvage.payload)
            #expect(clean.result.resultCode == read.code.rawValue)
            #expect(PayloadSalvage(salvage.payload, message: "Response").payload == salvage.payload)
            if !salvage.anomalies.anomalies.contains(where: { $0.kind == .damaged }) {
                #expect(try clean == PBResponse(serializedBytes: payload))
            }
        }
        #expect(settled > Self.rounds / 2)
    }
}
