import FiscalCore
import OFDKazProtocol
import SwiftProtobuf

extension OFDAuthority {
    func frame(_ answer: PBResponse, version: UInt16, id: UInt32, token: UInt32, reqnum: UInt16) -> OutgoingFrame {
        OutgoingFrame(
            version: version, id: id, token: token, reqnum: reqnum, payload: (try? answer.serializedBytes()) ?? [])
    }

    /// The bytes of an answer, spoiled as planned.
    mutating func reply(to ruling: OFDRuling, _ fault: OFDFault?) -> SimulatedStreamReply {
        guard let asked = ruling.frame else { return .lost }
        var frame = OutgoingFrame(
            version: asked.version, id: asked.id, token: asked.token, reqnum: asked.reqnum, payload: [])
        switch ruling.decision {
        case .drop: return .lost
        case .refuse(let code, let text):
            // A refusal sends the token back that it got.
            frame.payload = Self.payload(of: self.refusal(code, text, ruling, asked))
        case .repeat(let payload):
            frame.token = self.accounts[asked.id]?.token ?? asked.token
            frame.payload = payload
        case .accept(let answer):
            frame.token = self.accounts[asked.id]?.token ?? asked.token
            frame.payload = Self.payload(of: answer)
        }
        if let fault { self.spoil(&frame, ruling, fault) }
        return Self.delivery(of: frame, fault)
    }

    private func refusal(_ code: ResultCode, _ text: String?, _ ruling: OFDRuling, _ asked: ReceivedFrame)
        -> PBResponse
    {
        var answer = PBResponse()
        let command = ruling.command?.rawValue ?? RawFields.number(1, in: asked.payload) ?? 0
        answer.command = PBCommandTypeEnum(rawValue: Int(command)) ?? .commandSystem
        answer.result = Self.result(code, text: text)
        return answer
    }

    private static func payload(of answer: PBResponse) -> [UInt8] { (try? answer.serializedBytes()) ?? [] }

    /// Makes the answer wrong.
    private mutating func spoil(_ frame: inout OutgoingFrame, _ ruling: OFDRuling, _ fault: OFDFault) {
        switch fault {
        case .wrongAppcode: frame.appcode = 0xA281
        case .wrongVersion(let version): frame.version = version
        case .wrongSize(let size): frame.size = size
        case .wrongID: frame.id &+= 1
        case .wrongReqnum: frame.reqnum &+= 1
        case .foreignToken, .refuseUnderForeignToken: frame.token = self.newToken()
        case .acceptedBut(let code):
            guard let asked = ruling.frame else { return }
            frame.token = asked.token
            frame.payload = Self.payload(of: self.refusal(ResultCode(rawValue: code), nil, ruling, asked))
        default:
            if let payload = DamagedAnswer.payload(frame.payload, fault) { frame.payload = payload }
        }
    }

    /// How the bytes leave.
    private static func delivery(of frame: OutgoingFrame, _ fault: OFDFault?) -> SimulatedStreamReply {
        let bytes = frame.bytes
        switch fault {
        case .silence: return .silence
        case .lost: return .lost
        case .cut(let count): return .cut(bytes, after: count)
        case .late(let milliseconds): return .late(bytes, after: .milliseconds(max(0, milliseconds)))
        case .byteByByte: return .pieces(bytes.map { [$0] })
        case .twice: return .answer(bytes + bytes)
        case .lateFrame:
            var answer = PBResponse()
            answer.command = .commandSystem
            answer.result = Self.result(.ok)
            var late = frame
            late.reqnum &-= 1
            late.payload = Self.payload(of: answer)
            return .answer(late.bytes + bytes)
        default: return .answer(bytes)
        }
    }
}
