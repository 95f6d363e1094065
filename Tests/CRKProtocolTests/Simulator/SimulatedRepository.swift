import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Testing

/// A repository and the registers of the tests; keys take their time, so all tests share one set.
struct SimulatedRepository {
    let identity: CRKAuthorityIdentity
    /// ZTE1701000901 and ZTE1701000902 are devices, WTE2001000009 is a program with a NIP in its certificate, NON1701000901
    /// is of no model that the repository knows.
    let device, otherDevice, software, stranger: CRKCredentials
    /// A certificate of a producer that nobody knows.
    let foreign: CRKCredentials
    /// The program and the device with certificates that name another NIP.
    let movedSoftware, movedDevice: CRKCredentials

    /// 2026-11-20T12:00:00.000Z
    static let noon = FiscalInstant(secondsSinceEpoch: 1_795_176_000)
    /// The same for a `commandId`.
    static let noonText = "2026-11-20T12:00:00.000Z"

    static let shared = Result { try SimulatedRepository() }

    private init() throws {
        let random = CountingRandomSource(seed: 71)
        func credentials(_ unit: String, _ nip: String? = nil, of identity: CRKAuthorityIdentity) throws
            -> CRKCredentials
        {
            try identity.issueCredentials(
                UniqueNumber(unit), taxpayer: nip.map { try NIP($0) }, at: Self.noon, random: random)
        }
        self.identity = try CRKAuthorityIdentity(at: Self.noon, random: random)
        self.device = try credentials("ZTE1701000901", of: self.identity)
        self.otherDevice = try credentials("ZTE1701000902", of: self.identity)
        self.software = try credentials("WTE2001000009", "5260250274", of: self.identity)
        self.movedSoftware = try credentials("WTE2001000009", "3360002458", of: self.identity)
        self.movedDevice = try credentials("ZTE1701000901", "3360002458", of: self.identity)
        self.stranger = try credentials("NON1701000901", of: self.identity)
        let others = try CRKAuthorityIdentity(at: Self.noon, random: random)
        self.foreign = try credentials("ZTE1701000901", of: others)
    }

    var authority: CRKAuthority { CRKAuthority(identity: self.identity) }
}

/// A request written by hand, and what came back.
extension CRKAuthority {
    static func request(
        _ method: HTTPRequest.Method, _ target: String, _ body: String = "", authority: String = "cpd.crk.test:5062",
        headers: [(String, String)]? = nil
    ) -> HTTPExchangeRequest {
        var head = HTTPRequest(method: method, scheme: "https", authority: authority, path: target)
        let headers =
            headers ?? [("Accept", "application/json")] + (body.isEmpty ? [] : [("Content-Type", "application/json")])
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { head.headerFields.append(HTTPField(name: name, value: value)) }
        }
        return HTTPExchangeRequest(head: head, body: Array(body.utf8))
    }

    mutating func ask(
        _ door: CRKChannel, _ request: HTTPExchangeRequest, _ client: CRKCredentials?,
        at now: FiscalInstant = SimulatedRepository.noon
    ) -> SimulatedReply {
        self.receive(request, at: door, from: client?.tlsCertificate, at: now)
    }

    /// A GET of the CPD server.
    mutating func get(
        _ query: String, _ client: CRKCredentials?, at now: FiscalInstant = SimulatedRepository.noon
    ) -> SimulatedReply {
        self.ask(.cpd, Self.request(.get, "/api/SerwerCPD/Command" + query), client, at: now)
    }

    /// A POST of the CPD server.
    mutating func post(
        _ body: String, _ client: CRKCredentials?, at now: FiscalInstant = SimulatedRepository.noon
    ) -> SimulatedReply {
        self.ask(.cpd, Self.request(.post, "/api/SerwerCPD/Command", body), client, at: now)
    }

    /// A call of the WebApi without a body.
    mutating func webApi(
        _ method: HTTPRequest.Method, _ name: String, _ client: CRKCredentials?, headers: [(String, String)]? = nil
    ) -> SimulatedReply {
        self.webApi(method, name, "", client, headers: headers)
    }

    /// A call of the WebApi.
    mutating func webApi(
        _ method: HTTPRequest.Method, _ name: String, _ body: String, _ client: CRKCredentials?,
        headers: [(String, String)]? = nil, at now: FiscalInstant = SimulatedRepository.noon
    ) -> SimulatedReply {
        self.ask(
            .webApi,
            Self.request(method, "/api/Repository/" + name, body, authority: "webapi.crk.test:443", headers: headers),
            client, at: now)
    }
}

