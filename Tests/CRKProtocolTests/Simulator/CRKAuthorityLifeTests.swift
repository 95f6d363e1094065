import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Testing

/// The library's own commands against the simulated repository, over transports in memory.
@Suite("The simulated CRK: the life of a register")
struct CRKAuthorityLifeTests {
    private let repository: SimulatedRepository
    private let link: CRKAuthorityLink
    private let clock = ManualClock(SimulatedRepository.noon)

    init() throws {
        self.repository = try SimulatedRepository.shared.get()
        self.link = CRKAuthorityLink(self.repository.authority, clock: self.clock)
    }

    private func call<Command: CPDCommand>(_ command: Command, _ register: CRKCredentials) async throws
        -> Command.Answer
    {
        let transports = CRKLinkTransports(self.link, register)
        let transport = try transports.transport(for: .cpd, trusting: self.repository.identity.anchors)
        let response = try await transport.exchange(
            try command.request(to: self.link.authority.addresses.cpd), timeout: .seconds(5))
        let reply = command.reply(response, .strict)
        guard case .answered(let answer, []) = reply else {
            Issue.record("\(reply)")
            throw CancellationError()
        }
        return answer
    }

    private func call<Call: WebApiCall>(_ call: Call, _ register: CRKCredentials) async throws -> Call.Answer {
        let transports = CRKLinkTransports(self.link, register)
        let transport = try transports.transport(for: .webApi, trusting: self.repository.identity.anchors)
        let response = try await transport.exchange(
            try call.request(to: self.link.authority.addresses.webApi), timeout: .seconds(5))
        let reply = call.reply(response, .strict)
        guard case .answered(let answer, []) = reply else {
            Issue.record("\(reply)")
            throw CancellationError()
        }
        return answer
    }

    private func send(_ packet: JSON, with token: EventHubToken) async throws -> Int {
        let transport = self.link.transport(
            for: .eventHub, client: nil, trusting: self.repository.identity.eventHubAuthorities)
        let address = token.url.dropFirst("https://".count)
        let slash = try #require(address.firstIndex(of: "/"))
        var head = HTTPRequest(
            method: .post, scheme: "https", authority: String(address[..<slash]), path: String(address[slash...]))
        head.headerFields[.authorization] = token.value
        let response = try await transport.exchange(
            HTTPExchangeRequest(head: head, body: packet.bytes), timeout: .seconds(5))
        #expect(response.body.isEmpty)
        return response.head.status.code
    }

    @Test("From the first key to the end, strict reading, for a device and for a program")
    func wholeLife() async throws {
        for register in [self.repository.device, self.repository.software] {
            let unit = register.unit
            let kind: RegisterKind = register.taxpayer == nil ? .hardware : .software
            let now = SimulatedRepository.noon
            _ = try await self.call(TestCPDServer(unit, at: now), register)
            let keys = try await self.call(FetchRepositoryKeys(unit, at: now), register)
            #expect(keys.repositoryEncrypt == self.repository.identity.repositoryEncryptCertificate)
            _ = try await self.call(
                SendRegisterCertificates(
                    unit, at: now, tls: register.tlsCertificate, encrypt: register.encryptCertificate), register)
            let isAdmitted = try await self.call(
                CheckHomologation(unit, at: now, metadata: "v 1&2", checksum: String(repeating: "0f", count: 20)),
                register)
            #expect(isAdmitted)
            let parameters =
                kind == .hardware
                ? try MakeFiscalisation.Parameters(
                    serialNumber: "ŻÓŁĆ1", taxpayer: NIP("5260250274"), technician: "Login434534")
                : MakeFiscalisation.Parameters(software: unit, taxpayer: try NIP("5260250274"))
            guard
                case .granted(let grant) = try await self.call(MakeFiscalisation(unit, at: now, parameters), register)
            else {
                Issue.record("refused")
                return
            }
            #expect(grant.webApiAddress == "https://webapi.crk.test:443")
            #expect(grant.shipmentTypes.types == [.pa, .fa, .rd, .wn])
            _ = try await self.call(ConfirmFiscalisation(unit, at: now), register)
            _ = try await self.call(Ping(), register)

            let order = try #require(try await self.call(FetchOrders(), register).first)
            var profile = SealingProfile()
            profile.compression = .none
            let opened = try order.opened(for: unit, kind, mode: .strict) { (text) throws(SealError) in
                try profile.open(
                    text, with: register.encryptKey, from: keys.repositoryEncrypt, randomness: CountingRandomSource())
            }
            #expect(
                opened.order
                    == .setTimetable(
                        Timetable(
                            sendFreqEventHub: .every(seconds: 7_200), checkFreqWebApi: try WebApiSchedule(1_800),
                            shipmentTypes: ShipmentTypes([.pa, .fa, .rd, .wn]))))
            _ = try await self.call(
                ConfirmOrder(.init(commandID: order.commandID, executedAt: now)), register)
            #expect(try await self.call(FetchOrders(), register).isEmpty)

            let token = try await self.call(FetchEventHubToken(), register)
            let sealed = try SealingProfile.unverified.seal(
                Array(#"{"content":[{"RF":{"JPKID":1}},{"info":{"typObiektu":9,"JPKID":2}}]}"#.utf8),
                signer: register.encryptKey, certificate: register.encryptCertificate, for: keys.repositoryEncrypt,
                randomness: CountingRandomSource())
            let packet: JSON = [
                "commandId": .string(CommandID(.dfd, unit, at: now).text), "packageNr": 0, "isLast": 1,
                "encryptedData": .string(sealed),
            ]
            #expect(try await self.send(packet, with: token) == 201)
            #expect(self.link.authority.ledger.packets(of: unit).map(\.flaws) == [[]])
            #expect(self.link.authority.ledger.documents(of: unit).map(\.number) == [1, 2])
            #expect(self.link.authority.ledger.documents(of: unit).map(\.infoType) == [nil, 9])
            #expect(self.link.authority.continuity(of: unit).isComplete(through: 2))

            let state = try await self.call(FetchRepositoryState(unit, at: now), register)
            #expect(state.maxDocID == 2 && state.maxMemoryNumber == 1)
            if kind == .software {
                #expect(
                    try await self.call(FetchSharedKeys(unit), register).map(\.day.compact) == [
                        "20261120", "20261121", "20261122",
                    ])
            }
            _ = try await self.call(
                try EndOfFiscalLife(unit, at: now, reason: .settlementReport, lastJPKID: 2), register)
            #expect(self.link.authority[unit].status == .readOnly)
            #expect(self.link.authority[unit].lastJPKID == 2)
            #expect(self.link.authority[unit].reasonReadOnly == 1)
        }
        #expect(self.link.authority[self.repository.device.unit].registrationNumber == "2026/000000101")
        #expect(self.link.authority[self.repository.software.unit].registrationNumber == "2026/000000102")
        #expect(self.link.authority[self.repository.device.unit].serialNumber == "ŻÓŁĆ1")
    }
}
