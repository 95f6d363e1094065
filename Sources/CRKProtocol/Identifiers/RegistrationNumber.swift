public import FiscalCore

/// The number that the repository gives a register (`numer ewidencyjny`, section 2.2.7): the year, a slash and nine
/// digits, 14 characters, such as `2017/000000101`. The register never makes one up.
public struct RegistrationNumber: FiscalIdentifier {
    public let text: String

    public init(_ text: String, field: String = "cashRegisterNr") throws(InvalidField) {
        guard text.utf8.count == 14 else { throw InvalidField(field, .length, limit: "14 characters") }
        guard Shape.fits(text, "9999/999999999") else {
            throw InvalidField(field, .pattern, limit: "^[0-9]{4}/[0-9]{9}$")
        }
        self.text = text
    }

    /// The year of the server's clock when it was given: `2017`.
    public var year: String { String(self.text.prefix(4)) }
    /// The growing number within it: `000000101`.
    public var number: String { String(self.text.suffix(9)) }
}
