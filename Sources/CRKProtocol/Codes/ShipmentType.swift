public import FiscalCore

/// The kinds of document that may be sent in detail (section 2.2.5).
public enum ShipmentType: String, Sendable, Hashable, Codable, CaseIterable {
    /// Paragon: a receipt.
    case pr = "PR"
    /// Paragon anulowany: a cancelled receipt.
    case pa = "PA"
    /// Faktura: an invoice.
    case fk = "FK"
    /// Faktura anulowana: a cancelled invoice.
    case fa = "FA"
    /// Raport dobowy: a daily report.
    case rd = "RD"
    /// Wydruk niefiskalny: a printout that is not fiscal.
    case wn = "WN"
    /// Zdarzenie: an event.
    case ze = "ZE"
    /// Raport z fiskalizacji: the report of the fiscalisation.
    case rf = "RF"
}

/// A list of kinds, as it travels: codes between semicolons, or `ALL`.
public struct ShipmentTypes: Sendable, Hashable, Codable {
    public var types: Set<ShipmentType>
    /// Words that the document does not know; only in what a successful fiscalisation brought (decision P3).
    public private(set) var unknown: [String] = []

    public init(_ types: Set<ShipmentType>) {
        self.types = types
    }

    public static let all = Self(Set(ShipmentType.allCases))

    /// Reads a list whose every word must be known. `ALL` anywhere stands for all; order and repeats play no role.
    /// - Throws: `InvalidField` for an empty list and for any word that the document does not have, lower case, blanks
    ///   and empty words included.
    public init(parsing text: String, field: String = "shipmentType") throws(InvalidField) {
        let list = Self(lenient: text)
        guard list.unknown.isEmpty else {
            let words = ShipmentType.allCases.map(\.rawValue) + ["ALL"]
            throw InvalidField(field, .oneOf, limit: words.joined(separator: ", ") + ", separated by ;")
        }
        self = list
    }

    /// Reads a list as far as it is known, and keeps the rest.
    public init(lenient text: String) {
        self.types = []
        for word in text.split(separator: ";", omittingEmptySubsequences: false).map(String.init) {
            if word == "ALL" {
                self.types.formUnion(ShipmentType.allCases)
            } else if let type = ShipmentType(rawValue: word) {
                self.types.insert(type)
            } else {
                self.unknown.append(word)
            }
        }
    }

    /// Whether a document of this kind goes out in detail.
    public func contains(_ type: ShipmentType) -> Bool { self.types.contains(type) }
}
