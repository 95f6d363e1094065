package import FiscalCore

/// What can be said of the signature of a SOAP message under the profile of EET (WS-Security 1.1, one signed Body).
///
/// The profile is the same for requests and answers, 3.1.1 and 4.1. Whether the certificate is to be trusted is another
/// question: ``SealTrust`` for answers, the authority's own rules for requests.
package enum SOAPSignature: Sendable {
    /// There is no `ds:Signature` in the security header.
    case absent
    /// There is one, and it does not hold.
    case invalid(Problem)
    /// Profile, digest and RSA hold. What is read from the message must be read from this `body`.
    case holds(certificate: Certificate, body: XMLElementNode)

    /// Why a signature does not hold.
    package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        package enum Code: String, Sendable, Hashable {
            /// Envelope, Header and Body do not stand as SOAP 1.1 and the profile want them.
            case envelope
            /// Two elements share an identifier.
            case duplicateID
            /// An element of the signature is missing, repeated, out of place, or not in the profile.
            case profile
            /// An algorithm other than that of the profile.
            case algorithm
            /// The reference is not to the Body.
            case reference
            /// The key is not to be found, or is no certificate with an RSA key of 2048 bits or more.
            case token
            /// The Body is not the one that was signed.
            case digest
            /// The value was not made over this SignedInfo by this key.
            case value
        }
        package var code: Code
        package var detail: String

        init(_ code: Code, _ detail: String) {
            self.code = code
            self.detail = detail
        }

        package var description: String { "\(self.code.rawValue), \(self.detail)" }
    }

    /// Checks a message.
    package init(_ document: XMLTree) {
        // A signature anywhere else signs nothing that this profile knows.
        let headers =
            document.root.name.isNamed("Envelope", XMLNamespace.soap)
            ? document.root.elements("Header", XMLNamespace.soap) : []
        let securities = headers.flatMap { $0.elements("Security", XMLNamespace.wsse) }
        let isSigned = securities.contains { security in
            security.selfAndDescendants.contains { $0.name.isNamed("Signature", XMLNamespace.signature) }
        }
        guard isSigned else {
            self = .absent
            return
        }
        do throws(Problem) {
            let reader = try SOAPSignatureReader(document)
            self = .holds(certificate: try reader.verify(), body: reader.body)
        } catch {
            self = .invalid(error)
        }
    }
}
