/// An answer that settles a request: its ID, REQNUM and command are the request's, and its result can be read.
///
/// Whatever else is missing or damaged in it is told by ``anomalies`` and changes nothing about the result.
public struct Answer: Sendable, Hashable {
    public var command: CommandType
    public var code: ResultCode
    /// The server's text for the handling of errors (2.6). It may hold internals of the server.
    public var text: String?
    /// The TOKEN of the header. Whether it becomes the register's is for the machine to say.
    package var token: UInt32

    /// The fiscal sign of a receipt; nil also for an accepted receipt whose answer lacks it.
    public var ticketNumber: String?
    /// What the receipt's QR code shows, as the server sent it: usually the text of an address.
    public var qr: [UInt8]?
    /// X while a shift is open, Z when none is.
    public var reportType: ReportType?
    /// The server's counters, with ``reportType``.
    package var reportWire: PBZXReport?
    /// Whether a part of the report could not be read: such counters are not taken over.
    package var reportIsDamaged = false
    /// The list of goods that replaces the one held so far; nil when that one is to be kept.
    public var nomenclature: Nomenclature?
    /// How the load of the list of goods ended.
    public var nomenclatureResult: NomenclatureResult?
    /// Who signed in. Nil when nobody is told.
    public var auth: AuthAnswer?
    /// What came besides.
    public var service: ServiceAnswer
    /// Every leniency that fired, in the order of the answer.
    public var anomalies: [Anomaly]

    package init(command: CommandType, code: ResultCode, token: UInt32) {
        self.command = command
        self.code = code
        self.token = token
        self.service = ServiceAnswer()
        self.anomalies = []
    }
}
