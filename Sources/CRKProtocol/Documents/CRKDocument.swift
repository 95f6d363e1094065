public import FiscalCore

/// A document of the protected memory, as the host gives it: numbered, and serialised already.
///
/// What is inside follows the schema of JPK documents, which is not part of the source document: it is carried as it is.
public struct CRKDocument: Sendable, Hashable {
    /// JPKID, its number in the protected memory: 1 to 999999999999999.
    public let number: Int64
    /// Its kind (section 2.2.5); nil for a kind that the table does not have, which is reported as info 10.
    public let type: ShipmentType?
    /// The number of an event (`ZE`).
    public let eventNumber: Int?
    /// The document in detail: a JSON object in UTF-8.
    public let detailed: [UInt8]
    /// The same in short form; nil where there is none, which is reported as info 10.
    public let short: [UInt8]?

    /// - Throws: `InvalidField` for a number out of range, an event number with another kind, or a form that does not
    ///   begin and end as a JSON object.
    public init(
        number: Int64, type: ShipmentType?, eventNumber: Int? = nil, detailed: [UInt8], short: [UInt8]? = nil
    ) throws(InvalidField) {
        guard Self.numbers.contains(number) else { throw InvalidField("JPKID", .range, limit: "1...999999999999999") }
        guard eventNumber == nil || type == .ze else {
            throw InvalidField("eventNumber", .notAllowed, limit: "events (ZE) only")
        }
        for (field, form) in [("detailed", detailed), ("short", short ?? detailed)]
        where form.first != UInt8(ascii: "{") || form.last != UInt8(ascii: "}") {
            throw InvalidField(field, .pattern, limit: "a JSON object")
        }
        self.number = number
        self.type = type
        self.eventNumber = eventNumber
        self.detailed = detailed
        self.short = short
    }

    /// The numbers that a document may have.
    public static let numbers: ClosedRange<Int64> = 1...999_999_999_999_999

    /// Events that always go out in detail, whatever the schedule says (section 2.2.5): the end of work in fiscal mode, an
    /// update of the program, a change of the protected memory, a change of the point of sale.
    public static let alwaysDetailedEvents: Set<Int> = [12, 13, 15, 18]

    /// Whether it goes out in detail whatever is asked for.
    public var isAlwaysDetailed: Bool { self.eventNumber.map(Self.alwaysDetailedEvents.contains) ?? false }
}
