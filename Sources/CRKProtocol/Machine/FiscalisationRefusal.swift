/// Why the repository refused a fiscalisation. The CPD server says the same things in two ways, as a status of its answer
/// (HTTP 200) and as an error (HTTP 406); both are one vocabulary here, and the origin is kept.
public struct FiscalisationRefusal: Sendable, Hashable, Codable {
    /// How it was said.
    public enum Origin: Sendable, Hashable, Codable {
        /// `statusFisc` of an answer to CMD09 (section 2.2.9).
        case status(FiscalisationStatus, desc: String?)
        /// An error of the CPD server (section 2.4.10).
        case error(CPDRefusal)
        /// CMD10 answered that the program is not admitted.
        case programNotAdmitted
    }

    /// What is the matter, where both ways of saying it exist. Open: everything else keeps its code alone.
    public enum Reason: String, Sendable, Hashable, Codable {
        case wrongUniqueNumber
        case technicianNotAuthorised
        case noRegisterCertificates
        case wrongTaxpayer
        case programNotVerified
        case other
    }

    /// The step at which it was said.
    public var step: FiscalisationStep
    public var origin: Origin

    public init(step: FiscalisationStep, origin: Origin) {
        self.step = step
        self.origin = origin
    }

    public var reason: Reason {
        switch self.origin {
        case .status(let status, _):
            switch status.rawValue {
            case 2: .wrongUniqueNumber
            case 5: .technicianNotAuthorised
            case 17: .noRegisterCertificates
            case 18: .wrongTaxpayer
            case 19: .programNotVerified
            default: .other
            }
        case .error(let refusal):
            switch refusal.code {
            case .numberNotInPool: .wrongUniqueNumber
            case .technicianNotAuthorised: .technicianNotAuthorised
            case .noRegisterCertificates: .noRegisterCertificates
            case .wrongNIP: .wrongTaxpayer
            case .programNotVerified: .programNotVerified
            default: .other
            }
        case .programNotAdmitted: .programNotVerified
        }
    }

    /// The code in a few characters, for a till: `04`, `406 B06`.
    public var code: String {
        switch self.origin {
        case .status(let status, _): status.code
        case .error(let refusal): "\(refusal.httpStatus)" + (refusal.code.map { " \($0.rawValue)" } ?? "")
        case .programNotAdmitted: "status 1"
        }
    }

    /// The document's words, or the server's.
    public var words: String {
        switch self.origin {
        case .status(let status, let desc): status.words ?? desc ?? ""
        case .error(let refusal): refusal.code?.words ?? refusal.message ?? ""
        case .programNotAdmitted: "the program is not admitted"
        }
    }
}
