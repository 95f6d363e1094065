public import FiscalCore

/// The bytes that a TSE signs when a transaction is finished (BSI TR-03151): elements one after the other, without an
/// enclosing SEQUENCE and without the signature.
public enum LogMessage {
    /// How the process data stand in the message.
    public enum ProcessDataLayout: Sendable, Hashable {
        /// Layout A: one element `82` with the data.
        case primitive
        /// Layout B: an element `A2` of indefinite length around the data as one octet string. Met on TSEs with
        /// secp384r1.
        case constructed
        /// Layout B with the data in two octet strings, the first of that many bytes: what came by an update, and what
        /// came at the end.
        case split(Int)

        /// `A` or `B`, as the verdict calls them.
        public var letter: String { self == .primitive ? "A" : "B" }
    }

    /// The message of a QR text with a key; nil when no message can hold its log time (``LogTimeFormat/utcTime`` outside
    /// the years 1950 to 2049).
    /// - Parameter point: the uncompressed public point, whose SHA-256 is the serial number.
    static func bytes(
        of qr: ReceiptQR, algorithm: TSEAlgorithm, point: [UInt8], layout: ProcessDataLayout
    ) -> [UInt8]? {
        guard let format = LogTimeFormat(name: qr.logTimeFormat) else { return nil }
        return Self.bytes(
            client: qr.client, processType: qr.processType, processData: Array(qr.processData.utf8),
            transactionNumber: qr.transactionNumber, signatureCounter: qr.signatureCounter, logTime: qr.logTime,
            timeFormat: format, algorithm: algorithm, serial: Digest.hash(.sha256, point), layout: layout)
    }

    /// The message of a finished transaction without additional data; nil when the format cannot hold the log time.
    /// - Parameter serial: the 32 bytes of the TSE's serial number.
    public static func bytes(
        client: String, processType: String, processData: [UInt8], transactionNumber: UInt64,
        signatureCounter: UInt64, logTime: FiscalInstant, timeFormat: LogTimeFormat, algorithm: TSEAlgorithm,
        serial: [UInt8], layout: ProcessDataLayout = .primitive
    ) -> [UInt8]? {
        guard let time = Self.element(logTime, timeFormat) else { return nil }
        var message = DER.element(0x02, [2])
        message += DER.element(0x06, DER.objectIdentifierContent(Self.transactionLog))
        message += DER.element(0x80, Array("FinishTransaction".utf8))
        message += DER.element(0x81, Array(client.utf8))
        message += Self.element(processData, layout)
        message += DER.element(0x83, Array(processType.utf8))
        message += DER.element(0x85, DER.integerContent(transactionNumber))
        message += DER.element(0x04, serial)
        message += DER.element(0x30, DER.element(0x06, DER.objectIdentifierContent(algorithm.objectIdentifier)))
        message += DER.element(0x02, DER.integerContent(signatureCounter))
        message += time
        return message
    }

    /// id-SE-API-transaction-log.
    static let transactionLog: [UInt64] = [0, 4, 0, 127, 0, 7, 3, 7, 1, 1]

    static func element(_ processData: [UInt8], _ layout: ProcessDataLayout) -> [UInt8] {
        let chunks: [ArraySlice<UInt8>]
        switch layout {
        case .primitive: return DER.element(0x82, processData)
        case .constructed: chunks = [processData[...]]
        case .split(let first): chunks = [processData.prefix(max(0, first)), processData.dropFirst(max(0, first))]
        }
        // 80: the length is not told; 00 00 ends the element.
        return [0xA2, 0x80] + chunks.flatMap { DER.element(0x04, $0) } + [0x00, 0x00]
    }

    static func element(_ logTime: FiscalInstant, _ format: LogTimeFormat) -> [UInt8]? {
        let civil = CivilDateTime(logTime, offset: .zulu)
        // yyyyMMdd'T'hhmmss
        let digits = civil.compactSeconds.utf8.filter { $0 != UInt8(ascii: "T") }
        switch format {
        case .unixTime:
            return DER.element(0x02, DER.integerContent(logTime.secondsSinceEpoch))
        case .utcTime:
            // Two digits of the year: outside these years they would stand for another one (X.509's reading).
            guard (1950...2049).contains(civil.date.year) else { return nil }
            return DER.element(0x17, digits.dropFirst(2) + [UInt8(ascii: "Z")])
        case .generalizedTime:
            return DER.element(0x18, digits + [UInt8(ascii: "Z")])
        }
    }
}
