public import FiscalCore

/// What the repository wants of a register.
public enum CRKOrderContent: Sendable, Hashable, Codable {
    /// CMD01 with this `CPDServiceName`.
    case callService(String)
    /// CMD02.
    case timetable(CRKTimetable)
    /// CMD03 with this `qrCode`.
    case qrCode(Int64)
    /// CMD06.
    case documents(scope: String, shipmentType: String)
    /// Anything: three letters, and the text of the JSON object `attributes`.
    case raw(code: String, attributes: String)

    // The name of the unlabelled parameter in JSON.
    private enum CallServiceCodingKeys: String, CodingKey { case _0 = "name" }
    private enum TimetableCodingKeys: String, CodingKey { case _0 = "timetable" }
    private enum QrCodeCodingKeys: String, CodingKey { case _0 = "amount" }

    var code: String {
        switch self {
        case .callService: "CCS"
        case .timetable: "TFD"
        case .qrCode: "CQC"
        case .documents: "DDD"
        case .raw(let code, _): code
        }
    }
}

/// How an order is put on the wire; by default as it should be.
public struct CRKOrderForm: Sendable, Hashable, Codable {
    /// The seal around the order.
    public enum Seal: String, Sendable, Hashable, Codable, CaseIterable {
        case good
        /// No seal: `command` in plain.
        case plain
        /// Signed by a key that is not the repository's.
        case wrongSignature
        /// Encrypted to another than the register.
        case wrongRecipient
        /// One letter of the ciphertext is another one.
        case damaged
    }

    /// What is inside the seal.
    public enum Shape: String, Sendable, Hashable, Codable, CaseIterable {
        /// `{"attributes":…}`, as section 2.2.8 shows it.
        case attributes
        /// `{"commandId":…,"command":{"attributes":…}}`, as the examples show it.
        case wholeCommand
    }

    public var seal = Seal.good
    public var shape = Shape.attributes
    /// The unique number in the code, when it is not the register's.
    public var unit: String?
    /// How many digits the fraction of the second has in the code, 0 to 9.
    public var fractionDigits = 3

    public init(
        seal: Seal = .good, shape: Shape = .attributes, unit: String? = nil, fractionDigits: Int = 3
    ) {
        self.seal = seal
        self.shape = shape
        self.unit = unit
        self.fractionDigits = fractionDigits
    }
}

/// One order in the queue of a register: served until it is confirmed.
public struct CRKOrder: Sendable, Hashable, Codable {
    /// What the register said of it (section 2.3.1.5).
    public struct Confirmation: Sendable, Hashable, Codable {
        /// `ExecTime`
        public var executedAt: String
        /// `Code`: `0` or `1`.
        public var code: String
        /// `Message`
        public var message: String?
    }

    public let commandID: String
    public let content: CRKOrderContent
    public let form: CRKOrderForm
    /// The higher the sooner.
    public let priority: Int
    public let orderedAt: FiscalInstant
    /// The JSON that is served: made once, at the first delivery, for the register's newest certificate.
    var served: String?
    /// How often it was served, also when the answer was lost.
    public internal(set) var deliveries = 0
    public internal(set) var confirmation: Confirmation?
    /// Every confirmation that came, repeats included.
    public internal(set) var confirmations: [Confirmation] = []

    /// The numbers that a CMD06 asks for; nil for every other order and for a scope that is no range.
    var range: ClosedRange<Int64>? {
        guard case .documents(let scope, _) = self.content else { return nil }
        let ends = scope.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last else { return nil }
        return first...last
    }
}
