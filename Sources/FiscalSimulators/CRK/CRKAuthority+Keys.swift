public import CRKProtocol
public import FiscalCore

extension CRKAuthority {
    /// CMD07 (section 2.4.1).
    func repositoryKeys(_ call: Call) throws(CRKRefusal) -> CRKRuling {
        guard self.rules.hasRepositoryCertificates else { throw CRKRefusal("B02", "no certificates") }
        func base64(_ certificate: Certificate) -> JSON { .string(Base64.encode(certificate.der)) }
        return CRKRuling(
            200,
            .message(
                id: call.id.text,
                attributes: [
                    .init("digitalCertificateWebApiTLS", base64(self.identity.webApiTLSCertificate)),
                    .init("digitalCertificateCPDServerTLS", base64(self.identity.cpdTLSCertificate)),
                    .init("digitalCertificateRepositoryEncrypt", base64(self.identity.repositoryEncryptCertificate)),
                    .init(
                        "digitalCertificateAzureEventHubTLS",
                        .array(self.identity.eventHubAuthorities.map(base64))),
                ]))
    }

    /// CMD08 (section 2.4.2).
    mutating func registerCertificates(_ call: Call) throws(CRKRefusal) -> CRKRuling {
        let tls = try Self.certificate("digitalCertificateCashRegisterTLS", call)
        let encrypt = try Self.certificate("digitalCertificateCashRegisterEncrypt", call)
        for certificate in [tls, encrypt] {
            let text = Base64.encode(certificate.der)
            let holder = self.registers.values.first {
                $0.tlsCertificates.contains(text) || $0.encryptCertificates.contains(text)
            }
            guard holder.map({ $0.unit == call.id.unit }) ?? true else {
                throw CRKRefusal("B10", "the certificate came from another register")
            }
        }
        guard CRKRegisterName(tls).unit == call.id.unit else {
            throw CRKRefusal("B10", "the TLS certificate is of another register")
        }
        let register = self.register(call.id.unit)
        if register.isSoftware, register.status != nil, register.status != .begun {
            let taxpayer = CRKRegisterName(tls).taxpayer
            guard let taxpayer, CRKCommandText.isTaxpayer(taxpayer), taxpayer == register.taxpayer else {
                throw CRKRefusal("B11", "the NIP of the certificate is not the register's")
            }
        }
        self.withRegister(call.id.unit) { register in
            Self.append(Base64.encode(tls.der), to: &register.tlsCertificates)
            Self.append(Base64.encode(encrypt.der), to: &register.encryptCertificates)
        }
        return CRKRuling(204)
    }

    /// The newest stands last, also when it was there before.
    private static func append(_ certificate: String, to list: inout [String]) {
        list.removeAll { $0 == certificate }
        list.append(certificate)
    }

    private static func certificate(_ name: String, _ call: Call) throws(CRKRefusal) -> Certificate {
        guard let text = call.attributes?[name]?.string, let der = Base64.decode(text),
            let certificate = try? Certificate(der: der)
        else { throw CRKRefusal("E02", "\(name) is no certificate") }
        return certificate
    }

    /// CMD16 (section 2.4.9): today, tomorrow and the day after by the calendar of Warsaw (decision P26). Its table
    /// knows E05 alone.
    mutating func sharedKeys(_ arrival: CRKArrival) throws(CRKRefusal) -> CRKRuling {
        guard !arrival.hasQuery, arrival.request.body.isEmpty else { throw CRKRefusal("E05", "there are parameters") }
        guard let unit = arrival.name?.unit, CRKCommandText.isUniqueNumber(unit.utf8) else {
            throw CRKRefusal("E05", "the certificate names no register")
        }
        guard self.register(unit).isSoftware else { throw CRKRefusal("E05", "no register in the form of software") }
        let today = OffsetDateTime(arrival.now, zone: NamedZone.warsaw).civil.date.daysSinceEpoch
        let keys = (0...2).compactMap { CivilDate(daysSinceEpoch: today + $0) }.map { day in
            JSON.object([
                .init("forDate", .string(day.compact)),
                .init("sharedKey", .string(Base64.encode(self.sharedKey(of: unit, on: day)))),
            ])
        }
        return CRKRuling(
            200, .json(.object([.init("CN", .string(unit)), .init("sharedKeys", .array(keys))])),
            command: CRKErrorTexts.sharedKey)
    }

    /// The shared key of a register on a day: 32 bytes, the same whenever it is asked for.
    public func sharedKey(of unit: UniqueNumber, on day: CivilDate) -> [UInt8] {
        self.sharedKey(of: unit.text, on: day)
    }

    private func sharedKey(of unit: String, on day: CivilDate) -> [UInt8] {
        HMAC.authenticationCode(
            .sha256, over: Array("shared key \(unit) \(day.compact)".utf8), key: self.identity.secret)
    }
}
