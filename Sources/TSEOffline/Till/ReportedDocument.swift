import FiscalCore

/// How the fiscal service says a document stands (TSE-117). Open: a word of a later service survives.
public struct ReportedState: RawRepresentable, Sendable, Hashable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The service never heard of the document.
    public static let unknown = Self(rawValue: "unknown")
    /// Opened, and not finished.
    public static let open = Self(rawValue: "open")
    /// Signed when it was finished.
    public static let regular = Self(rawValue: "regular")
    /// Finished in an outage; it waits for its signature.
    public static let offlinePending = Self(rawValue: "offlinePending")
    /// Finished in an outage and signed since. The printed receipt stays as it is.
    public static let reSigned = Self(rawValue: "reSigned")
    /// The TSE has signed it and cannot give the signature back.
    public static let signedNotAtHand = Self(rawValue: "signedNotAtHand")
    /// Finished in an outage, and it stays unsigned.
    public static let neverSigned = Self(rawValue: "neverSigned")
}

/// What the fiscal service knows of one document.
public struct ReportedDocument: Sendable, Hashable {
    public var state: ReportedState
    /// The answer that `createDocument` got, or would have got.
    public var created: FiscalResponseReading?
    /// Which call finished the document.
    public var finishedBy: FiscalStep?
    /// The answer that the finishing call got, or would have got.
    public var finished: FiscalResponseReading?
    /// When a document of an outage was signed, as the service writes it.
    public var reSignedAt: ServiceTime?

    /// Nil for anything that does not name the document and a state: a proxy's page is no report.
    init?(parsing bytes: [UInt8], documentID: String) {
        guard let json = try? JSON(parsing: bytes), json[anyCase: "DocumentId"]?.string == documentID,
            let state = json[anyCase: "State"]?.string
        else { return nil }
        self.state = ReportedState(rawValue: state)
        self.created = Self.answer(json[anyCase: "CreateResponse"])
        self.finishedBy = json[anyCase: "FinishStep"]?.string.flatMap { FiscalStep(rawValue: $0) }
        self.finished = Self.answer(json[anyCase: "FinishResponse"])
        self.reSignedAt = json[anyCase: "ReSignedAt"]?.string.flatMap { ServiceTime($0) }
    }

    private static func answer(_ json: JSON?) -> FiscalResponseReading? {
        guard let json, let reading = try? FiscalResponseReading(json), reading.isFiscalResponse else { return nil }
        return reading
    }

    /// What the till's machine makes of it; nil for a word of another service, which says nothing about the answers.
    var report: TillDocumentMachine.Report? {
        if let finishedBy, finishedBy.isFinishing, self.finished != nil { return .finished(finishedBy) }
        switch self.state {
        case .unknown: return .unknown
        case .open: return self.created == nil ? .unanswered : .opened
        case .regular, .offlinePending, .reSigned, .signedNotAtHand, .neverSigned: return .unanswered
        default: return nil
        }
    }
}
