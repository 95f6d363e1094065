import FiscalCore
import FiscalTestSupport
import Foundation
import Testing

@testable import EETProtocol

@Suite("Damaged answers")
struct AnswerMutationTests {
    /// 2000, or what `FISCAL_MUTATIONS` says, for a long run.
    private static let rounds =
        ProcessInfo.processInfo.environment["FISCAL_MUTATIONS"].flatMap { Int($0) } ?? 2000

    /// The verdict on damaged bytes: accepted only if every signed thing is what it was.
    private func check(_ bytes: [UInt8], against original: EETAnswer, _ trust: SealTrust) -> Bool {
        guard let answer = try? EETAnswer(bytes: bytes, trust: trust), answer.accepted else { return false }
        #expect(answer.content == original.content && answer.header == original.header)
        #expect(answer.warnings == original.warnings && answer.edition == original.edition)
        #expect(answer.sealCertificate == original.sealCertificate && answer.signature == .valid)
        return true
    }

    private func sealed() throws -> (text: String, answer: EETAnswer, trust: SealTrust) {
        let authority = try TestAuthority.make()
        var answer = SealedAnswer()
        answer.content =
            "<eet:Potvrzeni fik=\"\(SealedAnswer.fik)\" test=\"true\"/><eet:Varovani kod_varov=\"4\">text</eet:Varovani>"
        let text = try answer.sealed(authority.seal)
        let read = try EETAnswer(bytes: text.bytes, trust: authority.trust)
        try #require(read.accepted)
        return (text, read, authority.trust)
    }

    @Test("Random damage gives a verdict or a refusal, and never another confirmation")
    func mutations() throws {
        let (text, answer, trust) = try self.sealed()
        let original = text.bytes
        let alphabet = Array("<>&;'\"=/?![]-:# \n\0ABab019".utf8) + [0xFF, 0xC3, 0xEF]
        var random = SeededGenerator(seed: 20210927)
        var accepted = 0
        for _ in 0..<Self.rounds {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                let length = Int.random(in: 1...60, using: &random)
                let slice = index..<min(bytes.count, index + length)
                switch Int.random(in: 0..<7, using: &random) {
                case 0: bytes[index] = random.pick(alphabet)
                case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: bytes.insert(random.pick(alphabet), at: index)
                case 3: bytes.removeSubrange(slice)
                case 4: bytes.insert(contentsOf: bytes[slice], at: index)
                case 5: bytes.insert(contentsOf: bytes[slice], at: Int.random(in: 0..<bytes.count, using: &random))
                default: bytes.swapAt(index, Int.random(in: 0..<bytes.count, using: &random))
                }
            }
            if self.check(bytes, against: answer, trust) { accepted += 1 }
        }
        // Some damage hits what is not signed, such as white space; most does not.
        #expect(accepted < Self.rounds / 10)
    }

    @Test("One changed character within the signed parts breaks the seal, wherever it is")
    func signedParts() throws {
        let (text, _, trust) = try self.sealed()
        for part in [try text.part("<SignedInfo>", "</SignedInfo>"), try AnswerParts(text).body] {
            let start = try #require(text.bytes.firstRange(of: part.bytes)).lowerBound
            for offset in stride(from: 0, to: part.utf8.count, by: 3) {
                var bytes = text.bytes
                bytes[start + offset] =
                    bytes[start + offset] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
                let answer = try? EETAnswer(bytes: bytes, trust: trust)
                #expect(answer?.accepted != true, "\(part.prefix(10)), offset \(offset)")
            }
        }
    }

    @Test("No part of an answer passes for the whole")
    func truncations() throws {
        let (text, _, trust) = try self.sealed()
        let bytes = text.bytes
        for length in stride(from: 0, to: bytes.count, by: 5) {
            #expect(throws: UnreadableAnswer.self) { try EETAnswer(bytes: Array(bytes[..<length]), trust: trust) }
        }
        for start in stride(from: 1, to: bytes.count, by: 97) {
            let answer = try? EETAnswer(bytes: Array(bytes[start...]), trust: trust)
            #expect(answer?.accepted != true || start < 40)
        }
    }
}
