import FiscalCore

/// A request as it came: types are right, values are not judged.
struct FermaRequestData: Sendable {
    var group: String?
    var requestID: String?
    var clientID: String?
    var device: String?
    var documentType: Int64?
    var lines: [Line] = []
    var nonCash: [Int64]?
    var cash: Int64
    /// 0 is the same as absent.
    var taxMode: Int64
    var phoneOrEmail: String?
    var place: String?
    var isFull: Bool
    var agentModes: Int64

    /// One goods position.
    struct Line: Sendable {
        var quantity: Int64?
        var price: Int64?
        var payAttribute: Int64?
        var lineAttribute: Int64?
        var taxid: Int64?
        var description: String?
        var agentModes: Int64
        var supplierINN: String?
        var supplierName: String?
        var supplierPhone: String?
        /// Further data of the agent under the tags they get.
        var agentData: [(tag: Int, text: String)] = []
    }

    init(_ reader: FermaRequestReader) throws(FermaTypeFault) {
        self.group = try Self.filled(reader.text("Group"))
        self.requestID = try Self.filled(reader.text("RequestId"))
        self.clientID = try Self.filled(reader.text("ClientId"))
        self.device = try Self.filled(reader.text("Device"))
        self.documentType = try reader.integer("DocumentType")
        for line in try reader.objects("Lines") ?? [] { self.lines.append(try Line(line)) }
        self.nonCash = try reader.integers("NonCash")
        self.cash = try reader.integer("Cash") ?? 0
        self.taxMode = try reader.integer("TaxMode") ?? 0
        self.phoneOrEmail = try Self.filled(reader.text("PhoneOrEmail"))
        self.place = try Self.filled(reader.text("Place"))
        self.isFull = try reader.bool("FullResponse") ?? false
        self.agentModes = try reader.integer("PaymentAgentModes") ?? 0
    }

    /// An empty text is no text.
    static func filled(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}

extension FermaRequestData.Line {
    init(_ reader: FermaRequestReader) throws(FermaTypeFault) {
        self.quantity = try reader.integer("Qty")
        self.price = try reader.integer("Price")
        self.payAttribute = try reader.integer("PayAttribute")
        self.lineAttribute = try reader.integer("LineAttribute")
        self.taxid = try reader.integer("TaxId")
        self.description = try reader.text("Description")
        self.agentModes = try reader.integer("AgentModes") ?? 0
        if let supplier = try reader.object("ProviderData") {
            self.supplierINN = try FermaRequestData.filled(supplier.text("INN"))
            self.supplierName = try FermaRequestData.filled(supplier.text("Name"))
            self.supplierPhone = try FermaRequestData.filled(supplier.text("Phone"))
        }
        for (structure, member, tag) in Self.agentMembers {
            guard let object = try reader.object(structure) else { continue }
            guard let text = try FermaRequestData.filled(object.text(member)) else { continue }
            self.agentData.append((tag, text))
        }
    }

    /// Structures of an agent's data, their members, and the tags these become.
    private static let agentMembers: [(structure: String, member: String, tag: Int)] = [
        ("TransferOperatorData", "Address", 1005), ("TransferOperatorData", "INN", 1016),
        ("TransferOperatorData", "Name", 1026), ("AgentData", "Operation", 1044), ("AgentData", "Phone", 1073),
        ("GetPaymentOperatorData", "Phone", 1074), ("TransferOperatorData", "Phone", 1075),
    ]
}
