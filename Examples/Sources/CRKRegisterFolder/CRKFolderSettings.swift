public import CRKProtocol
import FiscalCore
import FiscalTransport

/// What a register is set up with, private keys included.
public struct CRKFolderSettings: Sendable, Hashable, Codable {
    /// A program of the register, as CMD10 names it.
    public typealias Program = RegisterProgram

    /// `https://host:port` of the CPD server and of the WebApi; nil for those of the ministry's test environment.
    public var cpd: String?
    public var webApi: String?
    /// Who may vouch for the servers until CMD07 has brought their certificates: PEM, one or more.
    public var anchors: String?
    /// For connections: certificate and key, PEM.
    public var tlsCertificate: String?
    public var tlsKey: String?
    /// For packets and orders: certificate and key, PEM.
    public var jsonCertificate: String?
    public var jsonKey: String?
    /// The unique number; nil for the common name of the certificates.
    public var unit: String?
    public var kind = RegisterKind.hardware
    /// The taxpayer.
    public var nip: String?
    /// The factory number, and the identifier of the technician; devices only.
    public var serialNumber: String?
    public var technician: String?
    /// How packets are sealed, JSON; nil for the unverified default.
    public var profile: String?
    public var program: Program?

    public init() {}

    /// Who the register is.
    /// - Throws: `InvalidField` for what is missing or does not fit, named as the option of the program.
    func identity() throws -> CRKIdentity {
        let tls = try Self.certificate(self.tlsCertificate, "tls-cert")
        let json = try Self.certificate(self.jsonCertificate, "json-cert")
        let key = try Self.key(self.jsonKey, "json-key")
        let unit: UniqueNumber
        if let text = self.unit {
            unit = try UniqueNumber(text, field: "unit")
        } else if let named = CertificateIdentity.unverified.unit(of: tls) {
            unit = named
        } else {
            throw InvalidField("unit", .required, limit: "the certificate names no unique number")
        }
        return try CRKIdentity(unit: unit, kind: self.kind, tls: tls, encrypt: json, key: key)
    }

    func configuration() throws -> CRKConfiguration {
        let anchors: [Certificate]
        do { anchors = try Certificate.all(pemOrDER: Array((self.anchors ?? "").utf8)) } catch {
            throw InvalidField("anchor", .required, limit: "at least one certificate, PEM")
        }
        return CRKConfiguration(
            environment: .test, cpd: self.cpd, webApi: self.webApi, anchors: anchors,
            sealing: try self.profile.map { try SealingProfile(JSON(parsing: Array($0.utf8))) },
            program: self.program)
    }

    /// What a fiscalisation asks for.
    public func request() throws -> FiscalisationRequest {
        guard let nip else { throw InvalidField("nip", .required, limit: "the taxpayer's number") }
        let taxpayer = try NIP(nip, field: "nip")
        switch self.kind {
        case .software: return FiscalisationRequest(software: try self.identity().unit, taxpayer: taxpayer)
        case .hardware:
            guard let serialNumber else { throw InvalidField("serial", .required, limit: "the factory number") }
            guard let technician else { throw InvalidField("technician", .required, limit: "who installs it") }
            return try FiscalisationRequest(hardware: serialNumber, taxpayer: taxpayer, technician: technician)
        }
    }

    func tlsIdentity() throws -> AsyncHTTPTransport.Identity {
        let certificate = try Self.certificate(self.tlsCertificate, "tls-cert")
        return AsyncHTTPTransport.Identity(
            certificateChain: [certificate.der], privateKey: try Self.key(self.tlsKey, "tls-key").pkcs8DER())
    }

    private static func certificate(_ pem: String?, _ field: String) throws -> Certificate {
        guard let pem else { throw InvalidField(field, .required, limit: "a certificate, PEM") }
        do { return try Certificate(pem: pem) } catch {
            throw InvalidField(field, .pattern, limit: "a certificate, PEM")
        }
    }

    private static func key(_ pem: String?, _ field: String) throws -> PrivateKey {
        guard let pem else { throw InvalidField(field, .required, limit: "a private key, PEM") }
        do { return try PrivateKey(pem: pem) } catch {
            throw InvalidField(field, .pattern, limit: "a private key, PEM")
        }
    }
}

extension CRKFolderSettings: CustomStringConvertible {
    public var description: String { "CRKFolderSettings(\(self.unit ?? "unit of the certificate"), keys redacted)" }
}
