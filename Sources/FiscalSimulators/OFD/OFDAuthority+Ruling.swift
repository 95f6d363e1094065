import FiscalCore
import OFDKazProtocol
import SwiftProtobuf

/// What the authority thinks of one request, before a fault spoils the answer.
struct OFDRuling: Sendable {
    enum Decision: Sendable {
        /// Carried out: what the answer holds.
        case accept(PBResponse)
        /// The stored answer to the last accepted document.
        case `repeat`(payload: [UInt8])
        case refuse(ResultCode, text: String?)
        /// No frame of this protocol: the connection is closed.
        case drop
    }

    var decision: Decision
    var reason: String?
    var frame: ReceivedFrame?
    var command: CommandType?

    init(_ decision: Decision, _ reason: String? = nil) {
        self.decision = decision
        self.reason = reason
    }

    static func refuse(_ code: ResultCode, _ reason: String, text: String? = nil) -> Self {
        Self(.refuse(code, text: text), reason)
    }
}

extension OFDAuthority {
    /// Decides on the bytes of one request, in the order of decision K7, and carries it out when nothing speaks
    /// against it.
    mutating func rule(on bytes: [UInt8], at now: FiscalInstant) -> OFDRuling {
        let frame: ReceivedFrame
        do {
            frame = try ReceivedFrame(bytes)
        } catch {
            return OFDRuling(.drop, error.rawValue)
        }
        let request = try? PBRequest(serializedBytes: frame.payload)
        var ruling = self.rule(on: frame, request, at: now)
        ruling.frame = frame
        ruling.command = request.flatMap { $0.hasCommand ? CommandType(of: $0) : nil }
        return ruling
    }

    private mutating func rule(on frame: ReceivedFrame, _ request: PBRequest?, at now: FiscalInstant) -> OFDRuling {
        guard let edition = Edition(rawValue: frame.version) else {
            return OFDRuling(.drop, "VERSION \(frame.version) is none")
        }
        if let ruling = self.rulingBeforeContent(frame, request, edition) { return ruling }
        // Out of the dictionary while it changes, so that nothing of it is copied.
        guard let request, var account = self.accounts.removeValue(forKey: frame.id) else {
            return .refuse(.unknownID, "ID")
        }
        defer { self.accounts[frame.id] = account }
        account.knowsOfBlock = false
        return self.carryOut(request, edition, frame, in: &account, at: now)
    }

    /// Everything that is decided before the content is looked at; nil when the request may be carried out.
    private mutating func rulingBeforeContent(
        _ frame: ReceivedFrame, _ request: PBRequest?, _ edition: Edition
    ) -> OFDRuling? {
        guard let account = self.accounts[frame.id] else { return .refuse(.unknownID, "ID") }
        guard let request else { return .refuse(.protocolError, "the payload is no Request") }
        if let flaw = RequestFlaws.protocolError(in: request, edition) { return .refuse(.protocolError, flaw) }
        // A register that knows of its block must say who it is (section 5.4).
        if account.knowsOfBlock, CommandType(of: request) == .system, !request.service.hasRegInfo {
            return .refuse(.protocolError, "missing: service.reg_info")
        }
        let command = CommandType(of: request)
        if let refusal = self.refusal(of: command, edition) { return refusal }
        if let settled = self.settled(frame, command, account) { return settled }
        return account.block.map { self.blocked($0, account, edition) }
    }

    /// Codes 4 and 5. CANCEL_TICKET is retired; the reserved command and those of payment by QR are known, but not
    /// served.
    private func refusal(of command: CommandType, _ edition: Edition) -> OFDRuling? {
        switch command.rawValue {
        case 0...6, 8: return nil
        case 127 where self.rules.answersReserved: return nil
        case 7, 127: return .refuse(.unsupportedCommand, "command \(command.rawValue)")
        case 100, 101:
            let code = edition >= .v204 ? ResultCode.unsupportedCommand : .unknownCommand
            return .refuse(code, "command \(command.rawValue)")
        default: return .refuse(.unknownCommand, "command \(command.rawValue)")
        }
    }

    /// What the pair of token and REQNUM decides by itself: repeats, and codes 2, 8 and 9.
    private func settled(_ frame: ReceivedFrame, _ command: CommandType, _ account: OFDAccount) -> OFDRuling? {
        let isIssued = frame.token == account.token && frame.token != 0
        switch command {
        case .ticket, .moneyPlacement, .closeShift:
            if let last = account.last, last.token == frame.token, last.reqnum == frame.reqnum {
                guard last.command == command.rawValue else {
                    return .refuse(.invalidRetryRequest, "the pair of a document of command \(last.command)")
                }
                return OFDRuling(.repeat(payload: last.answer))
            }
            guard isIssued else { return .refuse(.invalidToken, "TOKEN") }
            if account.last?.reqnum == frame.reqnum {
                return .refuse(.invalidRequestNumber, "REQNUM of the last document with another TOKEN")
            }
            return nil
        case .report: return nil
        default: return isIssued ? nil : .refuse(.invalidToken, "TOKEN")
        }
    }

    private mutating func blocked(_ block: OFDAccount.Block, _ account: OFDAccount, _ edition: Edition) -> OFDRuling {
        self.accounts[account.id]?.knowsOfBlock = true
        let code: ResultCode =
            switch block {
            case .deregistered where edition >= .v204: .deregistered
            case .disconnected where edition >= .v204: .disconnected
            case .blocked, .deregistered, .disconnected: .blocked
            }
        return .refuse(code, block.rawValue, text: account.blockText)
    }

    private mutating func carryOut(
        _ request: PBRequest, _ edition: Edition, _ frame: ReceivedFrame, in account: inout OFDAccount,
        at now: FiscalInstant
    ) -> OFDRuling {
        let command = CommandType(of: request)
        switch command {
        case .ticket, .moneyPlacement, .closeShift:
            return self.book(request, command, edition, frame, in: &account, at: now)
        default:
            if let flaw = RequestFlaws.incorrectness(of: request, command, edition) {
                return .refuse(.incorrectRequestData, flaw)
            }
            let answer = self.answer(to: request, command, in: &account, at: now)
            let moves =
                switch command {
                case .info, .nomenclature: account.tokenPolicy == .documentsAndInformation
                case .reserved: account.tokenPolicy != .never
                default: false
                }
            if moves { account.token = self.newToken() }
            return OFDRuling(.accept(answer))
        }
    }
}

extension CommandType {
    init(of request: PBRequest) { self.init(rawValue: UInt32(truncatingIfNeeded: request.command.rawValue)) }
}
