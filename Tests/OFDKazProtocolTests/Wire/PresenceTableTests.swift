import FiscalCore
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("What must be in a request")
struct PresenceTableTests {
    /// A field that may not be missing, as the document's tables say it: read from the requirements, not from our table.
    struct Mandatory {
        /// `TicketRequest.operation`
        let field: String
        /// `schema` where every known schema requires it, `document` where only the document does, `each` for a list with
        /// one entry for each code, `some` for a list that may not be empty.
        let weight: String
        /// The first edition with the rule; 0 for always.
        let since: UInt16
        /// One of these must hold for the request; none for always.
        let traits: Set<String>

        init(_ line: Substring) {
            let words = line.split(separator: " ").map(String.init)
            self.field = words[0]
            self.weight = words[1]
            self.since = words.dropFirst(2).first.flatMap { UInt16($0) } ?? 0
            self.traits = Set(words.dropFirst(2).filter { UInt16($0) == nil })
        }

        func applies(_ request: CompleteRequest, _ edition: Edition) -> Bool {
            edition.rawValue >= self.since && (self.traits.isEmpty || !self.traits.isDisjoint(with: request.traits))
        }
    }

    static let mandatory: [String: Mandatory] = Dictionary(
        uniqueKeysWithValues: listing.split(separator: "\n").map { Mandatory($0) }.map { ($0.field, $0) })

