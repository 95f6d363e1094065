/// Why a document cannot be counted, or a report cannot be made. Nothing has changed.
public struct CounterError: Error, Sendable, Hashable {
    /// The kinds of failure. Open: later versions may add some.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The register holds less cash than the operation would take out (3.7; code 14 is the server's word for it).
        public static let notEnoughCash = Self(rawValue: "notEnoughCash")
        /// A count would pass 2147483647, or a sum what fits.
        public static let overflow = Self(rawValue: "overflow")
        /// A sum would fall below zero, which a report cannot say: more was taken out of a receipt than was in it.
        public static let belowZero = Self(rawValue: "belowZero")
        /// The document lacks a part that counts, or has one that cannot be read.
        public static let unreadable = Self(rawValue: "unreadable")
        /// There is no open shift to close.
        public static let noOpenShift = Self(rawValue: "noOpenShift")
        /// The function for the checksum gave an empty text.
        public static let noChecksum = Self(rawValue: "noChecksum")
    }

    public var code: Code
    /// Which part of the document, or which counter, by its way on the wire: `items[0].commodity.sum`.
    public var field: String

    public init(_ code: Code, _ field: String) {
        self.code = code
        self.field = field
    }
}

extension CounterError: CustomStringConvertible {
    public var description: String { "counters: \(self.code.rawValue): \(self.field)" }
}
