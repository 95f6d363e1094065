import OFDKazProtocol
import SwiftProtobuf
import Testing

/// A request with every field that it can have, and the words by which a rule can tell it from others.
struct CompleteRequest: CustomTestStringConvertible {
    let name: String
    /// What holds for it: `fiscal`, `offline`, `cash`, `return`, `z`…
    let traits: Set<String>
    /// Where it differs from the first of its kind; nil when it is the first.
    let difference: String?
    let json: String

    var testDescription: String { self.name }

    func pb() throws -> PBRequest { try PBRequest(jsonString: self.json) }

    /// One of each kind that the rules of presence tell apart.
    static let all: [Self] =
        Self.tickets + [
            Self.make("close", 2, ["fiscal", "z", "statement"], Self.closeShift(offline: false)),
            Self.make(
                "close offline", 2, ["fiscal", "z", "statement", "offline"], Self.closeShift(offline: true),
                difference: "service"),
            Self.make("X", 3, ["fiscal", "statement"], Self.report(1, offline: false)),
            Self.make("Z", 3, ["fiscal", "statement", "z"], Self.report(0, offline: false), difference: "report"),
            Self.make(
                "X offline", 3, ["fiscal", "statement", "offline"], Self.report(1, offline: true), difference: "service"
            ),
            Self.make("deposit", 6, ["fiscal"], Self.moneyPlacement(offline: false)),
            Self.make(
                "deposit offline", 6, ["fiscal", "offline"], Self.moneyPlacement(offline: true), difference: "service"),
            Self.make("nomenclature", 4, [], #""nomenclature":{"current_version":3}"#),
            Self.make("auth", 8, [], #""auth":{"login":"l","password":"p"}"#),
            Self.make("info", 5, [], ""), Self.make("system", 0, [], ""),
        ]

    static let tickets: [Self] = [
        Self.ticket("sale", ["cash"]), Self.ticket("sale offline", ["cash", "offline"], difference: "service"),
        Self.ticket("sale by card", [], difference: "ticket.amounts"), Self.ticket("return", ["cash", "return"]),
        Self.ticket("purchase return", ["cash", "return"], difference: "ticket.parent_ticket", operation: 1),
        Self.ticket(
            "services", ["cash"], difference: "ticket.domain", domain: #"{"type":1,"services":{"account_number":"1"}}"#),
        Self.ticket(
            "hotel", ["cash"], difference: "ticket.domain", domain: #"{"type":3,"services":{"account_number":"1"}}"#),
        Self.ticket(
            "gasoil", ["cash"], difference: "ticket.domain",
            domain: """
                {"type":2,"gasoil":{"correction_number":"1","correction_sum":\(CompleteParts.money),"card_number":"2"}}
                """),
        Self.ticket(
            "taxi", ["cash"], difference: "ticket.domain",
            domain: #"{"type":4,"taxi":{"car_number":"1","is_order":true,"current_fee":\#(CompleteParts.money)}}"#),
        Self.ticket(
            "parking", ["cash"], difference: "ticket.domain",
            domain: """
                {"type":5,"parking":{"begin_time":\(CompleteParts.dateTime),"end_time":\(CompleteParts.laterDateTime)}}
                """),
    ]

    private static func ticket(
        _ name: String, _ traits: Set<String>, difference: String? = nil, operation: Int? = nil,
        domain: String = #"{"type":0}"#
    ) -> Self {
        let parts = CompleteParts.self
        let payments = traits.contains("cash") ? [parts.cash, parts.card, parts.mobile] : [parts.card]
        let operation = operation ?? (traits.contains("return") ? 3 : 2)
        let modifier = traits.contains("return") ? "discount" : "markup"
        let body = """
            "ticket":{"operation":\(operation),"date_time":\(parts.dateTime),"operator":\(parts.operator),
            "domain":\(domain),"items":\(parts.items),"payments":[\(payments.joined(separator: ","))],
            "taxes":[\(parts.tax)],"amounts":{"total":\(parts.money),"taken":\(parts.money),"change":\(parts.money),
            "\(modifier)":\(parts.modifier)},"extension_options":\(parts.extensionOptions),
            \(traits.contains("offline") ? #""offline_ticket_number":1767322986,"# : "")
            \(traits.contains("return") ? "\"parent_ticket\":\(parts.parentTicket)," : "")
            "printed_ticket":"1\\n2","fr_shift_number":4,"printed_document_number":"5000000000"}
            """
        return Self.make(name, 1, traits.union(["fiscal"]), body, difference: difference)
    }

    private static func closeShift(offline: Bool) -> String {
        """
        "close_shift":{"close_time":\(CompleteParts.dateTime),"is_offline":\(offline),"fr_shift_number":4,
        "withdraw_money":true,"z_report":\(CompleteParts.report(isClosed: true)),
        "operator":\(CompleteParts.operator),"printed_document_number":"5"}
        """
    }

    private static func report(_ type: Int, offline: Bool) -> String {
        """
        "report":{"report":\(type),"date_time":\(CompleteParts.dateTime),"is_offline":\(offline),
        "zx_report":\(CompleteParts.report(isClosed: type == 0))}
        """
    }

    private static func moneyPlacement(offline: Bool) -> String {
        """
        "money_placement":{"datetime":\(CompleteParts.dateTime),"operation":1,"sum":\(CompleteParts.money),
        "is_offline":\(offline),"fr_shift_number":4,"printed_document_number":"5","operator":\(CompleteParts.operator)}
        """
    }

    private static let service = """
        {"comm_quality":{"avg_connect_time":1,"avg_ping":2,"loss_ratio":3},
        "security_stats":{"geo_position":{"latitude":511694,"longitude":714491,"source":"CELL"}},
        "offline_period":{"begin_time":\(CompleteParts.dateTime),"end_time":\(CompleteParts.laterDateTime)},
        "nomenclature_version":3,"ticket_ad_infos":[{"type":0,"version":"5000000000"},{"type":4,"version":"1"}],
        "get_reg_info":true,"get_binded_taxation":true,
        "software_information":{"module_infos":[{"name":"n","version":"v","build_info":"b","device_info":{
        "manufacturer":"m","model":"o","firmware_version":"f"},"extended_info":[\(CompleteParts.pair)],
        "build_arch":"x"}],"hardware_arch":"h","os_family":"f","os_version":"v","os_extended_info":"e",
        "runtime_version":"r","partner_id":1},
        "reg_info":{"kkm":\(CompleteParts.kkm),"org":\(CompleteParts.org)},"auxiliary":[\(CompleteParts.pair)]}
        """

    /// The fields in which it differs from others of its kind, or all.
    func places() throws -> (whole: EditableMessage, places: [EditableMessage.Place]) {
        let bytes: [UInt8] = try self.pb().serializedBytes()
        let whole = try #require(Schema.shared["Request"].flatMap { EditableMessage(bytes, $0) })
        return (whole, whole.distinctPlaces.filter { $0.path.hasPrefix(self.difference ?? "") })
    }

    private static func make(
        _ name: String, _ command: Int, _ traits: Set<String>, _ body: String, difference: String? = nil
    ) -> Self {
        let body = body.isEmpty ? "" : "," + body
        return Self(
            name: name, traits: traits, difference: difference,
            json: #"{"command":\#(command),"service":\#(Self.service)\#(body)}"#)
    }
}