    /// Sections 2.5 and 3.3 to 4.14 of the document.
    private static let listing = """
        Request.command schema
        Request.ticket document
        Request.close_shift document
        Request.report document
        Request.nomenclature document
        Request.money_placement document
        Request.auth document
        Request.service document 203
        TicketRequest.operation schema
        TicketRequest.date_time schema
        TicketRequest.operator schema
        TicketRequest.items some
        TicketRequest.amounts schema
        TicketRequest.parent_ticket document 203 return
        TicketRequest.Domain.services document
        TicketRequest.Domain.gasoil document
        TicketRequest.Domain.taxi document
        TicketRequest.Domain.parking document
        TicketRequest.Domain.Services.account_number schema
        TicketRequest.Domain.Taxi.car_number schema
        TicketRequest.Domain.Taxi.is_order schema
        TicketRequest.Domain.Taxi.current_fee schema
        TicketRequest.Domain.Parking.begin_time schema
        TicketRequest.Domain.Parking.end_time schema
        TicketRequest.Item.type schema
        TicketRequest.Item.commodity document
        TicketRequest.Item.storno_commodity document
        TicketRequest.Item.markup document
        TicketRequest.Item.storno_markup document
        TicketRequest.Item.discount document
        TicketRequest.Item.storno_discount document
        TicketRequest.Item.Commodity.name document
        TicketRequest.Item.Commodity.section_code schema
        TicketRequest.Item.Commodity.quantity schema
        TicketRequest.Item.Commodity.price schema
        TicketRequest.Item.Commodity.sum schema
        TicketRequest.Item.Commodity.measure_unit_code document 203
        TicketRequest.Item.StornoCommodity.section_code schema
        TicketRequest.Item.StornoCommodity.quantity schema
        TicketRequest.Item.StornoCommodity.price schema
        TicketRequest.Item.StornoCommodity.sum schema
        TicketRequest.Item.StornoCommodity.measure_unit_code document 204
        TicketRequest.Modifier.name document
        TicketRequest.Modifier.sum schema
        TicketRequest.Tax.tax_type schema
        TicketRequest.Tax.percent schema
        TicketRequest.Tax.sum schema
        TicketRequest.Tax.is_in_total_sum schema
        TicketRequest.Payment.type schema
        TicketRequest.Payment.sum schema
        TicketRequest.Amounts.total schema
        TicketRequest.Amounts.taken document cash
        TicketRequest.Amounts.change document cash
        TicketRequest.ParentTicket.parent_ticket_number schema
        TicketRequest.ParentTicket.parent_ticket_data_time schema
        TicketRequest.ParentTicket.kgd_kkm_id schema
        TicketRequest.ParentTicket.parent_ticket_total schema
        TicketRequest.ParentTicket.parent_ticket_is_offline schema
        CloseShiftRequest.close_time schema
        CloseShiftRequest.z_report document 202
        CloseShiftRequest.operator document 202
        MoneyPlacementRequest.datetime schema
        MoneyPlacementRequest.operation schema
        MoneyPlacementRequest.sum schema
        MoneyPlacementRequest.operator document 202
        ReportRequest.report schema
        ReportRequest.date_time schema
        ReportRequest.zx_report document 125
        ZXReport.date_time schema
        ZXReport.open_shift_time document 200
        ZXReport.close_shift_time document 202 z
        ZXReport.shift_number schema
        ZXReport.operations each
        ZXReport.discounts each
        ZXReport.markups each
        ZXReport.total_result each
        ZXReport.start_shift_non_nullable_sums each
        ZXReport.ticket_operations each
        ZXReport.money_placements each
        ZXReport.cash_sum schema
        ZXReport.revenue schema
        ZXReport.non_nullable_sums each
        ZXReport.checksum document 202
        ZXReport.Section.section_code schema
        ZXReport.Section.operations each
        ZXReport.Operation.operation schema
        ZXReport.Operation.count schema
        ZXReport.Operation.sum schema
        ZXReport.Tax.tax_type schema
        ZXReport.Tax.percent schema
        ZXReport.Tax.operations each
        ZXReport.Tax.TaxOperation.operation schema
        ZXReport.Tax.TaxOperation.turnover schema
        ZXReport.Tax.TaxOperation.turnover_without_tax document 200
        ZXReport.Tax.TaxOperation.sum schema
        ZXReport.NonNullableSum.operation schema
        ZXReport.NonNullableSum.sum schema
        ZXReport.TicketOperation.operation schema
        ZXReport.TicketOperation.tickets_total_count schema
        ZXReport.TicketOperation.tickets_count schema
        ZXReport.TicketOperation.tickets_sum schema
        ZXReport.TicketOperation.payments each 201
        ZXReport.TicketOperation.offline_count document 202
        ZXReport.TicketOperation.Payment.payment schema
        ZXReport.TicketOperation.Payment.sum schema
        ZXReport.TicketOperation.Payment.count document 202
        ZXReport.MoneyPlacement.operation schema
        ZXReport.MoneyPlacement.operations_total_count schema
        ZXReport.MoneyPlacement.operations_count schema
        ZXReport.MoneyPlacement.operations_sum schema
        ZXReport.MoneyPlacement.offline_count document 202
        ZXReport.Revenue.sum schema
        ZXReport.Revenue.is_negative schema
        NomenclatureRequest.current_version document
        ServiceRequest.security_stats document 203 fiscal
        ServiceRequest.offline_period document offline
        ServiceRequest.get_reg_info document
        ServiceRequest.reg_info document 123 fiscal
        ServiceRequest.CommQuality.avg_connect_time schema
        ServiceRequest.SoftwareInformation.ModuleInformation.name schema
        ServiceRequest.SoftwareInformation.ModuleInformation.version schema
        ServiceRequest.SecurityStats.geo_position document 203
        ServiceRequest.SecurityStats.GeoPosition.latitude schema
        ServiceRequest.SecurityStats.GeoPosition.longitude schema
        ServiceRequest.SecurityStats.GeoPosition.source document 203
        ServiceRequest.OfflinePeriod.begin_time schema
        ServiceRequest.OfflinePeriod.end_time schema
        ServiceRequest.RegInfo.kkm document
        ServiceRequest.RegInfo.org document
        KkmRegInfo.fns_kkm_id document 202 statement
        OrgRegInfo.title document
        OrgRegInfo.address document
        OrgRegInfo.address_kz document 203
        OrgRegInfo.inn document
        OrgRegInfo.okved document 123
        AuthRequest.login schema
        AuthRequest.password schema
        Date.year schema
        Date.month schema
        Date.day schema
        Time.hour schema
        Time.minute schema
        DateTime.date schema
        DateTime.time schema
        Money.bills schema
        Money.coins schema
        TicketAdInfo.type schema
        TicketAdInfo.version schema
        KeyValuePair.key schema
        Operator.code schema
        """

