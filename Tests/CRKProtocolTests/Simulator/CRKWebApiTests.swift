import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Testing

/// The WebApi, with requests written by hand and through the library.
@Suite("The simulated CRK: WebApi")
struct CRKWebApiTests {
    private let repository: SimulatedRepository
    private let device, other: CRKCredentials

    init() throws {
        self.repository = try SimulatedRepository.shared.get()
        self.device = self.repository.device
        self.other = self.repository.otherDevice
    }

    /// The repository with a fiscalised device and no order for it.
    private func prepared(_ rules: (inout CRKRules) -> Void = { _ in }) -> CRKAuthority {
        var authority = self.repository.authority
        authority.rules.ordersTimetable = false
        rules(&authority.rules)
        authority.bring(self.device, to: .fiscalised)
        return authority
    }

    private func reply<Call: WebApiCall>(
        _ call: Call, _ authority: inout CRKAuthority, _ client: CRKCredentials? = nil
    ) throws -> WebApiReply<Call.Answer> {
        let request = try call.request(to: authority.addresses.webApi)
        return call.reply(try #require(authority.ask(.webApi, request, client ?? self.device).response), .strict)
    }

    private func failure<Call: WebApiCall>(
        _ call: Call, _ authority: inout CRKAuthority, _ client: CRKCredentials? = nil
    ) throws -> WebApiFailure? {
        guard case .failed(let failure) = try self.reply(call, &authority, client) else { return nil }
        return failure
    }

    private func open(_ order: SealedOrder, _ kind: RegisterKind = .hardware, mode: ReadingMode = .strict) throws
        -> Order
    {
        var profile = SealingProfile()
        profile.compression = .none
        return try order.opened(for: self.device.unit, kind, mode: mode) { (text) throws(SealError) in
            try profile.open(
                text, with: self.device.encryptKey, from: self.repository.identity.repositoryEncryptCertificate,
                randomness: CountingRandomSource())
        }.order
    }

    private func next(_ authority: inout CRKAuthority, _ mode: ReadingMode = .strict) throws -> SealedOrder? {
        let call = FetchOrders()
        let request = try call.request(to: authority.addresses.webApi)
        let response = try #require(authority.ask(.webApi, request, self.device).response)
        guard case .answered(let orders, _) = call.reply(response, mode) else { return nil }
        return orders.first
    }

    private func confirm(_ id: String, _ authority: inout CRKAuthority, fault: String? = nil) throws -> Int? {
        let call = ConfirmOrder(.init(commandID: id, executedAt: SimulatedRepository.noon, fault: fault))
        return authority.ask(.webApi, try call.request(to: authority.addresses.webApi), self.device).status
    }

    // MARK: Who may come in

    @Test("Ping: 204 without a body for a fiscalised register, also when it is read-only")
    func ping() throws {
        var authority = self.prepared()
        #expect(try self.reply(Ping(), &authority) == .answered(.init(), []))
        #expect(authority.ledger.requests.last?.target == "/api/Repository/Ping")
        #expect(authority.post(self.device.efl(), self.device).status == 204)
        #expect(try self.reply(Ping(), &authority) == .answered(.init(), []))
    }

    @Test(
        "403 without data: not fiscalised, no certificate, a certificate that CMD08 did not bring, another producer's")
    func forbidden() throws {
        for status in [nil, .begun] as [CRKRegisterStatus?] {
            var authority = self.repository.authority
            authority.bring(self.other, to: status)
            let failure = try self.failure(Ping(), &authority, self.other)
            #expect(failure?.httpStatus == 403 && failure?.kind == .forbidden && failure?.message == nil)
        }
        var authority = self.prepared()
        for client in [self.other, self.repository.movedDevice, self.repository.foreign] {
            #expect(try self.failure(Ping(), &authority, client)?.kind == .forbidden)
            #expect(try self.failure(FetchOrders(), &authority, client)?.kind == .forbidden)
            #expect(try self.failure(FetchEventHubToken(), &authority, client)?.kind == .forbidden)
            let confirmation = ConfirmOrder(
                .init(commandID: self.device.id("CCS"), executedAt: SimulatedRepository.noon))
            #expect(try self.failure(confirmation, &authority, client)?.kind == .forbidden)
        }
        #expect(authority.webApi(.get, "Ping", nil).response?.body.isEmpty == true)
        #expect(authority.webApi(.get, "Ping", nil).status == 403)
    }

    @Test("404 without data: another method, a query, no Accept, an unknown name")
    func notFound() throws {
        var authority = self.prepared()
        #expect(authority.webApi(.post, "Ping", "{}", self.device).status == 404)
        #expect(authority.webApi(.get, "Pong", self.device).status == 404)
        #expect(authority.webApi(.get, "Command?commandId=1", self.device).status == 404)
        #expect(authority.webApi(.put, "Command", "{}", self.device).status == 404)
        #expect(authority.webApi(.get, "Ping", self.device, headers: []).status == 404)
        authority.faults.webApi.add(.status(404), times: 3)
        for failure in [
            try self.failure(Ping(), &authority), try self.failure(FetchOrders(), &authority),
            try self.failure(FetchEventHubToken(), &authority),
        ] {
            #expect(failure?.kind == .notFoundOrTooLarge && failure?.message == nil)
        }
    }

    @Test("A request of 102400 octets on the wire is taken, one more is 404 and has no effect")
    func size() throws {
        var authority = self.prepared()
        let id = authority.order(.qrCode(0), for: self.device.unit, at: SimulatedRepository.noon)
        #expect(try self.next(&authority) != nil)
        func octets(_ padding: Int) -> SimulatedReply {
            let body = #"{"commandId":"\#(id)","ExecTime":"2026-11-20T12:00:00.000Z","Code":"0"}"#
            return authority.webApi(.post, "Command", body + String(repeating: " ", count: padding), self.device)
        }
        #expect(octets(110_000).status == 404)
        let over = try #require(authority.ledger.requests.last?.octets) - 102_400
        // 110000 and 101990 have as many digits as one another in Content-Length.
        #expect(octets(110_000 - over + 1).status == 404)
        #expect(authority.ledger.requests.last?.octets == 102_401)
        #expect(authority[self.device.unit].waitingOrders.count == 1)
        #expect(octets(110_000 - over).status == 204)
        #expect(authority.ledger.requests.last?.octets == 102_400)
        #expect(authority[self.device.unit].waitingOrders.isEmpty)
    }

    @Test("500 with Message, Code and requestId, which the library shows; each of the four calls")
    func serverError() throws {
        var authority = self.prepared()
        authority.faults.webApi.permanent = .status(500)
        let confirmation = ConfirmOrder(.init(commandID: self.device.id("CCS"), executedAt: SimulatedRepository.noon))
        let failures = [
            try self.failure(Ping(), &authority), try self.failure(FetchOrders(), &authority),
            try self.failure(confirmation, &authority), try self.failure(FetchEventHubToken(), &authority),
        ]
        for (index, failure) in failures.enumerated() {
            #expect(failure?.kind == .serverError && failure?.code == "500" && failure?.message == "told so")
            #expect(failure?.requestID == "request-\(4 + index)")
        }
    }

    // MARK: Orders

    @Test("No order: 204. One: sealed, in exactly two members; opened it is attributes and nothing else")
    func oneOrder() throws {
        var authority = self.prepared()
        #expect(try self.reply(FetchOrders(), &authority) == .answered([], []))
        authority.order(.qrCode(1_000), for: self.device.unit, at: SimulatedRepository.noon)
        let json = try authority.webApi(.get, "Command", self.device).json()
        #expect(json.members?.map(\.name) == ["commandId", "encryptedCommand"])
        #expect(json["commandId"] == "CQC.ZTE1701000901.2026-11-20T12:00:00.000Z")
        var profile = SealingProfile()
        profile.compression = .none
        let plain = try profile.open(
            try #require(json["encryptedCommand"]?.string), with: self.device.encryptKey,
            from: self.repository.identity.repositoryEncryptCertificate, randomness: CountingRandomSource())
        #expect(String(decoding: plain, as: UTF8.self) == #"{"attributes":{"qrCode":1000}}"#)
    }

    @Test("The four orders in the words of the document")
    func fourOrders() throws {
        var authority = self.prepared()
        let unit = self.device.unit
        let timetable = CRKTimetable(sendFreqEventHub: 0, checkFreqWebApi: 60, shipmentType: "ALL")
        for (content, order) in [
            (CRKOrderContent.callService("KCS"), Order.callService(.kcs)),
            (
                .timetable(timetable),
                .setTimetable(
                    Timetable(sendFreqEventHub: .online, checkFreqWebApi: try WebApiSchedule(60), shipmentTypes: .all))
            ),
            (.qrCode(-1), .controlQRCode(.off)),
            (
                .documents(scope: "41324-41333", shipmentType: "RF;PA"),
                .sendDocuments(try DocumentRange("41324-41333"), ShipmentTypes([.rf, .pa]))
            ),
        ] {
            let id = authority.order(content, for: unit, at: SimulatedRepository.noon)
            let served = try #require(try self.next(&authority))
            #expect(served.commandID == id)
            #expect(try self.open(served) == order)
            #expect(try self.confirm(id, &authority) == 204)
        }
        authority.rules.doublesPInTimetable = true
        authority.order(.timetable(timetable), for: unit, at: SimulatedRepository.noon)
        let served = try #require(try self.next(&authority))
        guard case .setTimetable = try self.open(served) else {
            Issue.record("not read")
            return
        }
    }

    @Test(
        "The higher priority comes first, then the older one; each is served, the same to the byte, until it is confirmed"
    )
    func priorities() throws {
        var authority = self.prepared()
        let unit = self.device.unit
        let low = authority.order(.qrCode(1), for: unit, priority: 1, at: SimulatedRepository.noon)
        let high = authority.order(.qrCode(2), for: unit, priority: 5, at: SimulatedRepository.noon)
        let lowToo = authority.order(.qrCode(3), for: unit, priority: 1, at: SimulatedRepository.noon)
        #expect(Set([low, high, lowToo]).count == 3)
        for id in [high, low, lowToo] {
            let first = try self.next(&authority)
            #expect(first?.commandID == id)
            authority.faults.add(.lost(effect: true), for: "Command")
            #expect(authority.webApi(.get, "Command", self.device) == .lost)
            #expect(try self.next(&authority) == first)
            #expect(try self.confirm(id, &authority) == 204)
        }
        #expect(try self.next(&authority) == nil)
        #expect(authority[unit].orders.map(\.deliveries) == [3, 3, 3])
    }

    @Test("Several orders at once are an array, in the same sequence")
    func arrays() throws {
        var authority = self.prepared { $0.ordersPerAnswer = 2 }
        let ids = [1, 2, 3].map { authority.order(.qrCode($0), for: self.device.unit, at: SimulatedRepository.noon) }
        let array = try #require(try authority.webApi(.get, "Command", self.device).json().array)
        #expect(array.map { $0["commandId"]?.string } == [ids[0], ids[1]])
    }

    @Test("A register gets its own orders only")
    func ownOrders() throws {
        var authority = self.prepared()
        authority.bring(self.other, to: .fiscalised)
        authority.order(.qrCode(1), for: self.other.unit, at: SimulatedRepository.noon)
        #expect(try self.next(&authority) == nil)
        #expect(try self.confirm(self.other.id("CQC"), &authority) == 400)
    }

    @Test("Orders with a wrong seal, in plain, for another unit, of no kind: the library executes none of them")
    func badOrders() throws {
        for (form, content) in [
            (CRKOrderForm(seal: .plain), CRKOrderContent.qrCode(1)), (CRKOrderForm(seal: .wrongSignature), .qrCode(1)),
            (CRKOrderForm(seal: .wrongRecipient), .qrCode(1)), (CRKOrderForm(seal: .damaged), .qrCode(1)),
            (CRKOrderForm(unit: "ZTE1701000902"), .qrCode(1)), (CRKOrderForm(), .raw(code: "ABC", attributes: "{}")),
            (CRKOrderForm(), .raw(code: "KCS", attributes: "{}")), (CRKOrderForm(), .callService("MFP")),
        ] {
            var authority = self.prepared()
            let id = authority.order(content, for: self.device.unit, form: form, at: SimulatedRepository.noon)
            let served = try #require(try self.next(&authority))
            #expect(served.commandID == id)
            #expect(throws: OrderFault.self) { try self.open(served, mode: .lenient) }
            // What it says of that is known here.
            #expect(try self.confirm(id, &authority, fault: "not executed") == 204)
            #expect(authority[self.device.unit].orders[0].confirmation?.code == "1")
            #expect(authority[self.device.unit].orders[0].confirmation?.message == "not executed")
        }
    }

    @Test(
        "A fraction of the second with another number of digits, and a whole command inside the seal, are read leniently"
    )
    func oddOrders() throws {
        for form in [CRKOrderForm(fractionDigits: 0), .init(fractionDigits: 7), .init(shape: .wholeCommand)] {
            var authority = self.prepared()
            let id = authority.order(.qrCode(1), for: self.device.unit, form: form, at: SimulatedRepository.noon)
            let served = try #require(try self.next(&authority, .lenient))
            #expect(try self.open(served, mode: .lenient) == .controlQRCode(.above(grosze: 1)))
            #expect(throws: OrderFault.self) { try self.open(served, mode: .strict) }
            #expect(try self.confirm(id, &authority) == 204)
        }
    }

    @Test("Orders are encrypted to the certificate that CMD08 brought last")
    func newCertificate() throws {
        var authority = self.prepared()
        let moved = self.repository.movedDevice
        #expect(authority.post(moved.kfd(), self.device).status == 204)
        authority.order(.qrCode(1), for: self.device.unit, at: SimulatedRepository.noon)
        let served = try #require(try self.next(&authority))
        #expect(throws: OrderFault.self) { try self.open(served) }
        var profile = SealingProfile()
        profile.compression = .none
        let plain = try profile.open(
            try #require(served.encryptedCommand), with: moved.encryptKey,
            from: self.repository.identity.repositoryEncryptCertificate, randomness: CountingRandomSource())
        #expect(String(decoding: plain, as: UTF8.self) == #"{"attributes":{"qrCode":1}}"#)
    }

    // MARK: Confirmations

    @Test("204 closes an order; the same again is 204 too, or 110 where confirmed orders are forgotten")
    func confirmedTwice() throws {
        for forgets in [false, true] {
            var authority = self.prepared { $0.forgetsConfirmedOrders = forgets }
            let id = authority.order(.qrCode(1), for: self.device.unit, at: SimulatedRepository.noon)
            #expect(try self.next(&authority)?.commandID == id)
            #expect(try self.confirm(id, &authority) == 204)
            #expect(try self.next(&authority) == nil)
            #expect(try self.confirm(id, &authority) == (forgets ? 400 : 204))
            #expect(authority[self.device.unit].orders[0].confirmations.count == 2)
        }
    }

    @Test("A confirmation that the server did not digest (500) closes nothing; the next one does")
    func serverErrorOnConfirmation() throws {
        var authority = self.prepared()
        let id = authority.order(.qrCode(1), for: self.device.unit, at: SimulatedRepository.noon)
        #expect(try self.next(&authority) != nil)
        authority.faults.add(.status(500), for: "Confirmation")
        #expect(try self.confirm(id, &authority) == 500)
        #expect(try self.next(&authority)?.commandID == id)
        #expect(try self.confirm(id, &authority) == 204)
    }

    @Test("100 for a malformed commandId, 110 for one that was never served; the library knows both")
    func unknownOrders() throws {
        var authority = self.prepared()
        func failure(_ id: String) throws -> WebApiFailure? {
            try self.failure(ConfirmOrder(.init(commandID: id, executedAt: SimulatedRepository.noon)), &authority)
        }
        let malformed = try failure("X")
        #expect(malformed?.isBadCommandID == true && malformed?.message == "Błędny format CommandId")
        let unknown = try failure(self.device.id("CCS"))
        #expect(unknown?.isUnknownCommand == true && unknown?.message == "Nie znaleziono komendy")
        // In the queue, but not served yet.
        let id = authority.order(.qrCode(1), for: self.device.unit, at: SimulatedRepository.noon)
        #expect(try failure(id)?.isUnknownCommand == true)
    }

    @Test(
        "A confirmation that lacks something, or has Code 1 without Message, is 400 with a Code of its own",
        arguments: [
            #""Code":"0""#, #""ExecTime":"2026-11-20T12:00:00.000Z""#, #""ExecTime":"2026-11-20T12:00:00Z","Code":"0""#,
            #""ExecTime":"2026-11-20T12:00:00.000Z","Code":0"#, #""ExecTime":"2026-11-20T12:00:00.000Z","Code":"2""#,
            #""ExecTime":"2026-11-20T12:00:00.000Z","Code":"1""#,
            #""ExecTime":"2026-11-20T12:00:00.000Z","Code":"1","Message":"""#,
            #""ExecTime":"2026-11-20T12:00:00.000Z","Code":"1","Message":"\#(String(repeating: "ż", count: 201))""#,
        ])
    func malformedConfirmations(_ members: String) throws {
        var authority = self.prepared()
        let id = authority.order(.qrCode(1), for: self.device.unit, at: SimulatedRepository.noon)
        #expect(try self.next(&authority) != nil)
        let reply = authority.webApi(.post, "Command", #"{"commandId":"\#(id)",\#(members)}"#, self.device)
        #expect(reply.status == 400)
        #expect(try reply.json()["Code"] == "120")
        #expect(authority[self.device.unit].waitingOrders.count == 1)
        let longest = String(repeating: "ż", count: 200)
        #expect(try self.confirm(id, &authority, fault: longest) == 204)
        #expect(authority[self.device.unit].orders[0].confirmation?.message == longest)
    }

    @Test("A confirmation of another content type is refused")
    func contentType() throws {
        var authority = self.prepared()
        let id = authority.order(.qrCode(1), for: self.device.unit, at: SimulatedRepository.noon)
        #expect(try self.next(&authority) != nil)
        let body = #"{"commandId":"\#(id)","ExecTime":"2026-11-20T12:00:00.000Z","Code":"0"}"#
        let accept = [("Accept", "application/json")]
        #expect(authority.webApi(.post, "Command", body, self.device, headers: accept).status == 400)
        #expect(authority.webApi(.post, "Command", "{", self.device).status == 400)
        #expect(authority.webApi(.post, "Command", body, self.device).status == 204)
    }

    @Test("Answers of another call, garbage, half an answer: nothing the library takes for an order")
    func spoiled() throws {
        for fault in [CRKFault.garbage, .malformed, .empty, .changed(members: #"{"commandId":null}"#)] {
            var authority = self.prepared()
            authority.order(.qrCode(1), for: self.device.unit, at: SimulatedRepository.noon)
            authority.faults.add(fault, for: "Command")
            guard case .unreadable = try self.reply(FetchOrders(), &authority) else {
                Issue.record("read: \(fault)")
                return
            }
        }
        var authority = self.prepared()
        authority.faults.add(.truncated, for: "EventHubSasToken")
        authority.faults.add(.silence(effect: false), for: "Ping")
        authority.faults.add(.delay(milliseconds: 700), for: "Ping")
        guard case .cut = authority.webApi(.get, "EventHubSasToken", self.device) else {
            Issue.record("not cut")
            return
        }
        #expect(authority.webApi(.get, "Ping", self.device) == .silence)
        guard case .late(_, .milliseconds(700)) = authority.webApi(.get, "Ping", self.device) else {
            Issue.record("not late")
            return
        }
    }
}
