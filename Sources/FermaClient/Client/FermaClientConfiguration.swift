import FiscalCore
public import Logging

/// What a client has to know: whose receipts, where to send, how long to wait. The client certificate is the
/// transport's.
public struct FermaClientConfiguration: Sendable {
    /// Results of the test environment are flagged in the model and on paper.
    public var environment: FermaEnvironment
    /// Where requests go; the address of the source document unless a host has its own gateway or simulator.
    public var endpoint: String
    /// The enterprise (`Group`), only when one certificate serves several; else the service takes it from the
    /// certificate.
    public var group: String?
    /// The client (`Clientid`), when several sites may produce equal request identifiers.
    public var clientID: String?
    /// The time limit of one exchange. The answer comes when the device has made the receipt, so it must be longer than
    /// that takes.
    public var timeout: Duration
    /// Numbering of the tax codes, and how empty members are written.
    public var encoding: EncodingOptions
    /// The VAT rates by which receipts are read from the journal and printed; the one they were made with.
    public var vatTable: VATTable
    public var repeats: RepeatPolicy
    /// Whether new sales are held back once the device reports that it can make no further document. Off where several
    /// devices serve the enterprise: the service may choose another one.
    public var stopsAtUnusableDevice: Bool
    public var paper: FermaPaperOptions
    /// The name under which this client's records are kept; one per enterprise or site where many share a store.
    public var register: String
    /// Told of requests by their identifiers and codes; never of receipts, buyers or keys.
    public var logger: Logger?

    public init(
        environment: FermaEnvironment, endpoint: String? = nil, group: String? = nil, clientID: String? = nil,
        timeout: Duration = .seconds(90), encoding: EncodingOptions = EncodingOptions(),
        vatTable: VATTable = .standard, repeats: RepeatPolicy = RepeatPolicy(), stopsAtUnusableDevice: Bool = true,

        paper: FermaPaperOptions = FermaPaperOptions(),
        register: String = "ferma", logger: Logger? = nil
    ) {
        self.environment = environment
        self.endpoint = endpoint ?? FermaEndpoint.official
        self.group = group
        self.clientID = clientID
        self.timeout = timeout
        self.encoding = encoding
        self.vatTable = vatTable
        self.repeats = repeats
        self.stopsAtUnusableDevice = stopsAtUnusableDevice
        self.paper = paper
        self.register = register
        self.logger = logger
    }

    /// - Throws: ``InvalidField``: a time limit below one second, or an address that is no plain `https` URL.
    func check() throws(InvalidField) -> FermaEndpoint {
        guard self.timeout >= .seconds(1) else { throw InvalidField("timeout", .range, limit: "at least 1 s") }
        guard let endpoint = FermaEndpoint(self.endpoint) else {
            throw InvalidField("endpoint", .pattern, limit: "an https URL without user, query and fragment")
        }
        return endpoint
    }
}
