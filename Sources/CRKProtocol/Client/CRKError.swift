/// What the host did wrong or could not do; what the repository says, or does not say, is an outcome and not an error.
///
/// Bad fields are thrown as `InvalidField`, failures of the store as `StoreError`.
public struct CRKError: Error, Sendable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable {
            case notForHardware, noRepositoryKeys, notFiscalised, alreadyFiscalised, fiscalisationUnderWay, readOnly
            case nothingToDecide, noProgram, noDocuments, damagedJournal, badTransport, badDocuments, deviceFailed
        }
        private let base: Base
        /// A call for registers in the form of software (CMD16).
        public static let notForHardware = Self(base: .notForHardware)
        /// CMD07 has not brought the repository's certificates yet.
        public static let noRepositoryKeys = Self(base: .noRepositoryKeys)
        /// The register has not got its registration number yet.
        public static let notFiscalised = Self(base: .notFiscalised)
        /// The register is fiscalised.
        public static let alreadyFiscalised = Self(base: .alreadyFiscalised)
        /// Another fiscalisation, with other data, has begun and not ended.
        public static let fiscalisationUnderWay = Self(base: .fiscalisationUnderWay)
        /// The register is read-only.
        public static let readOnly = Self(base: .readOnly)
        /// Nothing waits for a person's word.
        public static let nothingToDecide = Self(base: .nothingToDecide)
        /// The configuration names no program, which CMD10 asks about.
        public static let noProgram = Self(base: .noProgram)
        /// The protected memory holds no document.
        public static let noDocuments = Self(base: .noDocuments)
        /// A record of the journal cannot be read.
        public static let damagedJournal = Self(base: .damagedJournal)
        /// The host could not make a transport.
        public static let badTransport = Self(base: .badTransport)
        /// The protected memory could not be read.
        public static let badDocuments = Self(base: .badDocuments)
        /// The device did not carry out a step of the fiscalisation.
        public static let deviceFailed = Self(base: .deviceFailed)
        public var description: String { "\(self.base)" }
    }

    public var code: Code
    /// What happened, for the operator; never a secret, nothing of a document.
    public var detail: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ detail: String, underlying: (any Error)? = nil) {
        self.code = code
        self.detail = detail
        self.underlying = underlying
    }
}

extension CRKError: CustomStringConvertible {
    public var description: String {
        "\(self.code): \(self.detail)" + (self.underlying.map { " (\($0))" } ?? "")
    }
}
