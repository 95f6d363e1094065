public import FiscalCore

/// How the `checksum` of a report is made (section 3.8). The document demands one from 2.0.2 on and does not say how it
/// is computed, so the function is the host's choice (decision K30).
public struct ReportChecksum: Sendable {
    /// What there is to compute it from.
    public struct Input: Sendable, Hashable {
        public var type: ReportType
        /// The report without the checksum.
        public var report: ZXReport
        /// The same as the message that is sent, the field absent.
        public var message: [UInt8]

        public init(type: ReportType, report: ZXReport, message: [UInt8]) {
            self.type = type
            self.report = report
            self.message = message
        }
    }

    /// For a log: which function it is.
    public let name: String
    private let function: @Sendable (Input) -> String

    /// - Parameter function: The same input must always give the same text, and not an empty one.
    public init(name: String, _ function: @escaping @Sendable (Input) -> String) {
        self.name = name
        self.function = function
    }

    /// CRC-32 (zlib's) of the message, as eight upper-case hexadecimal digits.
    ///
    /// Unverified: no server is known to check it, and none is known to compute it so. One public implementation of the
    /// protocol does it over bytes of its own making.
    public static let unverifiedCRC32 = ReportChecksum(name: "unverifiedCRC32") { input in
        let sum = CRC32.checksum(of: input.message)
        return Hex.encode((0..<4).map { UInt8(truncatingIfNeeded: sum >> (24 - 8 * $0)) }, uppercase: true)
    }

    /// The function to use: the host's, or the unverified one where nothing is at stake.
    /// - Throws: `InvalidField` for production without a choice; ``unverifiedCRC32`` is one, if it is said aloud.
    public static func chosen(_ choice: ReportChecksum?, isProduction: Bool) throws(InvalidField) -> ReportChecksum {
        if let choice { return choice }
        guard !isProduction else {
            throw InvalidField("checksum", .required, limit: "a ReportChecksum, chosen by the host")
        }
        return .unverifiedCRC32
    }

    /// The checksum of a report.
    public func text(of input: Input) -> String { self.function(input) }
}
