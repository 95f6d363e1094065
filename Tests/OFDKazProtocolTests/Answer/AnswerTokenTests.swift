import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("The token of an answer")
struct AnswerTokenTests {
    private func anomalies(_ answer: CompleteAnswer, code: UInt32, token: UInt32) throws -> [Anomaly] {
        var response = try answer.pb()
        response.result.resultCode = code
        if code != 0 {
            response = .with {
                $0.command = answer.command.pb; $0.result.resultCode = code
            }
        }
        let read = try answer.answer(response, token: token)
        #expect(read.token == token)
        return read.anomalies.filter { $0.kind == .token }
    }

    @Test("Another token with OK is odd where the document forbids it, and nowhere else", arguments: CompleteAnswer.all)
    func accepted(answer: CompleteAnswer) throws {
        let mustNotChange = [CommandType.system, .report, .auth].contains(answer.command)
        #expect(try self.anomalies(answer, code: 0, token: CompleteAnswer.sentToken).isEmpty)
        #expect(try self.anomalies(answer, code: 0, token: 77).isEmpty == !mustNotChange)
        #expect(try self.anomalies(answer, code: 0, token: .max).isEmpty == !mustNotChange)
    }

    @Test("0 is no token", arguments: CompleteAnswer.all)
    func zero(answer: CompleteAnswer) throws {
        #expect(try self.anomalies(answer, code: 0, token: 0).count == 1)
    }

    @Test("Another token in a refusal is odd, whatever the command", arguments: CompleteAnswer.all)
    func refused(answer: CompleteAnswer) throws {
        for code in [2, 13, 15, 255] as [UInt32] {
            #expect(try self.anomalies(answer, code: code, token: CompleteAnswer.sentToken).isEmpty)
            #expect(try self.anomalies(answer, code: code, token: 77).count == 1)
        }
    }

    @Test("Neither token is told")
    func redaction() throws {
        let answer = try CompleteAnswer.named("X")
        for code in [0, 13] as [UInt32] {
            let text = try self.anomalies(answer, code: code, token: 3_735_928_559).map(\.description).joined()
            #expect(!text.isEmpty)
            for secret in ["3735928559", "deadbeef", "4275878552", "fedcba98"] {
                #expect(!text.lowercased().contains(secret))
            }
        }
    }
}
