/// Bytes that are no answer of the authority: nothing can be concluded from them about the sale.
///
/// It may have been recorded all the same; the message is to be sent again.
public struct UnreadableAnswer: Error, Sendable, Hashable {
    public var code: Code
    /// More about it, for a person. Names places, not content.
    public var detail: String
    /// What the server said, when the answer is a SOAP fault. Unsigned: for the operator's eyes only.
    public var fault: Fault?

    init(_ code: Code, _ detail: String, fault: Fault? = nil) {
        self.code = code
        self.detail = detail
        self.fault = fault
    }

    /// A SOAP 1.1 fault, with white space collapsed and long texts cut.
    public struct Fault: Sendable, Hashable {
        /// `faultcode`: who is to blame, such as `soap:Client`.
        public var code: String
        /// `faultstring`
        public var text: String
    }

    /// The kinds. Open: later versions may add some.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: String, Sendable { case notXML, documentType, encoding, tooLarge, noOdpoved, soapFault }
        private let base: Base
        /// Not well-formed XML 1.0 with namespaces.
        public static let notXML = Self(base: .notXML)
        /// There is a document type, which no answer has and which is refused unread.
        public static let documentType = Self(base: .documentType)
        /// Not UTF-8.
        public static let encoding = Self(base: .encoding)
        /// Larger or nested deeper than any answer.
        public static let tooLarge = Self(base: .tooLarge)
        /// There is no `Odpoved` of a known edition in it.
        public static let noOdpoved = Self(base: .noOdpoved)
        /// The server answered with a SOAP fault: ``UnreadableAnswer/fault``.
        public static let soapFault = Self(base: .soapFault)

        public var description: String { self.base.rawValue }
    }
}

extension UnreadableAnswer: CustomStringConvertible {
    public var description: String { "\(self.code): \(self.detail)" }
}

extension UnreadableAnswer {
    init(_ error: XMLTreeError) {
        let code: Code =
            switch error.code {
            case .documentType: .documentType
            case .encoding: .encoding
            case .tooLarge, .tooDeep: .tooLarge
            default: .notXML
            }
        self.init(code, error.description)
    }
}
