public import FiscalCore

/// The address by which a customer checks a receipt, and the text of its QR code:
/// `scheme://host?i=<sign>&f=<registration number>&s=<sum>&t=<time>` (state requirement no. 35).
///
/// A receipt that the server has answered carries the server's own text; this makes the text of an offline one, and
/// reads any (``read(_:)``). A value of this type needs no escaping in its text.
public struct CheckQR: Sendable, Hashable {
    /// The part before the question mark, `http` or `https`: `http://consumer.oofd.kz`.
    public let address: String
    /// `i`: the fiscal sign, or the register's own number of an offline receipt.
    public let sign: String
    /// `f`: РНМ, the registration number of the register at the tax committee.
    public let registrationNumber: String
    /// `s`: the total; nil where an operator leaves it out.
    public let sum: Money?
    /// `t`: when the receipt was made, by the clocks of its place.
    public let dateTime: DateTime

    /// - Throws: ``InvalidField`` naming the parameter (`qr.i`, …): sign and registration number are letters, digits,
    ///   `-`, `.`, `_` or `~`; the sum is in tenge and not negative.
    public init(
        address: String, sign: String, registrationNumber: String, sum: Money?, dateTime: DateTime
    ) throws(InvalidField) {
        guard CheckAddress.isValid(address) else {
            throw InvalidField("qr.address", .pattern, limit: CheckAddress.rule)
        }
        for (name, value) in [("qr.i", sign), ("qr.f", registrationNumber)] {
            guard !value.isEmpty, value.utf8.allSatisfy(CheckAddress.isUnreserved) else {
                throw InvalidField(name, .pattern, limit: "letters, digits, - . _ ~")
            }
        }
        if let sum {
            guard sum.currency == .kzt, sum.minorUnits >= 0 else {
                throw InvalidField("qr.s", .range, limit: "tenge, 0.00 and above")
            }
        }
        self.address = address
        self.sign = sign
        self.registrationNumber = registrationNumber
        self.sum = sum
        self.dateTime = dateTime
    }

    /// The text of the code: the sum with two decimals, the time as `YYYYMMDDTHHMMSS`.
    public func text(order: OperatorProfile.ParameterOrder = .ifst) -> String {
        let sign = "i=\(self.sign)"
        let number = "f=\(self.registrationNumber)"
        let sum = self.sum.map { "s=\($0.text)" }
        let time = "t=\(self.dateTime)"
        let parameters: [String?] =
            switch order {
            case .ifst: [sign, number, sum, time]
            case .tifs: [time, sign, number, sum]
            }
        return self.address + "?" + parameters.compactMap { $0 }.joined(separator: "&")
    }

    /// What the server sent as `qr_code`, as text for paper.
    /// - Returns: nil when it is no text of one line, as for devices that get an image.
    public static func text(of code: [UInt8]) -> String? {
        guard !code.isEmpty, let text = String(validating: code, as: UTF8.self) else { return nil }
        return text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? nil : text
    }
}

extension CheckQR: CustomStringConvertible {
    public var description: String { self.text() }
}
