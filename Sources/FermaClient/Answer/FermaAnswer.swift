public import FiscalCore

/// An answer of the service, read leniently: whatever came, there is an outcome (decisions F2, F3, F7, F8).
///
/// The body decides. The HTTP status is kept, but neither makes a receipt nor takes one away: service errors come with
/// 500, device errors with 200, and a proxy's page with anything.
public struct FermaAnswer: Sendable, Hashable {
    public enum Outcome: Sendable, Hashable {
        /// The device made the receipt.
        case fiscalised(FiscalDocument)
        /// The device refused (`Response.Error`).
        case deviceError(DeviceError)
        /// The service refused (`FCEError`, `fceerror`).
        case serviceError(ServiceError)
        /// Nothing is known: a receipt may exist.
        case unknown(UnknownReason)
    }

    /// The HTTP status of the answer.
    public let status: Int
    public let outcome: Outcome
    /// `Fatal`: whether repeating the request will lead to an error. Nil when the answer does not say.
    public let isFatal: Bool?
    /// What device or service said, in their words, for a person; nil when they said nothing.
    public let message: String?
    /// `Requestid`, as repeated by the service.
    public let requestID: String?
    /// `Clientid`, as repeated by the service; nil when empty.
    public let clientID: String?
    /// `Device.Name`: the factory number of the register that handled the request.
    public let deviceName: String?
    /// `Device.Address`: kept as text, never contacted.
    public let deviceAddress: String?
    /// `Path`
    public let path: String?
    /// `HTTPStatus`: what the inner server answered; information only.
    public let innerStatus: Int64?
    /// Where the answer disagrees with itself or with the request.
    public let inconsistencies: [Inconsistency]
    /// What was read although it is not as documented.
    public let leniencies: [String]
    /// The body, when it is JSON.
    public let raw: JSON?

    /// Reads an answer. Never throws: what cannot be read is unknown.
    /// - Parameters:
    ///   - status: the HTTP status.
    ///   - body: the body as received.
    ///   - expecting: the request that it has to answer. Without it echo, sum, kind and rates are not compared.
    public init(status: Int, body: some Sequence<UInt8>, expecting: SentRequest? = nil) {
        let raw = try? JSON(parsing: body)
        var reader = AnswerReader(raw ?? .null)
        let document = reader.document()
        var outcome = reader.outcome(document)
        self.requestID = reader.text(reader.body("Requestid"), "RequestId")
        self.clientID = reader.text(reader.body("Clientid"), "ClientId").flatMap { $0.isEmpty ? nil : $0 }
        self.deviceName = reader.text(reader.body("Device")?[anyCase: "Name"], "Device.Name")
        self.deviceAddress = reader.text(reader.body("Device")?[anyCase: "Address"], "Device.Address")
        self.path = reader.text(reader.body("Path"), "Path")
        self.innerStatus = reader.integer(reader.body("HTTPStatus"), "HTTPStatus")
        self.message = reader.message
        var crossCheck = CrossCheck()
        var isFatal = reader.fatal()
        if let expecting {
            crossCheck.compareEcho(outcome, requestID: self.requestID, clientID: self.clientID, with: expecting)
            if crossCheck.isOtherRequest {
                outcome = .unknown(.otherRequest)
                isFatal = nil
            }
        }
        if case .fiscalised(let document) = outcome {
            crossCheck.compare(document, deviceName: self.deviceName)
            if let expecting { crossCheck.compare(document, with: expecting, taxTags: reader.taxTags) }
        }
        self.status = status
        self.outcome = outcome
        self.isFatal = isFatal
        self.inconsistencies = crossCheck.list
        self.leniencies = reader.leniencies
        self.raw = raw
    }

    /// The receipt, when there is one.
    public var document: FiscalDocument? {
        if case .fiscalised(let document) = self.outcome { return document }
        return nil
    }

    /// The number of the error, or nil where none was said.
    public var code: Int? {
        switch self.outcome {
        case .fiscalised, .unknown: nil
        case .deviceError(let error): error.code
        case .serviceError(let error): error.code
        }
    }

    /// What a repeat is good for.
    public var retry: RetryWord {
        switch self.outcome {
        case .fiscalised: .none
        case .deviceError(let error): error.word
        case .serviceError(let error): error.word
        case .unknown: .unknownStateSameIdOnly
        }
    }
}

extension FermaAnswer: CustomStringConvertible {
    /// Outcome and code, and nothing of the body, which may hold the buyer's address.
    public var description: String {
        switch self.outcome {
        case .fiscalised(let document): "fiscalised, document \(document.number.map(String.init) ?? "without number")"
        case .deviceError(let error): "device error \(error.code), \(error.word.rawValue)"
        case .serviceError(let error): "service error \(error.code), \(error.word.rawValue)"
        case .unknown(let reason): "unknown, \(reason)"
        }
    }
}
