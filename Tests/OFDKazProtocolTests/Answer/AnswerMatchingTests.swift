import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("Whether a frame answers the request")
struct AnswerMatchingTests {
    private func read(_ frame: Frame, _ answer: CompleteAnswer) -> AnswerReader.Reading {
        AnswerReader.read(frame, expecting: answer.expectation)
    }

    @Test("ID, REQNUM and command must be the request's", arguments: CompleteAnswer.all)
    func identity(answer: CompleteAnswer) throws {
        let frame = try answer.frame(answer.payload())
        #expect(try self.read(frame, answer).settled().code == .ok)

        var other = frame
        other.id = 100_002
        #expect(self.read(other, answer) == .notAnAnswer(.otherID))
        other = frame
        other.reqnum = 0
        #expect(self.read(other, answer) == .notAnAnswer(.otherReqnum(0)))
        for command in CommandType.allCases where command != answer.command {
            var response = try answer.pb()
            response.command = command.pb
            #expect(
                try self.read(answer.frame(response.serializedBytes()), answer) == .notAnAnswer(.otherCommand(command)))
        }
    }

    @Test("The full width of ID and REQNUM counts")
    func fullWidth() throws {
        let answer = try CompleteAnswer.named("system")
        var expectation = answer.expectation
        expectation.id = 0xFFFF_FFFE
        expectation.reqnum = 0
        var frame = try answer.frame(answer.payload())
        frame.id = 0xFFFF_FFFE
        frame.reqnum = 0
        #expect(try AnswerReader.read(frame, expecting: expectation).settled().code == .ok)
        frame.id = 0x7FFF_FFFE
        #expect(AnswerReader.read(frame, expecting: expectation) == .notAnAnswer(.otherID))
    }

    @Test("Another Y or Z of the version is read and told; another X is no answer")
    func versions() throws {
        let answer = try CompleteAnswer.named("ticket")
        for version in [200, 202, 204, 210, 299] as [UInt16] {
            let read = try self.read(answer.frame(answer.payload(), version: version), answer).settled()
            #expect(read.ticketNumber == "4228143549")
            #expect(read.anomalies.filter { $0.kind == .version }.count == 1)
        }
        for version in [0, 1, 99, 100, 123, 199, 300, 303, 65_535] as [UInt16] {
            #expect(
                try self.read(answer.frame(answer.payload(), version: version), answer)
                    == .notAnAnswer(.incompatibleVersion(version)))
        }
    }

    @Test("Without a command, or without a result that can be read, there is no answer")
    func result() throws {
        let answer = try CompleteAnswer.named("ticket")
        var response = try answer.pb()
        response.clearCommand()
        #expect(try answer.read(response.serializedBytes()) == .notAnAnswer(.noCommand))
        response = try answer.pb()
        response.clearResult()
        #expect(try answer.read(response.serializedBytes()) == .notAnAnswer(.noResult))
        response.result.resultText = "T"
        #expect(try answer.read(response.serializedBytes()) == .notAnAnswer(.noResult))
        #expect(answer.read([]) == .notAnAnswer(.noCommand))
    }

    @Test("A result code of more than 32 bits is not read as its lower half")
    func wideResult() throws {
        let answer = try CompleteAnswer.named("ticket")
        // 2^32, whose lower half is 0: OK.
        for code in [[0x80, 0x80, 0x80, 0x80, 0x10], [UInt8](repeating: 0x80, count: 9) + [0x02]] as [[UInt8]] {
            let result = [0x08] + code
            #expect(answer.read([0x08, 0x01, 0x12, UInt8(result.count)] + result) == .notAnAnswer(.noResult))
        }
        #expect(answer.read([0x08, 0x81, 0x80, 0x80, 0x80, 0x10, 0x12, 0x02, 0x08, 0x00]) == .notAnAnswer(.noCommand))
        // The largest number of 32 bits is a code.
        let read = try answer.read([0x08, 0x01, 0x12, 0x06, 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]).settled()
        #expect(read.code.rawValue == 4_294_967_295)
        #expect(read.anomalies.map(\.kind) == [.unlistedCode])
    }

    @Test("A result of another wire type is none")
    func wrongType() throws {
        let answer = try CompleteAnswer.named("ticket")
        #expect(answer.read([0x08, 0x01, 0x10, 0x00]) == .notAnAnswer(.noResult))
        #expect(answer.read([0x08, 0x01, 0x12, 0x03, 0x0A, 0x01, 0x00]) == .notAnAnswer(.noResult))
    }
}
