/// The last document that the server has accepted (sections 3.2, 3.10).
public struct LastDocumentInfo: Sendable, Hashable, Codable {
    /// Number of its shift.
    public var frShiftNumber: UInt32?
    /// Its number in the user's own numbering.
    public var printedDocumentNumber: UInt64?

    public init(frShiftNumber: UInt32? = nil, printedDocumentNumber: UInt64? = nil) {
        self.frShiftNumber = frShiftNumber
        self.printedDocumentNumber = printedDocumentNumber
    }
}

extension LastDocumentInfo {
    package init(_ pb: PBServiceResponse.LastDocumentInfo) {
        self.init(
            frShiftNumber: pb.hasFrShiftNumber ? pb.frShiftNumber : nil,
            printedDocumentNumber: pb.hasPrintedDocumentNumber ? pb.printedDocumentNumber : nil)
    }
}
