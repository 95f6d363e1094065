import FiscalCore
import NIOSSL

/// NIOSSL's configuration from ours, checked once when the transport is made.
enum TLSSettings {
    static func make(_ configuration: AsyncHTTPTransport.Configuration) throws(InvalidField) -> TLSConfiguration {
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.minimumTLSVersion = .tlsv12
        settings.certificateVerification = .fullVerification
        switch configuration.trust {
        case .system:
            settings.trustRoots = .default
        case .certificates(let sources):
            settings.trustRoots = .certificates(try Self.certificates(sources, field: "trust"))
        case .pinned:
            // Looked at by ``ServerPins`` instead, before anything is sent.
            settings.certificateVerification = .none
        }
        if let identity = configuration.identity {
            settings.certificateChain = try Self.certificates(
                identity.certificateChain, field: "identity.certificateChain"
            )
            .map { .certificate($0) }
            settings.privateKey = .privateKey(try Self.privateKey(identity.privateKey))
        }
        do {
            // Thrown away: says now, and not at the first sale, that key and certificate do not fit each other.
            _ = try NIOSSLContext(configuration: settings)
        } catch {
            throw InvalidField("identity", .consistency, limit: "the private key of the first certificate")
        }
        return settings
    }

    private static func certificates(
        _ sources: [[UInt8]], field: String
    ) throws(InvalidField) -> [NIOSSLCertificate] {
        var certificates: [NIOSSLCertificate] = []
        for (index, source) in sources.enumerated() {
            do {
                certificates +=
                    Self.isPEM(source)
                    ? try NIOSSLCertificate.fromPEMBytes(source) : [try NIOSSLCertificate(bytes: source, format: .der)]
            } catch {
                throw InvalidField("\(field)[\(index)]", .pattern, limit: "an X.509 certificate in DER or PEM")
            }
        }
        guard !certificates.isEmpty else { throw InvalidField(field, .required, limit: "at least one certificate") }
        return certificates
    }

    private static func privateKey(_ source: [UInt8]) throws(InvalidField) -> NIOSSLPrivateKey {
        do {
            return try NIOSSLPrivateKey(bytes: source, format: Self.isPEM(source) ? .pem : .der)
        } catch {
            throw InvalidField("identity.privateKey", .pattern, limit: "an unencrypted PKCS#8 key in DER or PEM")
        }
    }

    /// DER begins with the tag of a SEQUENCE (0x30, the digit 0), PEM with text that has the marker.
    private static func isPEM(_ source: [UInt8]) -> Bool {
        source.first != 0x30 && source.contains(UInt8(ascii: "-"))
    }
}
