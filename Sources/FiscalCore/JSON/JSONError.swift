/// Why bytes are no JSON text that we read.
public struct JSONError: Error, Sendable, Hashable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable { case syntax, encoding, depth, size }
        private let base: Base
        /// The text breaks the grammar of RFC 8259.
        public static let syntax = Self(base: .syntax)
        /// The bytes are not UTF-8.
        public static let encoding = Self(base: .encoding)
        /// Arrays and objects are nested deeper than the limit.
        public static let depth = Self(base: .depth)
        /// The text is longer than the limit.
        public static let size = Self(base: .size)
        public var description: String { "\(self.base)" }
    }
    public var code: Code
    /// Where it was noticed, in bytes from the start.
    public var offset: Int
    /// What was expected; never a piece of the text.
    public var detail: String
}

extension JSONError: CustomStringConvertible {
    public var description: String { "JSON: \(self.code) at byte \(self.offset): \(self.detail)" }
}