/// Bodies written by hand.
extension CRKCredentials {
    /// The code of a command of this register at noon.
    func id(_ letters: String, at time: String = SimulatedRepository.noonText) -> String {
        "\(letters).\(self.unit).\(time)"
    }

    func kfd(as other: CRKCredentials? = nil) -> String {
        let tls = Base64.encode((other ?? self).tlsCertificate.der)
        let encrypt = Base64.encode((other ?? self).encryptCertificate.der)
        return self.message(
            "KFD",
            #""digitalCertificateCashRegisterTLS":"\#(tls)","digitalCertificateCashRegisterEncrypt":"\#(encrypt)""#)
    }

    func mfp(
        serial: String? = nil, number: String = "", nip: String? = nil, technician: String? = nil,
        at time: String = SimulatedRepository.noonText
    ) -> String {
        let serial = serial ?? (self.taxpayer == nil ? "SN-\(self.unit)" : self.unit.text)
        let nip = nip ?? self.taxpayer?.text ?? "5260250274"
        let technician = technician ?? (self.taxpayer == nil ? "Login434534" : "KW123")
        return self.message(
            "MFP",
            #""cashRegisterSN":"\#(serial)","cashRegisterNr":"\#(number)","taxpayerId":"\#(nip)","monterId":"\#(technician)""#,
            at: time)
    }

    var cnf: String {
        "?commandId=\(self.id("CNF"))&firmwareMetadata=v1&firmwareChecksum=\(String(repeating: "a0", count: 32))"
    }

    func message(_ letters: String, _ attributes: String, at time: String = SimulatedRepository.noonText) -> String {
        #"{"commandId":"\#(self.id(letters, at: time))","command":{"attributes":{\#(attributes)}}}"#
    }

    var fpd: String { #"{"commandId":"\#(self.id("FPD"))"}"# }

    func efl(reason: String = "0", last: String = "12345") -> String {
        self.message("EFL", #""reasonReadOnly":\#(reason),"lastJPKId":\#(last)"#)
    }
}

extension CRKAuthority {
    /// Takes a register through CMD08, CMD10 for software, CMD09 and CMD14, as far as asked.
    mutating func bring(_ register: CRKCredentials, to status: CRKRegisterStatus?) {
        #expect(self.post(register.kfd(), register).status == 204)
        guard let status else { return }
        if register.taxpayer != nil { #expect(self.get(register.cnf, register).status == 200) }
        #expect(self.post(register.mfp(), register).status == 200)
        #expect(self[register.unit].status == .begun)
        if status != .begun { #expect(self.post(register.fpd, register).status == 204) }
        if status == .readOnly { #expect(self.post(register.efl(), register).status == 204) }
        #expect(self[register.unit].status == status)
    }
}

extension SimulatedReply {
    /// The whole answer, when there is one at once.
    var response: HTTPExchangeResponse? {
        if case .answer(let response) = self { response } else { nil }
    }

    var status: Int? { self.response?.head.status.code }

    func json() throws -> JSON { try JSON(parsing: try #require(self.response).body) }

    /// Status, Code and Message of an error of the CPD server.
    func refusal() throws -> [String] {
        let json = try self.json()
        return [
            self.status.map(String.init) ?? "", json["Code"]?.string ?? "", json["Message"]?.string ?? "",
        ]
    }

    /// `command.attributes` of an answer.
    func attributes() throws -> JSON {
        #expect(self.status == 200)
        return try #require(try self.json()["command"]?["attributes"])
    }

    /// `statusFisc.code` of an answer to CMD09.
    func fiscalisationStatus() throws -> String? { try self.attributes()["statusFisc"]?["code"]?.string }
}
