/// How a run of the module ended, and what follows from it: the table of decision E10, in one place.
///
/// Made from what `eetout.txt` says. The caller reads ``isStillFirstAttempt`` for row 1 of his next `eetin.txt`, the
/// program its exit status.
public struct FileModuleEnding: Sendable, Hashable {
    /// What became of the sale.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// Recorded: there is a FIK or POK.
        case registered
        /// Asked only to be checked, and found right (code 0). Not recorded; it still has to be submitted.
        case verifiedOnly
        /// A temporary fault of the authority (−1).
        case temporary
        /// Not processed by the authority (8): not recorded.
        case notRecorded
        /// The authority refused these data (2–7).
        case refused
        /// A code that promises nothing (1, 9…999, −2…−999), or 0 without having been asked for.
        case reserved
        /// No connection (1001).
        case noConnection
        /// No answer in time, or none that is usable (1007, 1008), or a fault after the sale was stored (1003): the
        /// authority may have recorded the sale.
        case outcomeUnknown
        /// Bad input or configuration, or a fault before anything was stored (1003): nothing left the machine.
        case notSent
        /// The licence stopped the run (1002, 1004, 1006).
        case licence
        /// The module was registered (1005); the receipt was skipped and has to be submitted again.
        case moduleRegistered
        /// An output that says nothing certain: no code and no FIK, or a FIK beside an error.
        case unclear
    }

    /// Who sends the sale again.
    public enum Resend: Sendable, Hashable {
        /// Nobody: it is recorded, refused, or was never stored.
        case none
        /// The outbox by itself.
        case byItself
        /// The outbox by itself, five times at the most; then it is held.
        case limited
        /// Nobody before a person says so; kept and counted against its deadline.
        case held
    }

    public let kind: Kind
    /// Row 6; nil for an empty one.
    public let code: EETResultCode?
    private let wasVerification: Bool

    /// - Parameters:
    ///   - code: row 6; nil for an empty one.
    ///   - hasConfirmation: row 4 holds a FIK or POK.
    ///   - mayHaveLeft: rows 2, 3 or 5 are filled: codes or a message were made.
    ///   - wasVerification: row 2 of `eetin.txt` was TRUE.
    public init(code: EETResultCode?, hasConfirmation: Bool, mayHaveLeft: Bool, wasVerification: Bool) {
        self.code = code
        self.wasVerification = wasVerification
        self.kind =
            switch code {
            case nil: hasConfirmation ? .registered : .unclear
            case .server(.verified) where hasConfirmation: .registered
            case _ where hasConfirmation: .unclear
            case .server(.verified): wasVerification ? .verifiedOnly : .reserved
            case .server(let chyba): Self.kind(chyba)
            case .module(let module): Self.kind(module, mayHaveLeft: mayHaveLeft)
            }
    }

    private static func kind(_ chyba: Chyba) -> Kind {
        switch chyba.disposition {
        case .retry: .temporary
        case .retryLimited: .notRecorded
        case .refuse: .refused
        case .hold: .reserved
        }
    }

    private static func kind(_ code: ModuleCode, mayHaveLeft: Bool) -> Kind {
        switch code {
        case .internetUnavailable: .noConnection
        case .timeout, .noAnswer: .outcomeUnknown
        case .unhandled: mayHaveLeft ? .outcomeUnknown : .notSent
        case .licenceSignature, .licenceData, .licenceInvalid: .licence
        case .registered: .moduleRegistered
        }
    }
}

extension FileModuleEnding {
    /// Whether the sale has the authority's confirmation. In the test environment that is no official record.
    public var isRegistered: Bool { self.kind == .registered }

    /// Whether this run left the receipt's first attempt still to be made: row 1 of the next `eetin.txt` is then what
    /// it was, else FALSE. A verification is no attempt. Nil when the sale is recorded and there is no next.
    public var isStillFirstAttempt: Bool? {
        switch self.kind {
        case .registered: nil
        case .verifiedOnly, .notSent, .licence, .moduleRegistered: true
        case .temporary, .notRecorded, .refused, .reserved, .noConnection, .outcomeUnknown, .unclear:
            self.wasVerification
        }
    }

    /// Who sends the sale again. Nobody what was only to be checked.
    public var resend: Resend {
        guard !self.wasVerification else { return .none }
        return switch self.kind {
        case .registered, .refused, .notSent, .licence, .moduleRegistered, .verifiedOnly: .none
        case .temporary, .noConnection, .outcomeUnknown, .unclear: .byItself
        case .notRecorded: .limited
        case .reserved: .held
        }
    }

    /// The exit status of the program: 0 recorded or verified, 1 refused, 2 bad input, configuration or licence, 3 the
    /// rest.
    public var exitStatus: Int32 {
        switch self.kind {
        case .registered, .verifiedOnly: 0
        case .refused: 1
        case .notSent, .licence: 2
        case .temporary, .notRecorded, .reserved, .noConnection, .outcomeUnknown, .moduleRegistered, .unclear: 3
        }
    }
}
