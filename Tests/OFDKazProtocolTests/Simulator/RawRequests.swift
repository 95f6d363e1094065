import OFDKazProtocol

/// Requests that lack nothing, to be sent as they are or after something was taken out of them.
enum RawRequests {
    /// 20 November 2026.
    static func time(_ hour: UInt32, _ minute: UInt32 = 0, _ second: UInt32? = 0, day: UInt32 = 20) -> PBDateTime {
        var time = PBDateTime()
        time.date.year = 2026
        time.date.month = 11
        time.date.day = day
        time.time.hour = hour
        time.time.minute = minute
        if let second { time.time.second = second }
        return time
    }

    static func money(_ tiyn: Int64) -> PBMoney {
        var money = PBMoney()
        money.bills = UInt64(tiyn / 100)
        money.coins = UInt32(tiyn % 100)
        return money
    }

    static func cashier(_ code: UInt32 = 1) -> PBOperator {
        var person = PBOperator()
        person.code = code
        person.name = "Касымова А."
        return person
    }

    /// A service part with everything that is ever mandatory.
    static func service(_ period: ClosedRange<UInt32>? = nil) -> PBServiceRequest {
        var service = PBServiceRequest()
        service.securityStats.geoPosition.latitude = 432_380
        service.securityStats.geoPosition.longitude = 769_450
        service.securityStats.geoPosition.source = "CELL"
        service.offlinePeriod.beginTime = time(period?.lowerBound ?? 10)
        service.offlinePeriod.endTime = time(period?.upperBound ?? 10)
        service.getRegInfo = false
        service.regInfo.kkm.fnsKkmID = "010101234567"
        service.regInfo.kkm.serialNumber = "SWK00000001"
        service.regInfo.kkm.kkmID = "100001"
        service.regInfo.org.title = "ТОО \"Сынақ\""
        service.regInfo.org.address = "г. Алматы, пр. Абая, 1"
        service.regInfo.org.addressKz = "Алматы қ., Абай даңғ., 1"
        service.regInfo.org.inn = "123456789012"
        service.regInfo.org.okved = "47301"
        return service
    }

    static func request(_ command: PBCommandTypeEnum) -> PBRequest {
        var request = PBRequest()
        request.command = command
        request.service = service()
        return request
    }

    static var system: PBRequest { request(.commandSystem) }
    static var info: PBRequest { request(.commandInfo) }
    static var reserved: PBRequest { request(.commandReserved) }

    static func nomenclature(_ version: UInt32 = 0) -> PBRequest {
        var request = request(.commandNomenclature)
        request.nomenclature.currentVersion = version
        return request
    }

    static func auth(_ login: String = "aigul", _ password: String = "тайна") -> PBRequest {
        var request = request(.commandAuth)
        request.auth.login = login
        request.auth.password = password
        return request
    }

    static func tax(_ percent: UInt32, _ sum: Int64, inside: Bool = true) -> PBTicketRequest.Tax {
        var tax = PBTicketRequest.Tax()
        tax.taxType = 100
        tax.taxationType = 100
        tax.percent = percent
        tax.sum = money(sum)
        tax.isInTotalSum = inside
        return tax
    }

    static func commodity(
        _ price: Int64, quantity: UInt64 = 1000, section: String = "1", sum: Int64? = nil,
        taxes: [PBTicketRequest.Tax] = []
    ) -> PBTicketRequest.Item {
        var item = PBTicketRequest.Item()
        item.type = .itemTypeCommodity
        item.commodity.name = "Нан"
        item.commodity.sectionCode = section
        item.commodity.quantity = quantity
        item.commodity.price = money(price)
        item.commodity.sum = money(sum ?? price * Int64(quantity) / 1000)
        item.commodity.taxes = taxes
        item.commodity.measureUnitCode = "796"
        return item
    }

