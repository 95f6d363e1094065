public import FiscalCore
public import Logging

/// What a register has to know besides who it is: whose servers, what is trusted, how packets are sealed, how long to
/// wait.
public struct CRKConfiguration: Sendable {
    public var environment: CRKEnvironment
    /// The base address of the CPD server; that of the environment unless a host has a simulator or gateway.
    public var cpd: String
    /// The base address of the WebApi; nil takes what the repository gave last, then that of the environment.
    public var webApi: String?
    /// Who may vouch for the servers until CMD07 has brought their certificates (decision P21).
    public var anchors: [Certificate]
    /// How documents are sealed. Nil, allowed outside production only, takes ``SealingProfile/unverified``.
    public var sealing: SealingProfile?
    /// How orders are opened. Nil takes ``sealing`` without compression: orders come without, or with `zip: DEF`.
    public var commandSealing: SealingProfile?
    /// How closely answers are held against the document.
    public var mode: ReadingMode
    /// The time limit of one exchange.
    public var timeout: Duration
    /// The program that the register runs: CMD10 asks about it, by itself in step 2 for software registers.
    public var program: RegisterProgram?
    public var shipping: CRKShippingOptions
    public var fiscalisation: CRKFiscalisationOptions
    /// Whether keys of the coming days are fetched by ``CRKRegister/sync()``; for software registers.
    public var prefetchesSharedKeys: Bool
    /// CMD06 is confirmed once its documents are queued durably, not after the last 201 (decision P1).
    public var confirmsQueuedOrders: Bool
    /// The name under which this register's records are kept; one per register where many share a store.
    public var register: String
    /// Told of calls by their codes and identifiers; never of contents, keys or tokens.
    public var logger: Logger?

    public init(
        environment: CRKEnvironment, cpd: String? = nil, webApi: String? = nil, anchors: [Certificate],
        sealing: SealingProfile? = nil, commandSealing: SealingProfile? = nil, mode: ReadingMode = .lenient,
        timeout: Duration = .seconds(30), program: RegisterProgram? = nil,
        shipping: CRKShippingOptions = CRKShippingOptions(),
        fiscalisation: CRKFiscalisationOptions = CRKFiscalisationOptions(), prefetchesSharedKeys: Bool = true,
        confirmsQueuedOrders: Bool = false, register: String = "crk", logger: Logger? = nil
    ) {
        self.environment = environment
        self.cpd = cpd ?? environment.cpd
        self.webApi = webApi
        self.anchors = anchors
        self.sealing = sealing
        self.commandSealing = commandSealing
        self.mode = mode
        self.timeout = timeout
        self.program = program
        self.shipping = shipping
        self.fiscalisation = fiscalisation
        self.prefetchesSharedKeys = prefetchesSharedKeys
        self.confirmsQueuedOrders = confirmsQueuedOrders
        self.register = register
        self.logger = logger
    }

    /// - Throws: `InvalidField`: no anchors, a time limit below one second, an address that is no plain `https` URL, or
    ///   production without a profile of its own (design decision D10).
    func check() throws(InvalidField) {
        guard !self.anchors.isEmpty else { throw InvalidField("anchors", .required, limit: "at least one certificate") }
        guard self.timeout >= .seconds(1) else { throw InvalidField("timeout", .range, limit: "at least 1 s") }
        guard self.environment != .production || self.sealing != nil else {
            throw InvalidField("sealing", .required, limit: "a profile of the host's own in production")
        }
        try CRKAddress.check(self.cpd, field: "cpd")
        if let webApi { try CRKAddress.check(webApi, field: "webApi") }
    }

    var outgoing: SealingProfile { self.sealing ?? .unverified }

    var incoming: SealingProfile {
        if let commandSealing { return commandSealing }
        var profile = self.outgoing
        profile.compression = .none
        return profile
    }
}

/// The program of a register, as CMD10 names it.
public struct RegisterProgram: Sendable, Hashable, Codable {
    /// `firmwareMetadata`, 1 to 240 characters.
    public var metadata: String
    /// `firmwareChecksum`, 40 to 128 hexadecimal digits.
    public var checksum: String

    public init(metadata: String, checksum: String) {
        self.metadata = metadata
        self.checksum = checksum
    }

    /// A program with the checksum that the regulation asks for: SHA-256 (ISO/IEC 10118-3) over its content.
    public init(metadata: String, content: [UInt8]) {
        self.init(metadata: metadata, checksum: Hex.encode(Digest.hash(.sha256, content)))
    }
}

/// The choices that the document leaves about shipments.
public struct CRKShippingOptions: Sendable {
    /// A whole request stays strictly below so many octets (decision P12).
    public var limit = 256_000
    /// Octets kept free for headers that a transport adds.
    public var reserve = 1_024
    /// How gaps and unlisted documents are written (decision P17).
    public var info = InfoDocument.unverified
    /// Software registers may answer CMD06 with receipts in short form, as info 10 (decision P16).
    public var shortReceiptsAsInfo = false
    /// How packets are numbered (decisions P9 and P10).
    public var identifiers = PacketIdentifiers.perPacket
    /// `Content-Type` of a packet; the repository's documents name none.
    public var contentType = EventHubRequest.defaultContentType
    /// A token is left so long before its end (decision P15).
    public var tokenMargin = Duration.zero

    public init() {}
}

/// The choices of a host about steps 13 and 14.
public struct CRKFiscalisationOptions: Sendable, Hashable {
    /// The fiscal report is sent at once, whatever the schedule of CMD09 says (decision P23).
    public var sendsReportAtOnce = false
    /// What the register is used for (step 10); nil where its program knows one use only.
    public var category: String?

    public init() {}
}
