import EETProtocol
import FiscalCore

/// What a valid `Trzba` says, read from the tree.
struct ReceivedSale: Sendable {
    let edition: Edition
    /// Names and values as they came.
    let header: [String: String]
    let data: [String: String]
    /// Raw bytes and digest of the taxpayer's codes (v3).
    let pkp: [UInt8]?
    let bkp: String?

    /// Reads a message that the schema allows.
    init(_ trzba: XMLElementNode, _ edition: Edition) {
        func values(_ element: XMLElementNode?) -> [String: String] {
            var values: [String: String] = [:]
            for attribute in element?.attributes ?? [] where attribute.name.namespace.isEmpty {
                values[attribute.name.local.string] = attribute.value.string
            }
            return values
        }
        let parts = trzba.elements
        self.edition = edition
        self.header = values(parts.first)
        self.data = values(parts.dropFirst().first)
        let codes = parts.dropFirst(2).first?.elements ?? []
        self.pkp = codes.first.flatMap { SchemaType.base64($0.text.string) }
        self.bkp = codes.dropFirst().first.map { SchemaType.collapsed($0.text.string) }
    }

    var uuid: String { self.header["uuid_zpravy"] ?? "" }
    var isFirst: Bool { Self.isTrue(self.header["prvni_zaslani"]) }
    var isVerification: Bool { Self.isTrue(self.header["overeni"]) }
    var taxpayer: String { self.data[self.edition == .v3 ? "dic_popl" : "eic_popl"] ?? "" }
    var appointing: String? { self.data[self.edition == .v3 ? "dic_poverujiciho" : "eic_poverujiciho"] }
    var premises: String { self.data[self.edition == .v3 ? "id_provoz" : "id_jednotky"] ?? "" }
    var total: String { SchemaType.collapsed(self.data["celk_trzba"] ?? "") }

    var soldAt: FiscalInstant {
        SchemaDate(SchemaType.collapsed(self.data["dat_trzby"] ?? ""))?.instant
            ?? FiscalInstant(millisecondsSinceEpoch: 0)
    }

    /// Which sale it is: decision E13, with numbers and times compared as what they mean.
    var identity: EETSaleIdentity {
        let premises = SchemaType.collapsed(self.premises).drop { $0 == "0" || $0 == "+" }
        return EETSaleIdentity(
            taxpayer: self.taxpayer, premises: String(premises), till: self.data["id_pokl"] ?? "",
            number: self.data["porad_cis"] ?? "", instant: self.soldAt)
    }

    /// The text that PKP signs: the six values as they stand in the message, joined by `|`.
    var plaintext: [UInt8] {
        let names = ["dic_popl", "id_provoz", "id_pokl", "porad_cis", "dat_trzby", "celk_trzba"]
        return Array(names.map { self.data[$0] ?? "" }.joined(separator: "|").utf8)
    }

    private static func isTrue(_ value: String?) -> Bool {
        ["true", "1"].contains(SchemaType.collapsed(value ?? ""))
    }
}
