import CRKProtocol
import FiscalCore

/// Documents that say in their text which they are and in which form they travel.
enum TestDocuments {
    static func text(_ number: Int64, _ form: String) -> String { #"{"\#(form)":{"JPKID":\#(number)}}"# }

    static func detailed(_ number: Int64) -> String { self.text(number, "pelny") }
    static func short(_ number: Int64) -> String { self.text(number, "skrot") }
    static func info(_ typObiektu: Int, _ number: Int64) -> String {
        #"{"info":{"typObiektu":\#(typObiektu),"JPKID":\#(number)}}"#
    }

    static func document(
        _ number: Int64, _ type: ShipmentType?, event: Int? = nil, hasShort: Bool = true
    ) throws -> CRKDocument {
        try CRKDocument(
            number: number, type: type, eventNumber: event, detailed: Array(self.detailed(number).utf8),
            short: hasShort ? Array(self.short(number).utf8) : nil)
    }

    /// A memory with these documents and no others.
    static func memory(_ documents: [CRKDocument]) -> MadeDocuments {
        let byNumber = Dictionary(uniqueKeysWithValues: documents.map { ($0.number, $0) })
        return MadeDocuments(through: byNumber.keys.max() ?? 0) { byNumber[$0] }
    }
}
