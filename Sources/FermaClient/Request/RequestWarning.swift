/// What is allowed in a request, but deserves a look.
public struct RequestWarning: Sendable, Hashable, CustomStringConvertible {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Price × quantity is no whole number of kopecks: how the device rounds is not documented.
        case inexactLine
        /// `TaxMode` 0: read as not given.
        case taxModeZero
        /// `TaxMode` 8: the system was abolished on 1 January 2021.
        case taxModeAbolished
        /// A line is sold for somebody whose INN is not given.
        case agentWithoutSupplierINN
        /// An optional member is there without a value.
        case emptyMember
        /// The source document does not know the member.
        case unknownMember
        /// A member stands twice, perhaps in two spellings; the documented spelling counts, else the last one.
        case repeatedMember
    }

    public let kind: Kind
    /// The path of the field on the wire.
    public let field: String

    init(_ kind: Kind, _ field: String) {
        self.kind = kind
        self.field = field
    }

    public var description: String { "\(self.kind.rawValue) \(self.field)" }
}
