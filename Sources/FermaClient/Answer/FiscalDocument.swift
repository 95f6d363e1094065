public import FiscalCore

/// The receipt of an answer (source document, table 2). A member that is missing or unreadable is nil, and listed among
/// the ``FermaAnswer/inconsistencies`` where a receipt needs it: the receipt exists all the same.
public struct FiscalDocument: Sendable, Hashable {
    /// `FiscalDocNumber`
    public var number: Int64?
    /// `DocNumber`: the number of the receipt within its shift.
    public var docNumber: Int64?
    /// `Date`, on the clock of the register, whose zone nobody says.
    public var date: CivilDateTime?
    /// `GrandTotal`
    public var total: Money?
    /// `FiscalSign`
    public var sign: UInt32?
    /// `DocumentType`
    public var type: DocumentType?
    /// `QR`, exactly as received: what goes on paper.
    public var qr: String?
    /// `FNSerialNumber`: the factory number of the fiscal drive.
    public var fn: String?
    /// `DeviceSerialNumber`
    public var deviceSerialNumber: String?
    /// `DeviceRegistrationNumber`
    public var deviceRegistrationNumber: String?
}
