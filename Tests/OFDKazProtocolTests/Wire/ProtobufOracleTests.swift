import FiscalCore
import Foundation
import SwiftProtobuf
import Testing

@testable import OFDKazProtocol

@Suite("Payloads, judged by Google's Python runtime")
struct ProtobufOracleTests {
    /// What the oracle thinks of our payloads, and what it makes. Asked once for all tests.
    static let answer = Result { try Self.ask() }

    struct Exchange: Sendable {
        var opinion: ProtobufOracle.Opinion
        var unmadeFields: Set<String>
        var unreadable: Int
    }

    static func ask() throws -> Exchange {
        var random = RandomPayload(
            schema: try Google_Protobuf_FileDescriptorSet(serializedBytes: ProtobufOracle.compiledSchema()), seed: 2025)
        let names = ["request": ".swift_fiscal.ofd_kaz.Request", "response": ".swift_fiscal.ofd_kaz.Response"]
        var samples: [ProtobufOracle.Sample] = []
        var unreadable = 0
        for kind in PayloadKind.allCases {
            let name = try #require(names[kind.rawValue])
            for _ in 0..<300 {
                let payload = random.payload(of: name)
                let json = try PayloadJSON.text(of: payload, kind)
                if try Self.rewritten(payload, kind) != payload { unreadable += 1 }
                if try PayloadJSON.payload(from: json, kind) != payload { unreadable += 1 }
                samples.append(
                    ProtobufOracle.Sample(kind: kind.rawValue, hex: Hex.encode(payload), json: json))
            }
        }
        let every = names.values.reduce(into: Set<String>()) { $0.formUnion(random.fields(of: $1)) }
        return Exchange(
            opinion: try ProtobufOracle.opinion(on: samples, making: 600),
            unmadeFields: every.subtracting(random.made), unreadable: unreadable)
    }

    /// What our types keep of a payload, unknown fields left out.
    static func rewritten(_ payload: [UInt8], _ kind: PayloadKind) throws -> [UInt8] {
        var options = BinaryDecodingOptions()
        options.discardUnknownFields = true
        switch kind {
        case .request: return try PBRequest(serializedBytes: payload, options: options).serializedBytes()
        case .response: return try PBResponse(serializedBytes: payload, options: options).serializedBytes()
        }
    }

    @Test("The schema that is compiled in is the one in Protos")
    func schema() throws {
        #expect(try Self.answer.get().opinion.sameSchema)
    }

    @Test("600 random payloads of ours mean the same to it: every field, unknown numbers of tables, defaults")
    func ours() throws {
        let exchange = try Self.answer.get()
        #expect(exchange.opinion.checked == 600)
        #expect(exchange.opinion.differences == [])
        #expect(exchange.unmadeFields == [])
        #expect(exchange.unreadable == 0)
    }

    @Test("600 random payloads of its making mean the same to us, and its JSON gives its bytes under either spelling")
    func theirs() throws {
        let opinion = try Self.answer.get().opinion
        #expect(opinion.samples.count == 600)
        #expect(opinion.madeFields == opinion.fields)
        var ours: [ProtobufOracle.Sample] = []
        for sample in opinion.samples {
            let kind = try #require(PayloadKind(rawValue: sample.kind))
            let payload = try #require(Hex.decode(sample.hex))
            #expect(try Self.rewritten(payload, kind) == payload)
            ours.append(
                ProtobufOracle.Sample(
                    kind: sample.kind, hex: sample.hex, json: try PayloadJSON.text(of: payload, kind)))
            #expect(try PayloadJSON.payload(from: sample.json, kind) == payload)
            #expect(try PayloadJSON.payload(from: #require(sample.documentJSON), kind) == payload)
        }
        // It compares the JSON texts as well: what it reads from ours is what it wrote itself.
        let again = try ProtobufOracle.opinion(on: ours, making: 0)
        #expect(again.checked == 600)
        #expect(again.differences == [])
    }
}
