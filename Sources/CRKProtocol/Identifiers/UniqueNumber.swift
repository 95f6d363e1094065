public import FiscalCore

/// The unique number of a register (`numer unikatowy`, section 2.2.6.1): 13 characters, such as `ZTE1701000901`.
///
/// Three letters of the model, two digits of the year of issue, two of the homologation, six of the serial number. The
/// template of the document has one letter less; its text, pattern and examples have these 13.
public struct UniqueNumber: FiscalIdentifier {
    public let text: String

    public init(_ text: String, field: String = "uniqueNumber") throws(InvalidField) {
        guard text.utf8.count == 13 else { throw InvalidField(field, .length, limit: "13 characters") }
        guard Shape.fits(text, "AAA9999999999") else {
            throw InvalidField(field, .pattern, limit: "^[A-Z]{3}[0-9]{10}$")
        }
        self.text = text
    }

    /// The letters of the model: `ZTE`.
    public var prefix: String { String(self.text.prefix(3)) }
    /// The last two digits of the year of issue: `17`.
    public var year: String { self.part(3, 2) }
    /// The number of the homologation: `01`.
    public var homologation: String { self.part(5, 2) }
    /// The serial number: `000901`.
    public var serial: String { self.part(7, 6) }

    private func part(_ start: Int, _ count: Int) -> String { String(self.text.dropFirst(start).prefix(count)) }
}
