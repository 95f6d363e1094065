/// The module's own codes in row 6 of `eetout.txt`; they lie outside the authority's range −999…999.
public enum ModuleCode: Int, Sendable, Hashable, Codable, CaseIterable {
    /// The internet is not available: no connection, or TLS not established.
    case internetUnavailable = 1001
    /// The signature of the licence does not verify.
    case licenceSignature = 1002
    /// Bad input or configuration, or an unexpected fault.
    case unhandled = 1003
    /// The licence data are malformed.
    case licenceData = 1004
    /// The module was registered; the receipt was not sent.
    case registered = 1005
    /// The licence is not valid: the licensor refused it, or there is none.
    case licenceInvalid = 1006
    /// The time limit ran out, in whatever phase.
    case timeout = 1007
    /// There was a connection but no usable answer; the authority may have recorded the sale.
    case noAnswer = 1008

    /// The text that the module's documentation gives the code.
    public var officialText: String {
        switch self {
        case .internetUnavailable: "Internet není k dispozici"
        case .licenceSignature: "Chyba ověření licence (RSA)"
        case .unhandled: "Neošetřená výjimka"
        case .licenceData: "Chybné údaje licence"
        case .registered: "První spuštění – EET modul byl zaregistrován, účtenka nebyla odeslána."
        case .licenceInvalid: "Neplatná licence EET modulu."
        case .timeout: "Překročena mezní doba odezvy"
        case .noAnswer: "Odpověď je null"
        }
    }
}

/// A code of `eetout.txt` with its source: the two ranges are disjoint.
public enum EETResultCode: Sendable, Hashable {
    /// The authority said so (−999…999).
    case server(Chyba)
    /// The module found it (1001…1008).
    case module(ModuleCode)

    /// nil for a number of neither range.
    public init?(rawValue: Int) {
        if let code = ModuleCode(rawValue: rawValue) {
            self = .module(code)
        } else if (-999...999).contains(rawValue) {
            self = .server(Chyba(rawValue: rawValue))
        } else {
            return nil
        }
    }

    public var rawValue: Int {
        switch self {
        case .server(let chyba): chyba.rawValue
        case .module(let code): code.rawValue
        }
    }
}
