/// Why a text is no QR text of a TSE receipt.
public struct QRProblem: Error, Sendable, Hashable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable { case fieldCount, version, number, time, timeFormat, base64 }
        private let base: Base
        /// Fewer than twelve fields.
        public static let fieldCount = Self(base: .fieldCount)
        /// The first field is not `V0`.
        public static let version = Self(base: .version)
        /// A number with anything but digits, or beyond 64 bits.
        public static let number = Self(base: .number)
        /// A time not of the form `YYYY-MM-DDThh:mm:ss.fffZ`.
        public static let time = Self(base: .time)
        /// A log time format that we do not know: the signed message cannot be built.
        public static let timeFormat = Self(base: .timeFormat)
        /// Signature or key in another form than base64 (the signature may be hexadecimal too). Unused bits other than
        /// zero are refused.
        public static let base64 = Self(base: .base64)
        public var description: String { "\(self.base)" }
    }

    public var code: Code
    /// The field, by its name in DSFinV-K; `V0` for the version, empty for the whole text.
    public var field: String
    /// The rule in words. Holds nothing of the text.
    public var detail: String

    init(_ code: Code, _ field: String, _ detail: String) {
        self.code = code
        self.field = field
        self.detail = detail
    }
}

extension QRProblem: CustomStringConvertible {
    public var description: String { self.field.isEmpty ? self.detail : "\(self.field): \(self.detail)" }
}
