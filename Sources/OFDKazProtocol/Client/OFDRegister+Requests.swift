import FiscalCore

/// What the register knows when it makes a request.
extension OFDRegister {
    /// What is known of the register: typed in, given by the host, told by the server, each over the one before.
    var registration: RegistrationInfo {
        let identity = self.configuration.identity
        var known = RegistrationInfo(
            kkm: KkmRegInfo(fnsKkmID: identity.registrationNumber, kkmID: String(identity.id)))
        if let given = self.configuration.registration { known = known.updated(by: given) }
        if let told = self.memory.service.registration { known = known.updated(by: told) }
        return known
    }

    /// Where the server says that the point of sale is.
    private var positionOfPointOfSale: SecurityStats? {
        guard let pos = self.memory.service.registration?.pos, let latitude = pos.latitude,
            let longitude = pos.longitude,
            let position = try? GeoPosition(latitude: Int(latitude), longitude: Int(longitude), source: "OFD")
        else { return nil }
        return SecurityStats(geoPosition: position)
    }

    private func context(at time: CivilDateTime) -> RequestContext {
        var context = RequestContext(edition: self.configuration.rules.edition, now: time)
        context.registration = self.registration
        context.securityStats = self.configuration.securityStats ?? self.positionOfPointOfSale
        context.ads = self.memory.service.ads.map(\.info)
        context.nomenclatureVersion = self.memory.service.nomenclatureVersion
        context.getRegInfo = false
        return context
    }

    /// The request of a kind that is never stored.
    func request(of kind: ServiceKind, at now: FiscalInstant) throws -> PBRequest {
        var context = self.context(at: self.configuration.zone.seconds(at: now))
        context.sendsReserved = kind == .reserved
        switch kind {
        case .keepAlive, .restoring, .announcing, .nomenclature, .auth, .reserved: break
        case .polling: context.getRegInfo = true
        case .info, .comparison:
            context.getRegInfo = true
            context.getBindedTaxation = true
            context.softwareInformation = self.configuration.softwareInformation
        }
        let composer = RequestComposer(context)
        switch kind {
        case .keepAlive, .restoring, .polling: return try composer.system()
        case .announcing(let count):
            return try composer.announcement(unsentDocuments: count, key: self.configuration.unsentCountKey)
        case .info, .comparison: return try composer.info()
        case .nomenclature:
            return try composer.nomenclature(
                NomenclatureLoad(currentVersion: self.memory.service.nomenclatureVersion ?? 0))
        case .auth:
            guard let credentials = self.credentials else {
                throw OFDError(.unavailable, "nobody signs in")
            }
            return try composer.auth(credentials)
        case .reserved: return try composer.reserved()
        }
    }

    /// Makes the request of a document, and its report where it carries one.
    func request(
        for submission: Submission, _ document: inout DocumentRecord, time: CivilDateTime, isOffline: Bool
    ) throws -> PBRequest {
        var context = self.context(at: time)
        context.shiftNumber = document.shiftNumber
        context.documentNumber = UInt64(exactly: document.number)
        let composer = RequestComposer(context)
        do {
            document.report = try self.report(for: submission, time: time, isOffline: isOffline)
            let report = document.report?.pb ?? PBZXReport()
            var request =
                switch submission {
                case .ticket(let ticket): try composer.ticket(ticket)
                case .placement(let placement): try composer.moneyPlacement(placement)
                case .closeShift(let close): try composer.closeShift(close, zReport: report)
                case .report(let type): try composer.report(ReportRequest(type), zxReport: report)
                }
            if isOffline { request.setOffline(ticketNumber: document.offlineNumber) }
            return request
        } catch let error as InvalidField where error.field.hasPrefix("service.reg_info.") {
            throw OFDError(.registrationUnknown, "\(error.field) is not known yet", underlying: error)
        } catch let error as CounterError {
            throw OFDError(error)
        }
    }

    /// Our own report, for the documents that carry one.
    private func report(
        for submission: Submission, time: CivilDateTime, isOffline: Bool
    ) throws -> ZXReport? {
        let reports = Reports(checksum: self.checksum)
        let time = DateTime(time)
        switch submission {
        case .ticket, .placement: return nil
        case .closeShift(let close):
            var counters = self.memory.counters
            return try reports.closeShift(
                of: &counters, at: time, withdrawsMoney: close.withdrawsMoney, isOffline: isOffline)
        case .report(.z): return try reports.z(last: self.memory.service.lastZ, at: time)
        case .report: return try reports.x(of: self.memory.counters, at: time)
        }
    }
}

extension OFDError {
    /// Our own counters cannot take a document.
    init(_ error: CounterError) {
        switch error.code {
        case .notEnoughCash: self.init(.notEnoughCash, "by our own counters the drawer holds less", underlying: error)
        case .noOpenShift: self.init(.noOpenShift, "no shift is open", underlying: error)
        default: self.init(.countersFailed, "our own counters cannot take the document", underlying: error)
        }
    }
}
