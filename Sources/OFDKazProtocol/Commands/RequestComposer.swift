package import FiscalCore

/// Makes the request of each command from its value and from what the register knows (sections 2.5, 3.1 to 3.11).
///
/// What is handed out keeps all rules of presence and range, and has nothing that the edition lacks. It has no
/// offline_period: that is set at each attempt (``PBRequest/setOfflinePeriod(begin:end:)``), and nothing else changes
/// in a message once it is made (decisions K2, K24).
package struct RequestComposer: Sendable {
    package let context: RequestContext

    package init(_ context: RequestContext) { self.context = context }

    /// COMMAND_TICKET. The fields of an error begin with `ticket` or `service`.
    package func ticket(_ ticket: Ticket) throws(InvalidField) -> PBRequest {
        var body = ticket.pb
        body.dateTime = PBDateTime(self.context.now)
        if let number = self.context.shiftNumber { body.frShiftNumber = number }
        if let number = self.context.documentNumber { body.printedDocumentNumber = number }
        EditionTrim.trim(&body, for: self.context.edition)
        let issues = TicketRules.issues(
            in: body, edition: self.context.edition, sellerIIN: self.context.registration?.org?.iin,
            virtualWarehouse: ticket.virtualWarehouse)
        if let issue = issues.first { throw InvalidField("ticket." + issue.field, issue.rule, limit: issue.limit) }
        var request = try self.fiscalRequest(.ticket)
        request.ticket = body
        return try self.checked(request)
    }

    /// COMMAND_CLOSE_SHIFT with the register's own Z report.
    package func closeShift(_ close: CloseShift, zReport: PBZXReport) throws(InvalidField) -> PBRequest {
        var request = try self.fiscalRequest(.closeShift)
        request.closeShift.closeTime = PBDateTime(self.context.now)
        if let number = self.context.shiftNumber { request.closeShift.frShiftNumber = number }
        request.closeShift.withdrawMoney = close.withdrawsMoney
        request.closeShift.zReport = zReport
        request.closeShift.operator = close.operator.pb
        if let number = self.context.documentNumber { request.closeShift.printedDocumentNumber = number }
        return try self.checked(request)
    }

    /// COMMAND_REPORT with the register's own report of that type.
    package func report(_ report: ReportRequest, zxReport: PBZXReport) throws(InvalidField) -> PBRequest {
        var request = try self.fiscalRequest(.report)
        request.report.report = report.report.pb
        request.report.dateTime = PBDateTime(self.context.now)
        request.report.zxReport = zxReport
        return try self.checked(request)
    }

    /// COMMAND_MONEY_PLACEMENT
    package func moneyPlacement(_ placement: MoneyPlacement) throws(InvalidField) -> PBRequest {
        var request = try self.fiscalRequest(.moneyPlacement)
        request.moneyPlacement.datetime = PBDateTime(self.context.now)
        request.moneyPlacement.operation = placement.operation.pb
        request.moneyPlacement.sum = try PBMoney(placement.sum, field: "money_placement.sum")
        if let number = self.context.shiftNumber { request.moneyPlacement.frShiftNumber = number }
        if let number = self.context.documentNumber { request.moneyPlacement.printedDocumentNumber = number }
        request.moneyPlacement.operator = placement.operator.pb
        return try self.checked(request)
    }

    /// COMMAND_NOMENCLATURE
    package func nomenclature(_ load: NomenclatureLoad) throws(InvalidField) -> PBRequest {
        var request = self.request(.nomenclature)
        request.nomenclature.currentVersion = load.currentVersion
        return try self.checked(request)
    }

    /// COMMAND_INFO
    package func info() throws(InvalidField) -> PBRequest { try self.checked(self.request(.info)) }

    /// COMMAND_SYSTEM
    package func system() throws(InvalidField) -> PBRequest { try self.checked(self.request(.system)) }

    /// COMMAND_SYSTEM that tells how many documents wait, after a block by the server (section 5.4.1, decision K28).
    /// - Parameter key: the name of the count; the document has none. A count of 0 is not told.
    package func announcement(
        unsentDocuments count: Int, key: String = RequestComposer.unsentDocumentsKey
    ) throws(InvalidField) -> PBRequest {
        var request = self.request(.system)
        if count > 0 { request.service.auxiliary.append(KeyValuePair(key: key, value: String(count)).pb) }
        return try self.checked(request)
    }

    package static let unsentDocumentsKey = "unsent_documents"

    /// COMMAND_AUTH. The request holds the password: it is sent and forgotten.
    package func auth(_ credentials: Credentials) throws(InvalidField) -> PBRequest {
        var request = self.request(.auth)
        request.auth.login = credentials.login
        request.auth.password = credentials.password
        return try self.checked(request)
    }

    /// COMMAND_RESERVED, where the host has enabled it.
    package func reserved() throws(InvalidField) -> PBRequest {
        guard self.context.sendsReserved else {
            throw InvalidField("command", .notAllowed, limit: "127 only where the host enables it")
        }
        return try self.checked(self.request(.reserved))
    }

    // MARK: The service part

    private func request(_ command: CommandType) -> PBRequest {
        var request = PBRequest()
        request.command = command.pb
        request.service = self.service()
        return request
    }

    /// A request of the four that need everything known of the register.
    private func fiscalRequest(_ command: CommandType) throws(InvalidField) -> PBRequest {
        if let field = self.missingRegistration { throw InvalidField(field, .required, limit: "from INFO, or by hand") }
        var request = self.request(command)
        if let stats = self.context.securityStats { request.service.securityStats = stats.pb }
        EditionTrim.trim(&request.service, for: self.context.edition)
        return request
    }

    private func service() -> PBServiceRequest {
        var service = PBServiceRequest()
        if let quality = self.context.commQuality { service.commQuality = quality.pb }
        if let version = self.context.nomenclatureVersion { service.nomenclatureVersion = version }
        service.ticketAdInfos = self.context.ads.map(\.pb)
        service.getRegInfo = self.context.getRegInfo
        if let wanted = self.context.getBindedTaxation { service.getBindedTaxation = wanted }
        if let information = self.context.softwareInformation { service.softwareInformation = information.pb }
        // Half of it is worth nothing, and placeholders are not invented.
        if let registration = self.context.registration, self.missingRegistration == nil {
            service.regInfo = registration.pb
        }
        service.auxiliary = self.context.auxiliary.map(\.pb)
        EditionTrim.trim(&service, for: self.context.edition)
        return service
    }

    /// The first field of the registration data that is not known; nil when all are.
    private var missingRegistration: String? {
        let kkm = self.context.registration?.kkm, org = self.context.registration?.org
        let fields = [
            ("kkm.fns_kkm_id", kkm?.fnsKkmID), ("org.title", org?.title), ("org.address", org?.address),
            ("org.inn", org?.iin), ("org.okved", org?.oked),
            // Not before 2.0.3.
            ("org.address_kz", self.context.edition < .v203 ? "-" : org?.addressKz),
        ]
        return fields.first { $0.1?.isEmpty ?? true }.map { "service.reg_info." + $0.0 }
    }

    private func checked(_ request: PBRequest) throws(InvalidField) -> PBRequest {
        // The period is set at each attempt; here only its absence is not to be complained of.
        var whole = request
        whole.setOfflinePeriod(begin: self.context.now, end: self.context.now)
        let edition = self.context.edition
        let missing = PresenceCheck.issues(in: whole, edition: edition)
        if let issue = missing.first ?? RangeCheck.issues(in: whole, edition: edition).first { throw issue.error }
        return request
    }
}
