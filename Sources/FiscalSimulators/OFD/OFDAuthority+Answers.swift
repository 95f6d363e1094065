import FiscalCore
import OFDKazProtocol
import SwiftProtobuf

extension OFDAuthority {
    static func result(_ code: ResultCode, text: String? = nil) -> PBResult {
        var result = PBResult()
        result.resultCode = code.rawValue
        result.resultText = text ?? code.serverText
        return result
    }

    /// Carries out a request that is no document, and answers.
    mutating func answer(
        to request: PBRequest, _ command: CommandType, in account: inout OFDAccount, at now: FiscalInstant
    ) -> PBResponse {
        var answer = PBResponse()
        answer.command = request.command
        answer.result = Self.result(.ok)
        switch command {
        case .system: self.noteUnsentCount(in: request, of: &account)
        case .info: answer.report = self.information(on: account, at: now)
        case .report: answer.report = self.report(request.report, account)
        case .nomenclature: answer.nomenclature = Self.nomenclature(request.nomenclature, account)
        case .auth: self.signIn(request.auth, account, &answer)
        default: break
        }
        self.addService(to: &answer, for: request, command, account)
        return answer
    }

    /// The count of records that a register has not sent yet (section 5.4.1).
    private func noteUnsentCount(in request: PBRequest, of account: inout OFDAccount) {
        for pair in request.service.auxiliary where pair.key == self.rules.unsentKey {
            if let count = UInt64(pair.value) { account.announcedCounts.append(count) }
        }
    }

    /// The X of the running shift, or else the last Z (section 3.2).
    private func information(on account: OFDAccount, at now: FiscalInstant) -> PBReportResponse {
        let time = OFDTime(now, offsetMinutes: self.rules.clockOffset)
        var answer = PBReportResponse()
        answer.report = account.isShiftOpen ? .reportX : .reportZ
        answer.zxReport = account.isShiftOpen ? account.books.report(at: time) : self.lastZ(of: account, at: time)
        return answer
    }

    private func report(_ request: PBReportRequest, _ account: OFDAccount) -> PBReportResponse {
        let time = OFDTime(request.dateTime)
        var answer = PBReportResponse()
        answer.report = request.report
        answer.zxReport =
            request.report == .reportX ? account.books.report(at: time) : self.lastZ(of: account, at: time)
        return answer
    }

    private func lastZ(of account: OFDAccount, at time: OFDTime) -> PBZXReport {
        if let bytes = account.lastZ, let report = try? PBZXReport(serializedBytes: bytes) { return report }
        return self.rules.firstReport == .empty ? OFDBooks.emptyReport(at: time) : OFDBooks.liveFirstReport(at: time)
    }

    private func signIn(_ request: PBAuthRequest, _ account: OFDAccount, _ answer: inout PBResponse) {
        guard let cashier = account.cashiers.first(where: { $0.login == request.login }),
            cashier.password == request.password
        else {
            answer.auth.result = .resultTypeInvalidLoginPassword
            if self.rules.answersFailedAuthWith12 { answer.result = Self.result(.invalidLoginPassword) }
            return
        }
        answer.auth.result = .resultTypeOk
        answer.auth.operatorCode = cashier.code
        answer.auth.operatorName = cashier.name
        answer.auth.roles = cashier.roles.compactMap { PBUserRoleEnum(rawValue: Int($0.rawValue)) }
    }
}
