public import FiscalCore

/// An operator of fiscal data, as far as a receipt names it: who it is, and where a customer checks the receipt.
///
/// The addresses are those of published receipts. Nothing here says where a register connects to: the host of the data
/// channel lies inside the operator's VPN, and the operator tells it to its customer.
public struct OperatorProfile: Sendable, Hashable {
    /// How the parameters of the address are ordered. Operators differ; readers must take any order.
    public enum ParameterOrder: Sendable, Hashable, CaseIterable {
        /// Sign, registration number, sum, time.
        case ifst
        /// Time, sign, registration number, sum.
        case tifs
    }

    /// Printed as the operator.
    public let name: String
    /// The part of the address before the question mark: `http://consumer.oofd.kz`.
    public let checkAddress: String
    public let parameterOrder: ParameterOrder
    /// The TCP port of the data channel, where it is publicly known; nil where the operator has to be asked.
    public let dataPort: Int?

    /// The profile of any other operator.
    /// - Throws: ``InvalidField`` for an empty name, an address that is none (`checkAddress`), or a port out of range.
    public init(
        name: String, checkAddress: String, parameterOrder: ParameterOrder = .ifst, dataPort: Int? = nil
    ) throws(InvalidField) {
        guard name.contains(where: { !$0.isWhitespace }) else {
            throw InvalidField("name", .required, limit: "the operator's name")
        }
        guard CheckAddress.isValid(checkAddress) else {
            throw InvalidField("checkAddress", .pattern, limit: CheckAddress.rule)
        }
        guard dataPort.map({ (1...65_535).contains($0) }) ?? true else {
            throw InvalidField("dataPort", .range, limit: "1...65535")
        }
        self.init(known: name, checkAddress, dataPort, parameterOrder)
    }

    private init(known name: String, _ checkAddress: String, _ dataPort: Int?, _ order: ParameterOrder = .ifst) {
        self.name = name
        self.checkAddress = checkAddress
        self.dataPort = dataPort
        self.parameterOrder = order
    }

    /// АО «Казахтелеком».
    public static let kazakhtelecom = Self(known: "АО «Казахтелеком»", "http://consumer.oofd.kz", 7777)
    /// The test site of АО «Казахтелеком».
    public static let kazakhtelecomTest = Self(known: "АО «Казахтелеком»", "http://consumer.test-oofd.kz", 7777)
    /// АО «Транстелеком».
    public static let transtelecom = Self(known: "АО «Транстелеком»", "https://ofd1.kz/t/", nil)
    /// АО «KaR-Tel» (Jusan).
    public static let jusan = Self(known: "АО «KaR-Tel»", "https://consumer.kofd.kz", nil)
    /// ТОО «Smartcontract» (WOFD).
    public static let wofd = Self(known: "ТОО «Smartcontract»", "https://consumer.wofd.kz", nil)
}
