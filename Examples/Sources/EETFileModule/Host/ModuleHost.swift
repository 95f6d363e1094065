public import FiscalCore

/// What a run takes from outside: store, network, time, chance, the vendor's service, and somebody to talk to.
public struct ModuleHost: Sendable {
    /// Opens the journal at a path.
    public var openStore: @Sendable (_ path: String) throws -> any DurableStore
    /// Opens the way to the authority.
    /// - Parameter authorities: the contents of certificate files that may vouch for the server; empty for the
    ///   system's own.
    public var openTransport: @Sendable (_ authorities: [[UInt8]]) throws -> any HTTPTransport
    public var clock: any FiscalClock
    public var randomness: any RandomSource
    /// Registers the module; nil when only a delivered file can.
    public var licensor: (any Licensor)?
    /// Told of each change of a file.
    public var fileObserver: FileStepObserver?
    /// Takes one line for the operator.
    public var say: @Sendable (String) -> Void

    public init(
        openStore: @escaping @Sendable (String) throws -> any DurableStore,
        openTransport: @escaping @Sendable ([[UInt8]]) throws -> any HTTPTransport, clock: any FiscalClock,
        randomness: any RandomSource, licensor: (any Licensor)? = nil, fileObserver: FileStepObserver? = nil,
        say: @escaping @Sendable (String) -> Void
    ) {
        self.openStore = openStore
        self.openTransport = openTransport
        self.clock = clock
        self.randomness = randomness
        self.licensor = licensor
        self.fileObserver = fileObserver
        self.say = say
    }
}
