/// Bytes that do not decompress, or not within the limit.
public struct CompressionError: Error, Sendable, Hashable {
    public var code: Code

    public init(_ code: Code) { self.code = code }

    /// The kinds of failure. Open: later versions may add some.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The input ends before the stream does.
        public static let truncated = Self(rawValue: "truncated")
        /// The input is no such stream, or its checksum does not match.
        public static let damaged = Self(rawValue: "damaged")
        /// The input goes on after the end of the stream.
        public static let trailingBytes = Self(rawValue: "trailingBytes")
        /// The output would be larger than allowed.
        public static let outputLimitExceeded = Self(rawValue: "outputLimitExceeded")
        /// The compression library failed, for want of memory.
        public static let backend = Self(rawValue: "backend")
    }
}

extension CompressionError: CustomStringConvertible {
    public var description: String { self.code.rawValue }
}
