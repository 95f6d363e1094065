public import FiscalCore
import OFDKazProtocol
import SwiftProtobuf

extension OFDAuthority: SimulatedStreamAuthority {
    /// The bytes that SIZE says; all that came when the header can be none, to be judged as they are.
    public static func requestLength(in bytes: [UInt8]) -> Int? {
        if bytes.count >= 2, !bytes.starts(with: [0xA2, 0x81]) { return bytes.count }
        guard bytes.count >= 8 else { return nil }
        guard let size = ReceivedFrame.size(bytes), size <= Self.sizeLimit else { return bytes.count }
        return bytes.count >= size ? size : nil
    }

    /// Nobody's request is longer: a header that says so is none.
    static let sizeLimit = 32 << 20

    public mutating func accept(at now: FiscalInstant) -> SimulatedStreamGreeting {
        switch self.faults.upcoming.first ?? self.faults.permanent {
        case .noAccept:
            _ = self.faults.take()
            return .refused
        case .unaskedFrame:
            self.ledger.connections += 1
            var answer = PBResponse()
            answer.command = .commandSystem
            answer.result = Self.result(.ok)
            return .unasked(self.frame(answer, version: 203, id: 0, token: 0, reqnum: 0).bytes)
        default:
            self.ledger.connections += 1
            return .accepted
        }
    }

    /// Handles the bytes of one request that arrived at `now`.
    public mutating func receive(_ bytes: [UInt8], at now: FiscalInstant) -> SimulatedStreamReply {
        let fault = self.faults.take()
        switch fault {
        case .silence(recorded: false), .lost(recorded: false), .noAccept, .garbage:
            var ruling = OFDRuling(.drop)
            ruling.frame = try? ReceivedFrame(bytes)
            self.record(ruling, .ignored, fault, bytes, at: now)
            return self.unexaminedReply(fault)
        case .resetToken:
            if let frame = try? ReceivedFrame(bytes) { _ = self.resetToken(of: frame.id) }
        default: break
        }
        let ruling = self.planned(fault, bytes) ?? self.rule(on: bytes, at: now)
        self.record(ruling, ruling.outcome, fault, bytes, at: now)
        return self.reply(to: ruling, fault)
    }

    /// The refusal that a fault asks for instead of looking at the request.
    private func planned(_ fault: OFDFault?, _ bytes: [UInt8]) -> OFDRuling? {
        guard let frame = try? ReceivedFrame(bytes) else { return nil }
        let request = try? PBRequest(serializedBytes: frame.payload)
        var ruling: OFDRuling
        switch fault {
        case .refuse(let code, let text):
            ruling = .refuse(ResultCode(rawValue: code), "as planned", text: text)
        case .refuseUnderForeignToken(let code):
            ruling = .refuse(ResultCode(rawValue: code), "as planned")
        case .refuseRepeat(let code):
            let last = self.accounts[frame.id]?.last
            guard let last, last.token == frame.token, last.reqnum == frame.reqnum else { return nil }
            ruling = .refuse(ResultCode(rawValue: code), "as planned for a repeat")
        default: return nil
        }
        ruling.frame = frame
        ruling.command = request.flatMap { $0.hasCommand ? CommandType(of: $0) : nil }
        return ruling
    }

    private func unexaminedReply(_ fault: OFDFault?) -> SimulatedStreamReply {
        switch fault {
        case .silence: .silence
        case .garbage(let count):
            // The first byte is not that of APPCODE.
            .cut((0..<max(0, count)).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }, after: count)
        default: .lost
        }
    }

    private mutating func record(
        _ ruling: OFDRuling, _ outcome: OFDReceivedMessage.Outcome, _ fault: OFDFault?, _ bytes: [UInt8],
        at now: FiscalInstant
    ) {
        self.ledger.count += 1
        guard self.rules.keepsMessages else { return }
        let frame = ruling.frame
        self.ledger.messages.append(
            OFDReceivedMessage(
                number: self.ledger.count, receivedAt: now, id: frame?.id, version: frame?.version,
                token: frame?.token, reqnum: frame?.reqnum, command: ruling.command, outcome: outcome,
                reason: ruling.reason, fault: fault, request: Base64.encode(bytes)))
    }
}

extension OFDRuling {
    fileprivate var outcome: OFDReceivedMessage.Outcome {
        switch self.decision {
        case .accept: .accepted
        case .repeat: .repeated
        case .refuse(let code, _): .refused(code: code.rawValue)
        case .drop: .dropped
        }
    }
}