    static func stornoCommodity(_ price: Int64, quantity: UInt64 = 1000, section: String = "1") -> PBTicketRequest.Item
    {
        var item = PBTicketRequest.Item()
        item.type = .itemTypeStornoCommodity
        item.stornoCommodity.sectionCode = section
        item.stornoCommodity.quantity = quantity
        item.stornoCommodity.price = money(price)
        item.stornoCommodity.sum = money(price * Int64(quantity) / 1000)
        item.stornoCommodity.measureUnitCode = "796"
        return item
    }

    static func modifier(_ sum: Int64, taxes: [PBTicketRequest.Tax] = []) -> PBTicketRequest.Modifier {
        var modifier = PBTicketRequest.Modifier()
        modifier.name = "Акция"
        modifier.sum = money(sum)
        modifier.taxes = taxes
        return modifier
    }

    static func discount(_ sum: Int64) -> PBTicketRequest.Item {
        var item = PBTicketRequest.Item()
        item.type = .itemTypeDiscount
        item.discount = modifier(sum)
        return item
    }

    static func markup(_ sum: Int64) -> PBTicketRequest.Item {
        var item = PBTicketRequest.Item()
        item.type = .itemTypeMarkup
        item.markup = modifier(sum)
        return item
    }

    static func payment(_ type: PBPaymentTypeEnum, _ sum: Int64) -> PBTicketRequest.Payment {
        var payment = PBTicketRequest.Payment()
        payment.type = type
        payment.sum = money(sum)
        return payment
    }

    static func parentTicket() -> PBTicketRequest.ParentTicket {
        var parent = PBTicketRequest.ParentTicket()
        parent.parentTicketNumber = "4228143549"
        parent.parentTicketDataTime = time(9)
        parent.kgdKkmID = "010101234567"
        parent.parentTicketTotal = money(50_000)
        parent.parentTicketIsOffline = false
        return parent
    }

    /// A receipt whose lines give its total, paid in cash without change unless payments are given.
    static func ticket(
        _ items: [PBTicketRequest.Item], total: Int64, _ operation: PBOperationTypeEnum = .operationSell,
        payments: [PBTicketRequest.Payment]? = nil, change: Int64 = 0, at time: PBDateTime = time(10)
    ) -> PBRequest {
        var request = request(.commandTicket)
        var ticket = PBTicketRequest()
        ticket.operation = operation
        ticket.dateTime = time
        ticket.operator = cashier()
        ticket.domain.type = .domainTrading
        ticket.items = items
        ticket.payments = payments ?? [payment(.paymentCash, total)]
        ticket.amounts.total = money(total)
        if let cash = ticket.payments.first(where: { $0.type == .paymentCash }) {
            ticket.amounts.taken = money(Int64(cash.sum.bills) * 100 + Int64(cash.sum.coins) + change)
            ticket.amounts.change = money(change)
        }
        if operation == .operationSellReturn || operation == .operationBuyReturn {
            ticket.parentTicket = parentTicket()
        }
        request.ticket = ticket
        return request
    }

    /// One line, paid in cash.
    static func sale(_ sum: Int64 = 10_000) -> PBRequest { ticket([commodity(sum)], total: sum) }

    static func placement(_ operation: PBMoneyPlacementEnum, _ sum: Int64, at time: PBDateTime = time(10)) -> PBRequest
    {
        var request = request(.commandMoneyPlacement)
        request.moneyPlacement.datetime = time
        request.moneyPlacement.operation = operation
        request.moneyPlacement.sum = money(sum)
        request.moneyPlacement.operator = cashier()
        return request
    }

    static func deposit(_ sum: Int64) -> PBRequest { placement(.moneyPlacementDeposit, sum) }
    static func withdrawal(_ sum: Int64) -> PBRequest { placement(.moneyPlacementWithdrawal, sum) }

    static func closeShift(withdraws: Bool? = nil, at time: PBDateTime = time(23, 59, 59)) -> PBRequest {
        var request = request(.commandCloseShift)
        request.closeShift.closeTime = time
        if let withdraws { request.closeShift.withdrawMoney = withdraws }
        request.closeShift.operator = cashier()
        request.closeShift.zReport = report(isZ: true)
        return request
    }

