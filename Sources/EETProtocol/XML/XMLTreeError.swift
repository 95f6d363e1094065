/// Why a document was refused. It names a place, never the content: answers and requests hold personal data.
public struct XMLTreeError: Error, Sendable, Hashable {
    /// The kind of fault.
    public var code: Code
    /// The byte in the document at which the fault begins, where it is known.
    public var offset: Int?
    /// The line, from 1, where it is known.
    public var line: Int?
    /// More about the fault: a number of the parser, a limit.
    public var detail: String

    init(_ code: Code, offset: Int? = nil, line: Int? = nil, detail: String = "") {
        self.code = code
        self.offset = offset
        self.line = line
        self.detail = detail
    }

    /// The kinds of faults. Open: later versions may add some.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: String, Sendable {
            case tooLarge, tooDeep, encoding, documentType, reference, syntax, structure, duplicateAttribute, namespace
        }
        private let base: Base
        /// More bytes, or more attributes of one element, than the limit.
        public static let tooLarge = Self(base: .tooLarge)
        /// Elements nested deeper than the limit.
        public static let tooDeep = Self(base: .tooDeep)
        /// Not UTF-8: another encoding is declared or marked, or the bytes are not valid.
        public static let encoding = Self(base: .encoding)
        /// A `<!DOCTYPE`, or any other declaration of that form.
        public static let documentType = Self(base: .documentType)
        /// A reference to an entity or character that does not exist.
        public static let reference = Self(base: .reference)
        /// Not well-formed XML.
        public static let syntax = Self(base: .syntax)
        /// Elements that do not nest, are left open, no root element or more than one.
        public static let structure = Self(base: .structure)
        /// Two attributes with one name.
        public static let duplicateAttribute = Self(base: .duplicateAttribute)
        /// A prefix that is not declared, or a declaration that is not allowed.
        public static let namespace = Self(base: .namespace)

        public var description: String { self.base.rawValue }
    }
}

extension XMLTreeError: CustomStringConvertible {
    public var description: String {
        var text = self.code.description
        if let line { text += ", line \(line)" }
        if let offset { text += ", byte \(offset)" }
        return self.detail.isEmpty ? text : text + ": " + self.detail
    }
}
