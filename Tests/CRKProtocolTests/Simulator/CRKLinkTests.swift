import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Synchronization
import Testing

/// The transports in memory: who is let in, who is trusted, what fails.
@Suite("The simulated CRK: transports in memory")
struct CRKLinkTests {
    private let repository: SimulatedRepository
    private let link: CRKAuthorityLink
    private let clock = ManualClock(SimulatedRepository.noon)
    private let device: CRKCredentials

    init() throws {
        self.repository = try SimulatedRepository.shared.get()
        self.device = self.repository.device
        var authority = self.repository.authority
        authority.bring(self.device, to: .fiscalised)
        self.link = CRKAuthorityLink(authority, clock: self.clock)
    }

    private static let addresses: [CRKChannel: String] = [
        .cpd: "cpd.crk.test:5062", .webApi: "webapi.crk.test:443", .eventHub: "eventhub.crk.test:443",
    ]

    /// The status, or what the transport reports.
    private func ask(
        _ channel: CRKChannel, _ transport: any HTTPTransport, address: String? = nil, timeout: Duration = .seconds(5)
    ) async -> String {
        let paths: [CRKChannel: String] = [
            .cpd: "/api/SerwerCPD/Command?commandId=\(self.device.id("TCS"))", .webApi: "/api/Repository/Ping",
            .eventHub: "/crk/publishers/ZTE1701000901/messages?timeout=60&api-version=2014-01",
        ]
        let request = CRKAuthority.request(
            channel == .eventHub ? .post : .get, paths[channel] ?? "",
            authority: address ?? Self.addresses[channel] ?? "")
        do {
            return String(try await transport.exchange(request, timeout: timeout).head.status.code)
        } catch {
            return "\(error.code) \(error.reason)"
        }
    }

    private func ask(
        _ channel: CRKChannel, client: Certificate?, trusting certificates: [Certificate]
    ) async -> String {
        await self.ask(channel, self.link.transport(for: channel, client: client, trusting: certificates))
    }

    @Test("CPD server and WebApi want a client certificate of the producer that is valid; the Event Hub wants none")
    func clientCertificates() async throws {
        let anchors = self.repository.identity.anchors
        for (channel, status) in [(CRKChannel.cpd, "204"), (.webApi, "204")] {
            #expect(await self.ask(channel, client: self.device.tlsCertificate, trusting: anchors) == status)
            #expect(await self.ask(channel, client: nil, trusting: anchors) == "notDelivered tls")
            let foreign = self.repository.foreign.tlsCertificate
            #expect(await self.ask(channel, client: foreign, trusting: anchors) == "notDelivered tls")
        }
        let hub = self.repository.identity.eventHubAuthorities
        // It comes to the door, and lacks a token there.
        #expect(await self.ask(.eventHub, client: nil, trusting: hub) == "401")
        self.clock.advance(by: .seconds(1_827 * 86_400))
        #expect(await self.ask(.cpd, client: self.device.tlsCertificate, trusting: anchors) == "notDelivered tls")
    }

    @Test(
        "A server is trusted that shows one of the certificates, or chains to one; nothing else is, and nothing is sent"
    )
    func serverCertificates() async throws {
        let identity = self.repository.identity
        let count = self.link.authority.ledger.requests.count
        let client = self.device.tlsCertificate
        for wrong in [
            [], identity.eventHubAuthorities, [identity.cpdTLSCertificate], [self.repository.foreign.tlsCertificate],
        ] {
            #expect(await self.ask(.webApi, client: client, trusting: wrong) == "notDelivered tls")
        }
        for wrong in [[], identity.anchors, [identity.webApiTLSCertificate]] {
            #expect(await self.ask(.eventHub, client: nil, trusting: wrong) == "notDelivered tls")
        }
        #expect(self.link.authority.ledger.requests.count == count)
        for good in [
            [identity.webApiTLSCertificate], identity.anchors, [identity.cpdTLSCertificate] + identity.anchors,
        ] {
            #expect(await self.ask(.webApi, client: client, trusting: good) == "204")
        }
        let lists = identity.eventHubAuthorities + Array(repeating: identity.cpdTLSCertificate, count: 9)
        #expect(await self.ask(.eventHub, client: nil, trusting: lists) == "401")
    }

    @Test("A certificate that was renewed is not the pinned one any more; the anchor still leads to it")
    func renewed() async throws {
        let pinned = [self.repository.identity.cpdTLSCertificate]
        let client = self.device.tlsCertificate
        #expect(await self.ask(.cpd, client: client, trusting: pinned) == "204")
        let renewal = Result {
            var identity = self.repository.identity
            try identity.renew(.cpdTLS, at: SimulatedRepository.noon, random: CountingRandomSource(seed: 5))
            return identity
        }
        let identity = try renewal.get()
        self.link.withAuthority { $0.identity = identity }
        #expect(await self.ask(.cpd, client: client, trusting: pinned) == "notDelivered tls")
        #expect(await self.ask(.cpd, client: client, trusting: self.repository.identity.anchors) == "204")
        #expect(await self.ask(.cpd, client: client, trusting: [identity.cpdTLSCertificate]) == "204")
    }

