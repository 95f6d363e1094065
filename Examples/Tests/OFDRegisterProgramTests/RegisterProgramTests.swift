import FiscalSimulators
import Foundation
import ProgramTestSupport
import SimulatorServer
import Testing

/// `ofd-kaz register` against the simulated server on a real port.
@Suite struct RegisterProgramTests {
    /// A receipt in the protobuf JSON mapping: 2.5 of something at 100.00, paid in cash.
    private static let sale = #"""
        {"operation":"OPERATION_SELL","operator":{"code":7,"name":"Касса"},"domain":{"type":"DOMAIN_TRADING"},
         "items":[{"type":"ITEM_TYPE_COMMODITY","commodity":{"name":"Сүт","section_code":"1","quantity":"2500",
           "price":{"bills":"100","coins":0},"sum":{"bills":"250","coins":0},"measure_unit_code":"796"}}],
         "payments":[{"type":"PAYMENT_CASH","sum":{"bills":"250","coins":0}}],
         "amounts":{"total":{"bills":"250","coins":0},"taken":{"bills":"300","coins":0},
           "change":{"bills":"50","coins":0}}}
        """#

    /// A register in a folder of its own, at a server.
    private struct Till {
        let folder: TestFolder

        init(_ server: ServerOnSocket) async throws {
            self.folder = try TestFolder()
            let ready = server.ready
            let ending = try await Program("ofd-kaz").run([
                "register", "init", "--state", self.folder.path + "/till", "--server", ready.address, "--id",
                "\(ready.id)", "--token", "\(ready.token)", "--rnm", ready.rnm, "--json",
            ])
            #expect(ending.status == 0, "\(ending.errors)")
            // A register must have heard from its server once before it may issue anything (decision K35). One budget of
            // five seconds may run out on a machine under load; what is tested comes after that.
            for _ in 0..<10 where try await self.run("sync").status != 0 {}
        }

        func run(_ arguments: String..., input: String = "") async throws -> Program.Ending {
            let all =
                ["register", arguments[0], "--state", self.folder.path + "/till", "--json"] + arguments.dropFirst()
            return try await Program("ofd-kaz").run(all, input: Array(input.utf8))
        }
    }

    @Test("A sale is registered: the server's number and address stand in the answer and on paper")
    func sale() async throws {
        let server = try await ServerOnSocket.start()
        let till = try await Till(server)
        let ending = try await till.run("sale", "-", input: Self.sale)
        #expect(ending.status == 0, "\(ending.errors)")
        let ticket = try #require(server.account(server.ready.id)?.tickets.last)
        #expect(ending.json["outcome"] as? String == "registered")
        #expect(ending.json["number"] as? String == ticket.ticketNumber)
        let number = try #require(ticket.ticketNumber)
        #expect((ending.json["qr"] as? String)?.contains("i=\(number)&") == true)
        #expect((ending.json["print"] as? [String])?.contains { $0.hasSuffix(": \(number)") } == true)
        let status = try await till.run("status")
        #expect(status.json["mode"] as? String == "online")
        #expect(status.json["cash"] as? String == "250.00")
        #expect(status.json["token"] as? String == "redacted")
        #expect(status.json["queue"] as? Int == 0)
        await server.stop()
    }

    @Test("Cash in and out, a report and the close of the shift are registered; the drawer is empty afterwards")
    func day() async throws {
        let server = try await ServerOnSocket.start()
        let till = try await Till(server)
        #expect(try await till.run("deposit", "1000.00").status == 0)
        #expect(try await till.run("withdraw", "200.50").status == 0)
        #expect(try await till.run("status").json["cash"] as? String == "799.50")
        let refused = try await till.run("withdraw", "5000.00")
        #expect(refused.status == 1)
        #expect(refused.json["outcome"] as? String == "refused")
        #expect(try await till.run("x-report").status == 0)
        #expect(try await till.run("close-shift", "--withdraw").status == 0)
        #expect(try await till.run("status").json["cash"] as? String == "0.00")
        #expect(server.account(server.ready.id)?.isShiftOpen == false)
        #expect(try await till.run("nomenclature").status == 0)
        await server.stop()
    }

    @Test("Bad input is status 2 and one line that names field and rule; nothing reaches the server")
    func badInput() async throws {
        let server = try await ServerOnSocket.start()
        let till = try await Till(server)
        let wrong = Self.sale.replacingOccurrences(of: #""total":{"bills":"250""#, with: #""total":{"bills":"251""#)
        let ending = try await till.run("sale", "-", input: wrong)
        #expect(ending.status == 2)
        #expect(ending.output.isEmpty)
        #expect(ending.errors.contains("amounts.total"), "\(ending.errors)")
        #expect(ending.errors.split(separator: "\n").count == 1)
        #expect(try await till.run("return", "-", input: Self.sale).status == 2)
        #expect(try await till.run("deposit", "ten").status == 2)
        #expect(try await till.run("token", "0").status == 2)
        #expect(server.account(server.ready.id)?.documents.isEmpty == true)
        await server.stop()
    }

    @Test("The same reference again is answered from the journal, and nothing is doubled")
    func reference() async throws {
        let server = try await ServerOnSocket.start()
        let till = try await Till(server)
        let first = try await till.run("sale", "-", "--reference", "A-1", input: Self.sale)
        let again = try await till.run("sale", "-", "--reference", "A-1", input: Self.sale)
        #expect(first.status == 0 && again.status == 0, "\(again.errors)")
        #expect(first.json["number"] as? String == again.json["number"] as? String)
        #expect(server.account(server.ready.id)?.tickets.count == 1)
        await server.stop()
    }

    @Test("A blocked register refuses to sell, says what the operator says, and goes on when the server lets it")
    func serverBlock() async throws {
        let server = try await ServerOnSocket.start()
        let till = try await Till(server)
        #expect(try await till.run("deposit", "10.00").status == 0)
        server.change { $0[server.ready.id]?.block = .blocked }
        let refused = try await till.run("deposit", "20.00")
        #expect(refused.status == 1)
        #expect(refused.json["outcome"] as? String == "refused")
        let status = try await till.run("status")
        #expect(status.json["mode"] as? String == "serverBlocked")
        #expect((status.json["notice"] as? [String])?.isEmpty == false)
        #expect(try await till.run("sale", "-", input: Self.sale).status == 1)
        #expect(try await till.run("unblock", "--why", "test", "--by", "Болат").status == 1)
        await server.stop()
    }

    @Test("After code 2 nothing is sold until the new token is typed in")
    func token() async throws {
        let server = try await ServerOnSocket.start()
        let till = try await Till(server)
        #expect(try await till.run("deposit", "10.00").status == 0)
        let token = try #require(server.change { $0.resetToken(of: server.ready.id) })
        let refused = try await till.run("deposit", "20.00")
        #expect(refused.status == 1)
        #expect(try await till.run("status").json["mode"] as? String == "blocked")
        #expect(try await till.run("deposit", "20.00").status == 1)
        let typed = try await till.run("token", "\(token)")
        #expect(typed.status == 0 && !typed.text.contains("\(token)"))
        #expect(try await till.run("deposit", "20.00").status == 0)
        await server.stop()
    }

    @Test("Without a server a sale waits as an offline receipt, and status and sync say so")
    func outage() async throws {
        let server = try await ServerOnSocket.start()
        let till = try await Till(server)
        #expect(try await till.run("deposit", "10.00").status == 0)
        server.change { $0.faults.permanent = .lost(recorded: false) }
        let pending = try await till.run("sale", "-", input: Self.sale)
        #expect(pending.status == 3, "\(pending.errors)")
        #expect(pending.json["outcome"] as? String == "pending")
        let number = try #require(pending.json["number"] as? String)
        #expect((pending.json["qr"] as? String)?.contains("i=\(number)&") == true)
        let status = try await till.run("status")
        #expect(status.json["mode"] as? String == "offline")
        #expect(status.json["queue"] as? Int == 1)
        // The reconnect interval of a minute has not passed.
        let sync = try await till.run("sync")
        #expect(sync.status == 3)
        #expect(sync.json["queue"] as? Int == 1)
        await server.stop()
    }
}