    /// On both sides of every "since", and the first version of all.
    static let editions: [Edition] = [100, 122, 123, 124, 125, 199, 200, 201, 202, 203, 204].compactMap {
        Edition(rawValue: $0)
    }

    /// All of them where the edition plays a role, the outermost ones elsewhere.
    private func editions(for place: EditableMessage.Place) -> [Edition] {
        let since = Self.mandatory["\(place.message).\(place.field.name)"]?.since ?? 0
        return since > 0 ? Self.editions : [Self.editions[0], .v203, .v204]
    }

    @Test("A complete request lacks nothing, at any edition", arguments: CompleteRequest.all)
    func complete(request: CompleteRequest) throws {
        let pb = try request.pb()
        for edition in Self.editions {
            let issues = PresenceCheck.issues(in: pb, edition: edition).filter { $0.rule != .notAllowed }
            #expect(issues.isEmpty, "at \(edition)")
        }
        #expect(PresenceCheck.issues(in: pb, edition: .v204).isEmpty)
        #expect(PresenceCheck.omissions(in: pb, edition: .v203).isEmpty)
    }

    @Test(
        "Take out any one field: exactly that one is missed if it is mandatory there, and nothing otherwise",
        arguments: CompleteRequest.all)
    func everyField(request: CompleteRequest) throws {
        let (whole, places) = try request.places()
        for place in places {
            let pb = try PBRequest(serializedBytes: whole.removing(place).bytes)
            for edition in self.editions(for: place) {
                let found = PresenceCheck.issues(in: pb, edition: edition)
                    .filter { $0.rule != .notAllowed }.map { Found($0) }
                #expect(
                    found == self.expected(place, request, edition).map { [$0] } ?? [], "\(place.path) at \(edition)")
            }
        }
    }

    @Test("A list that may not be empty is missed when it is", arguments: CompleteRequest.all)
    func emptyLists(request: CompleteRequest) throws {
        let (whole, places) = try request.places()
        for place in places where place.field.isRepeated {
            let pb = try PBRequest(serializedBytes: whole.removingList(place).bytes)
            for edition in self.editions(for: place) {
                let rule = Self.mandatory["\(place.message).\(place.field.name)"]
                let isMandatory = rule?.applies(request, edition) ?? false
                let found = PresenceCheck.issues(in: pb, edition: edition).filter { $0.rule != .notAllowed }
                #expect(found.map(\.field) == (isMandatory ? [place.list] : []), "\(place.path) at \(edition)")
                #expect(found.allSatisfy { $0.rule == .required && $0.absence == .document })
            }
        }
    }

    /// What matters of an issue.
    struct Found: Equatable {
        let field: String
        let absence: FieldIssue.Absence?

        init(_ issue: FieldIssue) {
            self.field = issue.field
            self.absence = issue.absence
        }

        init(field: String, absence: FieldIssue.Absence) {
            self.field = field
            self.absence = absence
        }
    }

    private func expected(
        _ place: EditableMessage.Place, _ request: CompleteRequest, _ edition: Edition
    ) -> Found? {
        guard let rule = Self.mandatory["\(place.message).\(place.field.name)"], rule.applies(request, edition) else {
            return nil
        }
        switch rule.weight {
        case "some": return nil
        case "each": return Found(field: place.list, absence: .document)
        case "schema": return Found(field: place.path, absence: .schema)
        default: return Found(field: place.path, absence: .document)
        }
    }
}