    @Test("The maker of transports shows the register's certificate to two servers and none to the Event Hub")
    func maker() async throws {
        let transports = CRKLinkTransports(self.link, self.device)
        #expect(
            await self.ask(.cpd, try transports.transport(for: .cpd, trusting: self.repository.identity.anchors))
                == "204")
        let hub = self.repository.identity.eventHubAuthorities
        #expect(await self.ask(.eventHub, try transports.transport(for: .eventHub, trusting: hub)) == "401")
        var shown = transports
        shown.showsCertificateToEventHub = true
        #expect(await self.ask(.eventHub, try shown.transport(for: .eventHub, trusting: hub)) == "401")
        #expect(self.link.exchanges.map(\.client) == [self.device.tlsCertificate, nil, self.device.tlsCertificate])
        let clients = self.link.authority.ledger.requests(at: .eventHub).map(\.clientName)
        #expect(clients == [nil, "ZTE1701000901"])
    }

    @Test("Nobody is at another address than the one that registers are told")
    func otherAddress() async throws {
        let transport = self.link.transport(
            for: .webApi, client: self.device.tlsCertificate, trusting: self.repository.identity.anchors)
        #expect(await self.ask(.webApi, transport, address: "webapi.crk.test") == "204")
        #expect(await self.ask(.webApi, transport, address: "WebApi.crk.test:443") == "204")
        #expect(await self.ask(.webApi, transport, address: "cpd.crk.test:5062") == "notDelivered unreachable")
        self.link.withAuthority { $0.addresses.webApi = "https://other.crk.test:8443" }
        #expect(await self.ask(.webApi, transport) == "notDelivered unreachable")
        #expect(await self.ask(.webApi, transport, address: "other.crk.test:8443") == "204")
    }

    @Test("Each link fails by itself, next or always; hooks see every exchange before and after, with its channel")
    func linkFaults() async throws {
        let client = self.device.tlsCertificate, anchors = self.repository.identity.anchors
        let seen = Mutex<[String]>([])
        self.link.onBefore { exchange in seen.withLock { $0.append("> \(exchange.channel)") } }
        self.link.onAfter { exchange in
            let status = (try? exchange.result?.get())?.head.status.code
            seen.withLock { $0.append("< \(exchange.channel) \(status ?? 0)") }
        }
        self.link.failNext(.connectDeadline, at: .cpd)
        #expect(await self.ask(.webApi, client: client, trusting: anchors) == "204")
        #expect(await self.ask(.cpd, client: client, trusting: anchors) == "notDelivered deadline")
        #expect(await self.ask(.cpd, client: client, trusting: anchors) == "204")
        self.link.failAlways(.unreachable)
        for _ in 1...2 {
            #expect(await self.ask(.webApi, client: client, trusting: anchors) == "notDelivered unreachable")
        }
        self.link.failAlways(nil, at: .webApi)
        #expect(await self.ask(.webApi, client: client, trusting: anchors) == "204")
        #expect(await self.ask(.cpd, client: client, trusting: anchors) == "notDelivered unreachable")
        #expect(
            seen.withLock { $0 } == [
                "> webApi", "< webApi 204", "> cpd", "< cpd 0", "> cpd", "< cpd 204", "> webApi", "< webApi 0",
                "> webApi", "< webApi 0", "> webApi", "< webApi 204", "> cpd", "< cpd 0",
            ])
        #expect(self.link.exchanges(at: .cpd).map(\.index) == [1, 2, 6] && self.link.exchangeCount == 7)
    }

    @Test("Silence, a late answer and a lost one leave the outcome unknown")
    func unknownOutcome() async throws {
        let transport = self.link.transport(
            for: .cpd, client: self.device.tlsCertificate, trusting: self.repository.identity.anchors)
        for (fault, result) in [
            (CRKFault.silence(effect: true), "outcomeUnknown deadline"), (.lost(effect: true), "outcomeUnknown closed"),
            (.truncated, "outcomeUnknown closed"), (.delay(milliseconds: 6_000), "outcomeUnknown deadline"),
            (.delay(milliseconds: 4_000), "204"), (.page(status: 502), "502"), (.status(503), "503"),
        ] {
            self.link.withAuthority { $0.faults.cpd.add(fault) }
            #expect(await self.ask(.cpd, transport) == result)
        }
    }
}
