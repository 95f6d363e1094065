import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Testing

/// A tax office for tests: keys made once, and authorities that share them.
enum SimulatedOffice {
    /// 2026-11-20T12:00:00Z.
    static let now = FiscalInstant(secondsSinceEpoch: 1_795_176_000)

    static let identity = Result {
        try EETAuthorityIdentity(at: now, random: CountingRandomSource(seed: 11))
    }

    /// Key and certificate of CZ1212121218.
    static let credentials = Result {
        try identity.get().issueCredentials(dic: "CZ1212121218", at: now, random: CountingRandomSource(seed: 12))
    }

    static func authority(
        _ edition: Edition = .v3, _ environment: EETEnvironment = .playground, rules: EETRules = EETRules()
    ) throws -> EETAuthority {
        EETAuthority(
            edition: edition, environment: environment, identity: try self.identity.get(), rules: rules,
            random: CountingRandomSource(seed: 13))
    }

    /// Trusts the seals of this office.
    static func trust() throws -> SealTrust {
        SealTrust(anchors: [try self.identity.get().sealAuthorityCertificate])
    }
}

extension EETAuthority {
    /// Posts a message as a till does, and returns what came back.
    mutating func post(
        _ message: HandmadeMessage, at now: FiscalInstant = SimulatedOffice.now
    ) throws -> SimulatedReply {
        self.receive(message.request(self.edition, try message.signed(self.edition)), at: now)
    }

    /// Posts bytes as they are.
    mutating func post(bytes: [UInt8], at now: FiscalInstant = SimulatedOffice.now) -> SimulatedReply {
        self.receive(HandmadeMessage(self.edition).request(self.edition, bytes), at: now)
    }
}

extension SimulatedReply {
    /// The whole answer, when there is one at once.
    var response: HTTPExchangeResponse? {
        if case .answer(let response) = self { response } else { nil }
    }

    /// The answer as the till reads it, judged with trust in the office.
    func answer(for message: HandmadeMessage? = nil) throws -> EETAnswer {
        let response = try #require(self.response)
        return try EETAnswer(
            bytes: response.body, expecting: .init(uuid: message?.header["uuid_zpravy"]),
            trust: try SimulatedOffice.trust())
    }

    /// The code of the `Chyba`.
    func chyba() throws -> Int? {
        if case .chyba(let chyba, _, _) = try self.answer().content { chyba.rawValue } else { nil }
    }

    /// The codes of the warnings.
    func warnings() throws -> [Int] { try self.answer().warnings.map(\.code.rawValue) }
}
