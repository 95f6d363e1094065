import FiscalCore
public import Logging

/// What a till has to know to talk to its fiscal service.
public struct FiscalServiceClientConfiguration: Sendable {
    /// The address of the service, `http` or `https`; the calls' paths are added to it.
    public var endpoint: String
    /// The serial number of this recording system: `CashRegisterId`.
    public var register: String
    /// How long one call may take. Longer than the service itself waits for its TSE, or its answers are missed.
    public var timeout: Duration
    /// How long ``FiscalServiceClient/run()`` waits between its rounds.
    public var pause: Duration
    /// The name under which the records are kept; one per till where many share a store. The register's when nil.
    public var name: String
    /// Told of calls by their document; never of receipts.
    public var logger: Logger?

    public init(
        endpoint: String, register: String, timeout: Duration = .seconds(15), pause: Duration = .seconds(30),
        name: String? = nil, logger: Logger? = nil
    ) {
        self.endpoint = endpoint
        self.register = register
        self.timeout = timeout
        self.pause = pause
        self.name = name ?? register
        self.logger = logger
    }

    /// - Throws: `InvalidField`: no address, a register that cannot stand in a QR text, a time that is not above zero.
    func check() throws(InvalidField) -> ServiceAddress {
        guard let address = ServiceAddress(self.endpoint) else {
            throw InvalidField("endpoint", .pattern, limit: "an http or https URL without user, query and fragment")
        }
        guard self.timeout > .zero else { throw InvalidField("timeout", .range, limit: "above 0") }
        guard self.pause > .zero else { throw InvalidField("pause", .range, limit: "above 0") }
        guard !self.name.isEmpty else { throw InvalidField("name", .required, limit: "not empty") }
        return address
    }
}
