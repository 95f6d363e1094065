import EETProtocol
import FiscalCore

/// What `run` and `sync` have in common: reads the configuration, checks the licence, opens certificate, journal and
/// the way to the authority.
struct ModuleSession {
    var folder: ModuleFolder
    var options: ModuleOptions
    var host: ModuleHost

    /// `eet.txt`.
    func configuration() throws -> EETConfigurationFile {
        try EETConfigurationFile(bytes: DurableFile.read(self.folder.configuration))
    }

    /// Opens the client; interrupted attempts then count as sent with unknown outcome. Sends nothing.
    func open(_ configuration: EETConfigurationFile, rules: ModuleRules) async throws -> (EETClient, Taxpayer) {
        try rules.check(self.options)
        let taxpayer = try self.taxpayer(configuration)
        try rules.check(taxpayer)
        let anchors = try self.options.sealAuthorities.flatMap { path in
            try self.named("--seal-ca") { try Certificate.all(pemOrDER: DurableFile.read(path)) }
        }
        if anchors.isEmpty {
            self.host.say(
                "warning: no --seal-ca: no confirmation of the authority can be verified, so none will count (1008)")
        }
        let authorities = try self.options.tlsAuthorities.map { path in
            try self.named("--tls-ca") { try DurableFile.read(path) }
        }
        let store = try self.host.openStore(self.folder.journal(configuration.environment))
        let transport = try self.named("--tls-ca") { try self.host.openTransport(authorities) }
        let client = try await EETClient.open(
            taxpayer: taxpayer,
            configuration: EETClientConfiguration(
                edition: self.options.edition, environment: configuration.environment,
                endpoint: self.options.endpoint, trust: SealTrust(anchors: anchors), timeout: configuration.timeout,
                allowsExpiredCertificate: self.options.allowsExpiredCertificate),
            store: store, transport: transport, clock: self.host.clock, randomness: self.host.randomness)
        return (client, taxpayer)
    }

    /// Key and certificate of rows 3 and 4; an error tells a wrong password from a damaged file and shows neither.
    private func taxpayer(_ configuration: EETConfigurationFile) throws -> Taxpayer {
        let file = try self.named("eet.txt row 3 certificate path") {
            try DurableFile.read(self.folder.resolve(configuration.certificatePath))
        }
        let contents: PKCS12
        do {
            contents = try PKCS12.read(file, password: configuration.certificatePassword)
        } catch {
            let row = error.code == .wrongPassword ? "4 certificate password" : "3 certificate path"
            throw ModuleStop(.unhandled, "eet.txt row \(row): \(error)")
        }
        return try self.named("eet.txt row 3 certificate path") {
            try Taxpayer(signer: contents.key, certificate: contents.leaf)
        }
    }

    /// Says which field an error is about.
    private func named<Value>(_ field: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch { throw ModuleStop(.unhandled, "\(field): \(error)") }
    }
}
