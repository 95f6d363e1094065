import OFDKazProtocol

extension OFDAuthority {
    /// The service part of an answer (section 3.10): always with INFO, otherwise when there is something to say.
    func addService(to answer: inout PBResponse, for request: PBRequest, _ command: CommandType, _ account: OFDAccount)
    {
        var service = PBServiceResponse()
        service.ticketAds = Self.newNotices(for: request.service, account)
        let isInfo = command == .info
        if isInfo || request.service.getRegInfo { service.regInfo = Self.registration(account) }
        if let taxation = account.taxation, isInfo || request.service.getBindedTaxation {
            service.bindedTaxation = Self.bindedTaxation(taxation)
        }
        if isInfo {
            if let last = account.documents.last {
                service.lastDocumentInfo.frShiftNumber = last.shiftNumber
                service.lastDocumentInfo.printedDocumentNumber =
                    last.printedDocumentNumber ?? UInt64(account.documents.count)
            }
            service.auxiliary = account.auxiliary.map { pair in
                var wire = PBKeyValuePair()
                wire.key = pair.key
                if let value = pair.value { wire.value = value }
                return wire
            }
        }
        if service != PBServiceResponse() { answer.service = service }
    }

    /// The texts of which the register does not hold this version (section 3.10.3).
    private static func newNotices(for request: PBServiceRequest, _ account: OFDAccount) -> [PBTicketAd] {
        account.notices.compactMap { notice in
            let isHeld = request.ticketAdInfos.contains {
                $0.type.rawValue == Int(notice.type.rawValue) && $0.version == notice.version
            }
            guard !isHeld, let type = PBTicketAdTypeEnum(rawValue: Int(notice.type.rawValue)) else { return nil }
            var ad = PBTicketAd()
            ad.info.type = type
            ad.info.version = notice.version
            ad.text = notice.text
            return ad
        }
    }

    private static func registration(_ account: OFDAccount) -> PBServiceResponse.RegInfo {
        let registration = account.registration
        var info = PBServiceResponse.RegInfo()
        info.kkm.fnsKkmID = registration.device.registrationNumber
        info.kkm.serialNumber = registration.device.serialNumber
        info.kkm.kkmID = String(account.id)
        if let number = registration.device.pointOfPaymentNumber { info.kkm.pointOfPaymentNumber = number }
        if let number = registration.device.terminalNumber { info.kkm.terminalNumber = number }
        if let place = registration.pointOfSale {
            info.pos.title = place.title
            info.pos.address = place.address
            info.pos.addressKz = place.addressKz
            info.pos.latitude = place.latitude
            info.pos.longitude = place.longitude
        }
        info.org.title = registration.organisation.title
        info.org.address = registration.organisation.address
        info.org.addressKz = registration.organisation.addressKz
        info.org.inn = registration.organisation.iin
        info.org.okved = registration.organisation.oked
        return info
    }

    private static func bindedTaxation(_ taxation: OFDTaxation) -> PBBindedTaxation {
        var wire = PBBindedTaxation()
        wire.taxationType = taxation.regime.rawValue
        wire.taxes = taxation.percents.map { percent in
            var tax = PBBindedTaxation.BindedTax()
            tax.taxType = TaxType.vat.rawValue
            tax.percent = percent
            return tax
        }
        return wire
    }
}
