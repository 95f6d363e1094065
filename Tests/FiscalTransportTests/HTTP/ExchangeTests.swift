import FiscalCore
import FiscalTransport
import HTTPTypes
import NIOCore
import Testing

@Suite("Exchanges with a server that answers") struct ExchangeTests {
    private let transport: AsyncHTTPTransport

    init() throws {
        self.transport = try AsyncHTTPTransport()
    }

    @Test("The request is on the wire as it was given, with Host and Content-Length, and nothing else")
    func wire() async throws {
        let server = try await LoopbackServer { _ in .send(response()) }
        var request = post(server, path: "/eet/services/EETServiceSOAP/v3?a=%2F&b=c", body: "<žluť/>")
        request.head.headerFields[.contentType] = "text/xml; charset=utf-8"
        request.head.headerFields[try #require(HTTPField.Name("SOAPAction"))] =
            "\"http://fs.mfcr.cz/eet/OdeslaniTrzby\""
        request.head.headerFields.append(HTTPField(name: try #require(HTTPField.Name("X-Twice")), value: "1"))
        request.head.headerFields.append(HTTPField(name: try #require(HTTPField.Name("X-Twice")), value: "2"))
        _ = try await self.transport.exchange(request, timeout: AsyncHTTPTransport.ample)
        let seen = try #require(server.requests.first)
        #expect(
            seen.lines == [
                "POST /eet/services/EETServiceSOAP/v3?a=%2F&b=c HTTP/1.1", "Host: 127.0.0.1:\(server.port)",
                "Content-Type: text/xml; charset=utf-8", "SOAPAction: \"http://fs.mfcr.cz/eet/OdeslaniTrzby\"",
                "X-Twice: 1", "X-Twice: 2", "Content-Length: 9",
            ])
        #expect(seen.body == Array("<žluť/>".utf8))
    }

    @Test("The body decides on Content-Length, whatever the caller wrote", arguments: [0, 1, 200_000])
    func contentLength(_ count: Int) async throws {
        let server = try await LoopbackServer { _ in .send(response()) }
        var request = post(server, body: String(repeating: "x", count: count))
        request.head.headerFields[.contentLength] = "7"
        request.head.headerFields[.transferEncoding] = "chunked"
        _ = try await self.transport.exchange(request, timeout: AsyncHTTPTransport.ample)
        let seen = try #require(server.requests.first)
        #expect(seen.lines.filter { $0.hasPrefix("Content-Length") } == ["Content-Length: \(count)"])
        #expect(!seen.head.contains("Transfer-Encoding"))
        #expect(seen.body.count == count)
    }

    @Test("A GET without body carries no Content-Length")
    func get() async throws {
        let server = try await LoopbackServer { _ in .send(response()) }
        var request = post(server, path: "/state", body: "")
        request.head.method = .get
        let answer = try await self.transport.exchange(request, timeout: AsyncHTTPTransport.ample)
        #expect(answer.body == Array("fine".utf8))
        #expect(server.requests.first?.lines == ["GET /state HTTP/1.1", "Host: 127.0.0.1:\(server.port)"])
    }

    @Test(
        "Every status is an answer",
        arguments: [
            "200 OK", "202 Accepted", "400 Bad Request", "401 Unauthorized", "404 Not Found",
            "500 Internal Server Error", "503 Service Unavailable",
        ])
    func statuses(_ status: String) async throws {
        let server = try await LoopbackServer { _ in .send(response(status, body: "text of \(status)")) }
        let answer = try await self.transport.exchange(post(server), timeout: AsyncHTTPTransport.ample)
        #expect("\(answer.head.status.code) \(answer.head.status.reasonPhrase)" == status)
        #expect(answer.body == Array("text of \(status)".utf8))
        #expect(server.requests.count == 1)
    }

    @Test(
        "A redirect is an answer and is not followed",
        arguments: ["301 Moved", "302 Found", "303 See", "307 Again", "308 Again"])
    func redirects(_ status: String) async throws {
        let elsewhere = try await LoopbackServer { _ in .send(response()) }
        let server = try await LoopbackServer { _ in
            .send(response(status, fields: ["Location: http://127.0.0.1:\(elsewhere.port)/"]))
        }
        let answer = try await self.transport.exchange(post(server), timeout: AsyncHTTPTransport.ample)
        #expect("\(answer.head.status.code)" == status.prefix(3))
        #expect(answer.head.headerFields[.location] == "http://127.0.0.1:\(elsewhere.port)/")
        #expect(elsewhere.connections == 0)
        #expect(server.requests.count == 1)
    }

    @Test(
        "The body is whole whether its length is announced, chunked, or ended by closing",
        arguments: [
            "Content-Length: 10\r\n\r\n0123456789",
            "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n",
            "\r\n0123456789",
        ])
    func framing(_ rest: String) async throws {
        let server = try await LoopbackServer { _ in .sendAndClose(Array("HTTP/1.1 200 OK\r\n\(rest)".utf8)) }
        let answer = try await self.transport.exchange(post(server), timeout: AsyncHTTPTransport.ample)
        #expect(answer.body == Array("0123456789".utf8))
    }

    @Test("An interim answer is skipped")
    func interim() async throws {
        let server = try await LoopbackServer { _ in .send(Array("HTTP/1.1 103 Early Hints\r\n\r\n".utf8) + response())
        }
        let answer = try await self.transport.exchange(post(server), timeout: AsyncHTTPTransport.ample)
        #expect(answer.head.status == .ok)
    }

    @Test("Cookies are not kept, and a compressed body stays as it is")
    func cookiesAndCompression() async throws {
        let server = try await LoopbackServer { _ in
            .send(response(fields: ["Set-Cookie: a=b", "Content-Encoding: gzip", "X-Global-Transaction-Id: 0a1b"]))
        }
        let answer = try await self.transport.exchange(post(server), timeout: AsyncHTTPTransport.ample)
        #expect(answer.body == Array("fine".utf8))
        #expect(answer.head.headerFields[.contentEncoding] == "gzip")
        #expect(answer.head.headerFields[try #require(HTTPField.Name("x-global-transaction-id"))] == "0a1b")
        _ = try await self.transport.exchange(post(server), timeout: AsyncHTTPTransport.ample)
        #expect(server.requests.count == 2)
        #expect(server.requests.allSatisfy { !$0.head.lowercased().contains("cookie") })
        #expect(server.requests.allSatisfy { !$0.head.lowercased().contains("accept-encoding") })
    }

    @Test("An answer as long as allowed is read, one byte more is refused")
    func answerLimit() async throws {
        let server = try await LoopbackServer { _ in .send(response(body: String(repeating: "x", count: 1000))) }
        let whole = try await self.transport.exchange(
            post(server, maximumAnswerBytes: 1000), timeout: AsyncHTTPTransport.ample)
        #expect(whole.body.count == 1000)
        let error = try await self.transport.failure(post(server, maximumAnswerBytes: 999))
        #expect(Verdict(error) == Verdict(.outcomeUnknown, .answerTooLarge))
    }

    @Test("An answer without end is cut off at the limit")
    func endlessAnswer() async throws {
        let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 0x78, count: 0x10000) + Array("\r\n".utf8)
        let server = try await LoopbackServer { _ in
            .drip(
                Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8), then: chunk,
                every: .microseconds(100))
        }
        let error = try await self.transport.failure(post(server))
        #expect(Verdict(error) == Verdict(.outcomeUnknown, .answerTooLarge))
    }

    @Test("Of many exchanges at once each request arrives exactly once and each gets its own answer")
    func concurrent() async throws {
        let server = try await LoopbackServer { request in
            .send(response(body: "answer to \(String(decoding: request.body, as: UTF8.self))"))
        }
        let answers = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
            for number in 0..<100 {
                group.addTask {
                    let answer = try await self.transport.exchange(
                        post(server, body: "sale \(number)"), timeout: AsyncHTTPTransport.ample)
                    return (number, answer.body)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for number in 0..<100 { #expect(answers[number] == Array("answer to sale \(number)".utf8)) }
        let bodies = server.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies.sorted() == (0..<100).map { "sale \($0)" }.sorted())
        #expect(server.connections == 100)
    }

    @Test("Each exchange has a connection of its own, unless connections are kept")
    func connections() async throws {
        let server = try await LoopbackServer { _ in .send(response()) }
        for _ in 0..<3 { _ = try await self.transport.exchange(post(server), timeout: AsyncHTTPTransport.ample) }
        #expect(server.connections == 3)
        let keeping = try AsyncHTTPTransport(.init(connections: .kept(idleAtMost: .seconds(60))))
        for _ in 0..<3 { _ = try await keeping.exchange(post(server), timeout: AsyncHTTPTransport.ample) }
        #expect(server.connections == 4)
        try await keeping.shutdown()
    }

    @Test("A kept connection that the server closes is replaced for the next exchange")
    func keptButClosed() async throws {
        let server = try await LoopbackServer { _ in .send(response(fields: ["Connection: close"])) }
        let keeping = try AsyncHTTPTransport(.init(connections: .kept(idleAtMost: .seconds(60))))
        for _ in 0..<3 { _ = try await keeping.exchange(post(server), timeout: AsyncHTTPTransport.ample) }
        #expect(server.connections == 3)
        #expect(server.requests.count == 3)
    }

    @Test(
        "A request that cannot be sent as it stands is not sent",
        arguments: [
            ("ftp", "127.0.0.1", "/"), ("https", "", "/"), ("https", "user:secret@127.0.0.1", "/"),
            ("http", "127.0.0.1", "no-slash"), ("http", "127.0.0.1", "/a b"), ("http", "127.0.0.1", "/a#b"),
            ("http", "[::1", "/"), ("http", "127.0.0.1:65536", "/"), ("http", "127.0.0.1:-1", "/"),
            ("http", "127.0.0.1:", "/"), ("http", ":80", "/"),
        ])
    func unsendable(_ scheme: String, _ authority: String, _ path: String) async throws {
        let error = try await self.transport.failure(post(scheme: scheme, authority: authority, path: path))
        #expect(error.code == .notDelivered)
        #expect(!"\(error)".contains("secret"))
    }
}
