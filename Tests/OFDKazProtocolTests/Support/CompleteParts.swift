/// Pieces of messages in protobuf's JSON, with every field that the document and the editions know.
enum CompleteParts {
    static let money = #"{"bills":"10","coins":5}"#
    static let dateTime = #"{"date":{"year":2026,"month":1,"day":2},"time":{"hour":3,"minute":4,"second":5}}"#
    static let laterDateTime = #"{"date":{"year":2026,"month":1,"day":2},"time":{"hour":3,"minute":4,"second":6}}"#
    static let pair = #"{"key":"k","value":"v"}"#
    static let `operator` = #"{"code":7,"name":"Касса"}"#
    static let tax =
        #"{"tax_type":100,"taxation_type":100,"percent":12000,"sum":\#(money),"is_in_total_sum":false}"#
    static let modifier = #"{"name":"М","sum":\#(money),"taxes":[\#(tax)],"auxiliary":[\#(pair)]}"#

    /// What a commodity and its storno have in common.
    private static let goods = """
        "name":"Нан","section_code":"1","quantity":"2500","price":\(money),"sum":\(money),"taxes":[\(tax)],
        "auxiliary":[\(pair)],"physical_label":"AA 1","product_id":"123","barcode":"4870001",
        "measure_unit_code":"796","list_excise_stamp":["s1","s2"],"ntin":"0200","commodity_type":1
        """

    static let items = """
        [{"type":1,"commodity":{"code":"5",\(goods)}},{"type":2,"storno_commodity":{\(goods)}},
        {"type":3,"markup":\(modifier)},{"type":4,"storno_markup":\(modifier)},
        {"type":5,"discount":\(modifier)},{"type":6,"storno_discount":\(modifier)}]
        """

    static let cash = #"{"type":0,"sum":\#(money)}"#
    static let card = """
        {"type":1,"sum":\(money),"card_payment_fields":{"pos_terminal_id":"t","pos_card_type":"c",
        "pos_autorization_code":1,"pos_rrn":"999999999999","pos_receipt_number":2}}
        """
    static let mobile =
        #"{"type":4,"sum":\#(money),"mobile_payment_fields":{"qr_type":"q","qr_id":"i"}}"#

    static let parentTicket = """
        {"parent_ticket_number":"4228143549","parent_ticket_data_time":\(dateTime),"kgd_kkm_id":"111111111111",
        "parent_ticket_total":\(money),"parent_ticket_is_offline":false}
        """
    static let extensionOptions = """
        {"customer_email":"a@b.kz","customer_phone":"+7","auxiliary":[\(pair)],"customer_iin_or_bin":"012345678901"}
        """

    static let kkm = """
        {"point_of_payment_number":"1","terminal_number":"2","fns_kkm_id":"111111111111","serial_number":"SN",
        "kkm_id":"100001"}
        """
    static let org = """
        {"title":"О","address":"А","inn":"012345678901","okved":"47301","address_kz":"Қ"}
        """
    static let pos = #"{"title":"Т","address":"А","address_kz":"Қ","latitude":511694,"longitude":714491}"#

    /// An X or Z report. The lists have an entry for each code.
    static func report(isClosed: Bool) -> String {
        func list(_ codes: [Int], _ fields: (Int) -> String) -> String {
            "[" + codes.map { "{" + fields($0) + "}" }.joined(separator: ",") + "]"
        }
        let operations = list([0, 1, 2, 3]) { #""operation":\#($0),"count":1,"sum":\#(money)"# }
        let sums = list([0, 1, 2, 3]) { #""operation":\#($0),"sum":\#(money)"# }
        let taxed = list([0, 1, 2, 3]) {
            #""operation":\#($0),"turnover":\#(money),"sum":\#(money),"turnover_without_tax":\#(money)"#
        }
        let payments = list([0, 1, 4]) { #""payment":\#($0),"sum":\#(money),"count":1"# }
        let tickets = list([0, 1, 2, 3]) {
            #""operation":\#($0),"tickets_total_count":9,"tickets_count":3,"tickets_sum":\#(money),"#
                + #""payments":\#(payments),"offline_count":1,"discount_sum":\#(money),"markup_sum":\#(money),"#
                + #""change_sum":\#(money)"#
        }
        let placements = list([0, 1]) {
            #""operation":\#($0),"operations_total_count":4,"operations_count":2,"operations_sum":\#(money),"#
                + #""offline_count":1"#
        }
        return """
            {"date_time":\(dateTime),"shift_number":4,"sections":[{"section_code":"1","operations":\(operations)}],
            "operations":\(operations),"discounts":\(operations),"markups":\(operations),
            "total_result":\(operations),"taxes":[{"tax_type":100,"percent":12000,"operations":\(taxed)}],
            "start_shift_non_nullable_sums":\(sums),"ticket_operations":\(tickets),
            "money_placements":\(placements),"cash_sum":\(money),"revenue":{"sum":\(money),"is_negative":false},
            "non_nullable_sums":\(sums),"open_shift_time":\(dateTime),
            \(isClosed ? "\"close_shift_time\":\(laterDateTime)," : "") "checksum":"0A0B0C0D"}
            """
    }
}