    static func report(_ type: PBReportTypeEnum, at time: PBDateTime = time(11)) -> PBRequest {
        var request = request(.commandReport)
        request.report.report = type
        request.report.dateTime = time
        request.report.zxReport = report(isZ: type == .reportZ)
        return request
    }

    /// A report of the register's own in which everything is zero.
    static func report(isZ: Bool) -> PBZXReport {
        let operations = [PBOperationTypeEnum.operationBuy, .operationBuyReturn, .operationSell, .operationSellReturn]
        var report = PBZXReport()
        report.dateTime = time(11)
        report.openShiftTime = time(10)
        if isZ { report.closeShiftTime = time(11) }
        report.shiftNumber = 1
        let empty = operations.map { operation in
            var entry = PBZXReport.Operation()
            entry.operation = operation
            entry.count = 0
            entry.sum = money(0)
            return entry
        }
        report.operations = empty
        report.discounts = empty
        report.markups = empty
        report.totalResult = empty
        let sums = operations.map { operation in
            var entry = PBZXReport.NonNullableSum()
            entry.operation = operation
            entry.sum = money(0)
            return entry
        }
        report.startShiftNonNullableSums = sums
        report.nonNullableSums = sums
        report.ticketOperations = operations.map { ticketOperation($0) }
        report.moneyPlacements = [PBMoneyPlacementEnum.moneyPlacementDeposit, .moneyPlacementWithdrawal].map {
            operation in
            var entry = PBZXReport.MoneyPlacement()
            entry.operation = operation
            entry.operationsTotalCount = 0
            entry.operationsCount = 0
            entry.operationsSum = money(0)
            entry.offlineCount = 0
            return entry
        }
        report.cashSum = money(0)
        report.revenue.sum = money(0)
        report.revenue.isNegative = false
        report.checksum = "00000000"
        return report
    }

    private static func ticketOperation(_ operation: PBOperationTypeEnum) -> PBZXReport.TicketOperation {
        var entry = PBZXReport.TicketOperation()
        entry.operation = operation
        entry.ticketsTotalCount = 0
        entry.ticketsCount = 0
        entry.ticketsSum = money(0)
        entry.payments = [PBPaymentTypeEnum.paymentCash, .paymentCard, .paymentMobile].map { type in
            var payment = PBZXReport.TicketOperation.Payment()
            payment.payment = type
            payment.sum = money(0)
            payment.count = 0
            return payment
        }
        entry.offlineCount = 0
        entry.discountSum = money(0)
        entry.markupSum = money(0)
        entry.changeSum = money(0)
        return entry
    }
}

extension PBRequest {
    /// The same with something changed.
    func with(_ change: (inout Self) -> Void) -> Self {
        var changed = self
        change(&changed)
        return changed
    }

    /// The same, sent after the register was offline between those hours.
    func drained(_ period: ClosedRange<UInt32>) -> Self {
        self.with { $0.service.offlinePeriod = RawRequests.service(period).offlinePeriod }
    }
}

/// The commands, each with a request that lacks nothing.
enum RawCommand: String, CaseIterable {
    case system, ticket, closeShift, report, nomenclature, info, moneyPlacement, auth

    /// What becomes the last document.
    static let documents: [Self] = [.ticket, .closeShift, .moneyPlacement]
    /// What asks for the issued token and leaves it.
    static let questions: [Self] = [.system, .info, .nomenclature, .auth]
    /// What must carry security_stats and reg_info.
    static let fiscal: [Self] = [.ticket, .closeShift, .report, .moneyPlacement]

    var request: PBRequest {
        switch self {
        case .system: RawRequests.system
        case .ticket: RawRequests.sale()
        case .closeShift: RawRequests.closeShift()
        case .report: RawRequests.report(.reportX)
        case .nomenclature: RawRequests.nomenclature()
        case .info: RawRequests.info
        case .moneyPlacement: RawRequests.deposit(5_000)
        case .auth: RawRequests.auth()
        }
    }
}
