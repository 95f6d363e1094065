import FiscalCore
import OFDKazProtocol
import SwiftProtobuf
import Testing

/// Register 100001, as the published vectors have it.
enum SampleRegister {
    /// 2026-01-02 03:04:05, or another time of that day.
    static func time(hour: Int = 3, minute: Int = 4, second: Int = 5) throws -> CivilDateTime {
        let day = try #require(CivilDate(year: 2026, month: 1, day: 2))
        return try #require(CivilDateTime(date: day, hour: hour, minute: minute, second: second))
    }

    static let registration = RegistrationInfo(
        kkm: KkmRegInfo(fnsKkmID: "111111111111", serialNumber: "SN0001", kkmID: "100001"),
        org: OrgRegInfo(title: "Org", address: "Addr", addressKz: "AddrKz", iin: "000000000000", oked: "47301"))

    static func context(_ edition: Edition = .v203) throws -> RequestContext {
        var context = RequestContext(edition: edition, now: try Self.time())
        context.registration = Self.registration
        context.securityStats = SecurityStats(
            geoPosition: try GeoPosition(latitude: "43.2156", longitude: "76.5432", source: "CELL"))
        return context
    }

    /// What a composer makes of every command, by its name.
    static func requests(_ context: RequestContext) throws -> [(name: String, request: PBRequest)] {
        let composer = RequestComposer(context)
        let cashier = Operator(code: 1)
        let placement = try MoneyPlacement(
            operation: .deposit, sum: Money(minorUnits: 100_05, currency: .kzt), operator: cashier)
        let zReport = try Self.report(isClosed: true), xReport = try Self.report(isClosed: false)
        return [
            ("ticket", try composer.ticket(Ticket(wire: SampleTickets.sale()))),
            ("return", try composer.ticket(Ticket(wire: SampleTickets.saleReturn()))),
            ("close shift", try composer.closeShift(CloseShift(operator: cashier), zReport: zReport)),
            ("X", try composer.report(.x, zxReport: xReport)),
            ("Z", try composer.report(.z, zxReport: zReport)),
            ("money placement", try composer.moneyPlacement(placement)),
            ("nomenclature", try composer.nomenclature(NomenclatureLoad())),
            ("info", try composer.info()),
            ("system", try composer.system()),
            ("announcement", try composer.announcement(unsentDocuments: 3)),
            ("auth", try composer.auth(Credentials(login: "l", password: "p"))),
        ]
    }

    /// The names of those that need everything known of the register.
    static let fiscal: Set<String> = ["ticket", "return", "close shift", "X", "Z", "money placement"]

    static func report(isClosed: Bool) throws -> PBZXReport {
        try PBZXReport(jsonString: CompleteParts.report(isClosed: isClosed))
    }
}
