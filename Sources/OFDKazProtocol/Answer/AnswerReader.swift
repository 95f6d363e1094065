import SwiftProtobuf

/// Decides whether a frame answers a request, and reads what it says (decisions K1, K10, K11, K18).
///
/// The result counts as soon as ID, REQNUM and command fit and it can be read; whatever else is missing or damaged is
/// an anomaly. To repeat an accepted document for the sake of a broken advertisement would go on for ever.
package enum AnswerReader {
    /// What the answer must repeat, and what it was asked for.
    package struct Expectation: Sendable, Hashable {
        package var id: UInt32
        package var reqnum: UInt16
        package var command: CommandType
        package var edition: Edition
        package var sentToken: UInt32
        /// Which report a COMMAND_REPORT asked for.
        package var report: ReportType?
        /// Whether the request asked for registration data (`get_reg_info`). An INFO brings it anyway.
        package var asksForRegistration: Bool

        package init(
            id: UInt32, reqnum: UInt16, command: CommandType, edition: Edition, sentToken: UInt32,
            report: ReportType? = nil, asksForRegistration: Bool = false
        ) {
            self.id = id
            self.reqnum = reqnum
            self.command = command
            self.edition = edition
            self.sentToken = sentToken
            self.report = report
            self.asksForRegistration = asksForRegistration
        }
    }

    /// What a frame turned out to be.
    package enum Reading: Sendable, Hashable {
        case answer(Answer)
        /// The request is as unanswered as before.
        case notAnAnswer(Mismatch)
    }

    /// Why a frame is no answer to the request.
    package enum Mismatch: Sendable, Hashable {
        /// The ID of another register.
        case otherID
        /// The number of another request; one of this connection's earlier ones is merely late (decision K18).
        case otherReqnum(UInt16)
        /// The version word is no version of the protocol, or one that is not compatible.
        case incompatibleVersion(UInt16)
        /// The payload does not say which command it answers.
        case noCommand
        case otherCommand(CommandType)
        /// There is no result code, or none that can be read.
        case noResult
    }

    /// Reads a frame that came after a request was sent.
    package static func read(_ frame: Frame, expecting: Expectation) -> Reading {
        guard frame.id == expecting.id else { return .notAnAnswer(.otherID) }
        guard frame.reqnum == expecting.reqnum else { return .notAnAnswer(.otherReqnum(frame.reqnum)) }
        guard let edition = Edition(rawValue: frame.version), edition.isCompatible(with: expecting.edition) else {
            return .notAnAnswer(.incompatibleVersion(frame.version))
        }
        let salvage = PayloadSalvage(frame.payload, message: "Response")
        guard let response = try? PBResponse(serializedBytes: salvage.payload), response.hasCommand else {
            return .notAnAnswer(.noCommand)
        }
        let command = CommandType(response.command)
        guard command == expecting.command else { return .notAnAnswer(.otherCommand(command)) }
        guard response.result.hasResultCode else { return .notAnAnswer(.noResult) }

        var answer = Answer(response, token: frame.token, salvage: salvage)
        var review = AnswerReview(response, expecting: expecting)
        review.checkHeader(edition: edition, token: frame.token)
        review.checkContent(salvage: salvage, edition: min(edition, expecting.edition))
        review.check(answer)
        answer.anomalies = review.anomalies.anomalies
        return .answer(answer)
    }
}

extension AnswerReader.Mismatch: CustomStringConvertible {
    package var description: String {
        switch self {
        case .otherID: "the ID is another register's"
        case .otherReqnum(let number): "the REQNUM is \(number)"
        case .incompatibleVersion(let word): "the version \(word) is not compatible"
        case .noCommand: "the answer names no command"
        case .otherCommand(let command): "the answer is to command \(command.rawValue)"
        case .noResult: "there is no result code that can be read"
        }
    }
}
