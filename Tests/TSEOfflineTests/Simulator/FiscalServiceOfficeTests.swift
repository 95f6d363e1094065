import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import HTTPTypes
import TSEOffline
import Testing

/// The fiscal service over HTTP, as a client sees it that is not ours.
@Suite("The simulated fiscal service: HTTP")
struct FiscalServiceOfficeTests {
    private static let base = "/api/v1/transactions/"

    private func send(
        _ shop: TillAndService, _ method: HTTPRequest.Method, _ path: String, _ body: String = ""
    ) async throws -> (status: Int, body: [UInt8]) {
        var head = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1:7678", path: path)
        head.headerFields[.contentType] = "application/json"
        let reply = await shop.office.receive(HTTPExchangeRequest(head: head, body: Array(body.utf8)))
        guard case .answer(let response) = reply else { throw CancellationError() }
        return (response.head.status.code, response.body)
    }

    private func create(_ shop: TillAndService, _ id: String = "a", register: String = "3656-1") async throws -> JSON {
        let answer = try await self.send(
            shop, .put, Self.base + "createDocument", #"{"documentId":"\#(id)","cashRegisterId":"\#(register)"}"#)
        #expect(answer.status == 200)
        return try JSON(parsing: answer.body)
    }

    private func store(
        _ shop: TillAndService, _ created: JSON, _ id: String = "a", register: String = "3656-1"
    ) async throws -> [UInt8] {
        try await self.finish(
            shop, "storeDocument", created, id, register,
            #","processType":"Kassenbeleg-V1","processData":"\#(TillAndService.receipt)""#)
    }

    private func cancel(
        _ shop: TillAndService, _ created: JSON, _ id: String = "a", register: String = "3656-1"
    ) async throws -> [UInt8] {
        try await self.finish(shop, "cancelDocument", created, id, register, "")
    }

    private func finish(
        _ shop: TillAndService, _ path: String, _ created: JSON, _ id: String, _ register: String, _ rest: String
    ) async throws -> [UInt8] {
        let number = created["FiscalisationDocumentNumber"]?.text ?? ""
        let start = created["FiscalDocumentStartTime"]?.text ?? ""
        let body = """
            {"documentId":"\(id)","cashRegisterId":"\(register)","fiscalDocumentNumber":\(number),\
            "fiscalDocumentRevision":0,"fiscalDocumentStartTime":\(start)\(rest)}
            """
        let answer = try await self.send(shop, .post, Self.base + path, body)
        #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
        return answer.body
    }

    // MARK: The source document's bodies

    /// The bodies of the source document, as a text of their own: name and value in its order. What an installation or a
    /// clock decides stands as `*`.
    private static func sample(number: Int) -> [(String, String)] {
        [
            ("FiscalCountry", "0"), ("FiscalisationDocumentNumber", "\(number)"),
            ("FiscalisationDocumentRevision", "0"), ("FiscalDocumentStartTime", "0"), ("ProcessStartTime", "0"),
            ("ErrorDescription", "\"Tse connection error.\""), ("CashRegisterId", "*"),
            ("Signature", "\"Tse not connected.\""), ("UserMessage", "\"Tse not connected.\""),
            ("PrintMessage", "\"TSE ausgefallen.\""), ("RequestTime", "*"), ("RequestCompletionTime", "*"),
            ("AdditionalFields", ""),
        ]
    }

    private static let additional: [(String, String)] = [
        ("QrCodeDataString", "\"\""), ("TransactionStartTime", "0"), ("TransactionEndTime", "*"),
        ("ProcessData", "\"\""), ("ProcessType", "\"Kassenbeleg-V1\""), ("TseSerial", "*"),
        ("TseTimeFormat", "\"unixTime\""), ("TseHashAlgorithm", "\"ecdsa-plain-SHA256\""), ("TsePublicKey", "\"\""),
        ("TseSignatureCounter", "0"), ("TseCertificate", "\"Tse not connected.\""),
    ]

    private func check(_ body: [UInt8], number: Int, register: String) throws {
        let json = try JSON(parsing: body)
        let members = json.members ?? []
        let sample = Self.sample(number: number)
        #expect(members.map(\.name) == sample.map(\.0))
        for (member, expected) in zip(members, sample) where expected.1 != "*" && member.name != "AdditionalFields" {
            #expect(member.value.text == expected.1, "\(member.name)")
        }
        let fields = json["AdditionalFields"]?.members ?? []
        #expect(fields.map(\.name) == Self.additional.map(\.0))
        for (member, expected) in zip(fields, Self.additional) where expected.1 != "*" {
            #expect(member.value.text == expected.1, "\(member.name)")
        }
        #expect(json["CashRegisterId"]?.string == register)
        #expect(json["AdditionalFields"]?["TseSerial"]?.string == (try TillAndService.identity.get().serial))
        // 2026-11-21T10:00:00Z in Berlin.
        #expect(json["RequestTime"]?.string == "2026-11-21T11:00:00.0000000+01:00")
        #expect(json["RequestCompletionTime"]?.string == "2026-11-21T11:00:00.0000000+01:00")
        #expect(json["AdditionalFields"]?["TransactionEndTime"] == 1_795_255_200)
    }

    @Test(
        "In the three cases the bodies are those of the source document, member by member, each with its own register")
    func samples() async throws {
        for register in ["3656-1", "K 7"] {
            // A, and C: createDocument fails, then both finishing calls.
            let both = try await TillAndService()
            await both.tse.pullOut()
            let stored = try await self.create(both, "a", register: register)
            let cancelled = try await self.create(both, "b", register: register)
            try self.check(stored.bytes, number: -99, register: register)
            try self.check(try await self.store(both, stored, "a", register: register), number: 0, register: register)
            try self.check(
                try await self.cancel(both, cancelled, "b", register: register), number: 0, register: register)
            // B: only the finishing calls fail.
            let late = try await TillAndService()
            let first = try await self.create(late, "a", register: register)
            let second = try await self.create(late, "b", register: register)
            await late.tse.pullOut()
            try self.check(try await self.store(late, first, "a", register: register), number: 0, register: register)
            try self.check(try await self.cancel(late, second, "b", register: register), number: 0, register: register)
        }
    }

    @Test(
        "A strict parser of JSON reads every answer, and none holds a remark",
        .enabled(if: OutsideTool.exists("python3"), "python3 is absent"))
    func strictJSON() async throws {
        let shop = try await TillAndService()
        let opened = try await self.create(shop)
        _ = try await self.store(shop, opened)
        await shop.tse.pullOut()
        let failed = try await self.create(shop, "b")
        _ = try await self.store(shop, failed, "b")
        for path in [Self.base + "documents/a", "/api/v1/management/germany/tse/outages"] {
            _ = try await self.send(shop, .get, path)
        }
        for request in await shop.requests() {
            let strict = "import json,sys; json.load(sys.stdin, parse_constant=lambda name: 1/0)"
            let result = try OutsideTool.run("python3", ["-c", strict], input: Array(request.answer.utf8))
            #expect(result.status == 0, "\(result.errorText)")
            #expect(!request.answer.contains("--"))
        }
        #expect(await shop.requests().count == 6)
    }

    // MARK: HTTP

    @Test("Paths, methods and bodies that are none are told apart, and none of them reaches the TSE")
    func refusals() async throws {
        let shop = try await TillAndService()
        let body = #"{"documentId":"a","cashRegisterId":"3656-1"}"#
        for (method, path, body, status) in [
            (HTTPRequest.Method.put, "/api/v1/transactions/makeDocument", body, 404),
            (.get, "/", "", 404), (.post, Self.base + "createDocument", body, 405),
            (.put, Self.base + "storeDocument", body, 405), (.put, Self.base + "createDocument", "", 400),
            (.put, Self.base + "createDocument", "{\"documentId\":\"a\", -- remark\n}", 400),
            (.put, Self.base + "createDocument", "[]", 400),
            (.put, Self.base + "createDocument", #"{"documentId":"a"}"#, 400),
            (.put, Self.base + "createDocument", #"{"documentId":"a","cashRegisterId":"3656;1"}"#, 400),
            (.put, Self.base + "createDocument", #"{"documentid":"a","cashRegisterId":"3656-1"}"#, 400),
            (.post, Self.base + "cancelDocument", body, 400),
        ] {
            #expect(try await self.send(shop, method, path, body).status == status, "\(method) \(path) \(body)")
        }
        let cancel = """
            {"documentId":"a","cashRegisterId":"3656-1","fiscalDocumentNumber":1,"fiscalDocumentRevision":0,\
            "fiscalDocumentStartTime":0}
            """
        // No createDocument came.
        #expect(try await self.send(shop, .post, Self.base + "cancelDocument", cancel).status == 409)
        #expect(await shop.tse.calls.allSatisfy { $0.kind == .status })
        // Without strictness names may be spelled in any case.
        let lenient = try await TillAndService(isStrict: false)
        let spelled = #"{"DOCUMENTID":"a","cashregisterid":"3656-1","more":[1]}"#
        #expect(try await self.send(lenient, .put, Self.base + "createDocument", spelled).status == 200)
    }

    @Test("The state of a document is told with its answers, word for word as they were given")
    func states() async throws {
        let shop = try await TillAndService()
        func report(_ id: String) async throws -> JSON {
            let answer = try await self.send(shop, .get, Self.base + "documents/\(id)")
            #expect(answer.status == 200)
            return try JSON(parsing: answer.body)
        }
        #expect(try await report("a%2Fb")["State"] == "unknown")
        let opened = try await self.create(shop, "a/b")
        #expect(try await report("a%2Fb")["State"] == "open")
        #expect(try await report("a%2Fb")["CreateResponse"] == opened)
        #expect(try await report("a%2Fb")["FinishResponse"] == .null)
        await shop.tse.pullOut()
        let stored = try JSON(parsing: try await self.store(shop, opened, "a/b"))
        #expect(try await report("a%2Fb")["State"] == "offlinePending")
        #expect(try await report("a%2Fb")["FinishStep"] == "store")
        #expect(try await report("a%2Fb")["FinishResponse"] == stored)
        await shop.tse.putBack()
        shop.clock.advance(by: .seconds(3600))
        try await shop.recover()
        #expect(try await report("a%2Fb")["State"] == "reSigned")
        #expect(try await report("a%2Fb")["ReSignedAt"] == "2026-11-21T12:00:00.0000000+01:00")
        #expect(try await report("a%2Fb")["FinishResponse"] == stored)
    }

    @Test("The management pages tell open transactions, the TSE's numbers, and the outages")
    func management() async throws {
        let shop = try await TillAndService()
        _ = try await self.create(shop, "a")
        _ = try await self.create(shop, "b", register: "3656-2")
        let list = try await self.send(shop, .get, "/api/v1/management/germany/3656-2/tse/listTransactions")
        let transactions = try #require(try JSON(parsing: list.body).array)
        #expect(transactions.compactMap { $0["TransactionNumber"]?.integer } == [2])
        #expect(transactions.first?["ClientId"] == "3656-2")
        let numbers = try JSON(
            parsing: try await self.send(shop, .get, "/api/v1/management/germany/tse").body)
        #expect(numbers["StartedTransactions"] == 2)
        #expect(numbers["MaxStartedTransactions"] == 512)
        #expect(numbers["CreatedSignatures"] == 2)
        #expect(numbers["TseSerial"]?.string == (try TillAndService.identity.get().serial))
        await shop.tse.pullOut()
        _ = try await self.create(shop, "c")
        for path in ["/api/v1/management/germany/tse", "/api/v1/management/germany/3656-2/tse/listTransactions"] {
            #expect(try await self.send(shop, .get, path).status == 503)
        }
        let outages = try JSON(
            parsing: try await self.send(shop, .get, "/api/v1/management/germany/tse/outages").body)
        #expect(outages["outages"]?.array?.count == 1)
    }

    @Test("A fault hits the planned request of one call, and is written down with it")
    func plannedFaults() async throws {
        let shop = try await TillAndService()
        await shop.fault(nil, .create)
        await shop.fault(.status(503, carriedOut: false), .create, times: 2)
        var statuses: [Int] = []
        for number in 1...4 {
            let body = #"{"documentId":"\#(number)","cashRegisterId":"3656-1"}"#
            statuses.append(try await self.send(shop, .put, Self.base + "createDocument", body).status)
        }
        #expect(statuses == [200, 503, 503, 200])
        let requests = await shop.requests()
        #expect(requests.map(\.fault) == [nil, .status(503, carriedOut: false), .status(503, carriedOut: false), nil])
        #expect(requests.map(\.status) == [200, 503, 503, 200])
        #expect(await shop.tse.device.openTransactions().count == 2)
    }

    @Test(
        "Faults are written as JSON and read back",
        arguments: [
            TSEOfficeFault.lost(carriedOut: true), .status(500, carriedOut: false), .answerWithStatus(202),
            .smallLetters,
            .member("FiscalCountry", json: "9"), .delay(milliseconds: 5),
        ])
    func faultsAsJSON(_ fault: TSEOfficeFault) throws {
        let plan = FaultPlan(upcoming: [nil, fault], permanent: fault)
        let bytes = try JSONEncoder().encode(plan)
        #expect(try JSONDecoder().decode(FaultPlan<TSEOfficeFault>.self, from: bytes) == plan)
    }
}
