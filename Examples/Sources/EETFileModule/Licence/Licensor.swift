public import EETProtocol
public import FiscalCore

/// Who registers a module: gives the signature for row 4 of its licence file, or refuses. A vendor's service stands
/// behind it, or a file that he delivered.
public protocol Licensor: Sendable {
    /// - Returns: the signature in Base64.
    /// - Throws: anything; the registration is then refused.
    func signature(for licence: EETLicenceFile) async throws -> String
}

/// A licensor that knows the one licence in a file which the vendor delivered (`eet license issue`).
public struct FileLicensor: Licensor {
    private let delivered: EETLicenceFile

    /// - Throws: ``FileRowError`` when the file is malformed.
    public init(bytes: [UInt8]) throws(FileRowError) {
        self.delivered = try EETLicenceFile(bytes: bytes)
    }

    public func signature(for licence: EETLicenceFile) async throws -> String {
        guard licence.signedBytes == self.delivered.signedBytes else { throw LicenceRefused() }
        return self.delivered.signature
    }
}

/// The licensor does not know this licence.
public struct LicenceRefused: Error, Sendable, CustomStringConvertible {
    public init() {}
    public var description: String { "the licensor does not know this licence" }
}

/// What is known of a licence (decision E2).
public enum LicenceVerdict: Sendable, Hashable {
    /// Row 4 is the vendor's signature.
    case valid
    /// Row 4 is empty: the module has to be registered.
    case unregistered
    /// 1004: the file is malformed.
    case malformed(FileRowError)
    /// 1002: row 4 is no signature of the vendor over rows 1 to 3.
    case signatureWrong

    /// Judges the bytes of `eet-licence.txt`, in the order of the codes: form, then signature.
    public init(_ bytes: [UInt8], vendor: PublicKey) {
        do {
            let file = try EETLicenceFile(bytes: bytes)
            if file.signature.isEmpty {
                self = .unregistered
            } else {
                self = file.verifies(by: vendor) ? .valid : .signatureWrong
            }
        } catch {
            self = .malformed(error)
        }
    }

    /// Row 6 of `eetout.txt` when nobody registers the module; nil for a valid licence.
    public var code: ModuleCode? {
        switch self {
        case .valid: nil
        case .unregistered: .licenceInvalid
        case .malformed: .licenceData
        case .signatureWrong: .licenceSignature
        }
    }
}
