import FiscalCore
import Foundation
import ProgramTestSupport
import Testing

/// `ferma check`, `response` and `qr` against every sample of real and made-up requests, answers and QR texts.
@Suite(.enabled(if: FermaSamples.exist, "\(FermaSamples.absence)"))
struct FermaSamplesTests {
    private let ferma = Program("ferma")

    @Test("Every sample of a request has the issues that it was made for, and no others")
    func requests() async throws {
        let samples = try FermaSamples.list("requests")
        #expect(samples.count > 5)
        for sample in samples {
            let name = sample["id"]?.string ?? "?"
            let dialect = sample["dialect"]?.string ?? "ferma"
            let body = try #require(sample["json"]).bytes
            let expected = try #require(sample["expect"]?["issues"]?.array).compactMap(\.string)
            let ending = try await self.ferma.run(["check", "-", "--dialect", dialect, "--json"], input: body)
            #expect(ending.json["issues"] as? [String] == expected, "\(name): \(ending.text)\(ending.errors)")
            #expect(ending.status == (expected.isEmpty ? 0 : 1), "\(name)")
            if let total = sample["expect"]?["totalKopecks"]?.integer {
                #expect(ending.json["totalKopecks"] as? Int == Int(total), "\(name)")
            }
        }
    }

    @Test("Every sample of an answer has the outcome, the code, the retry word and the inconsistencies of its note")
    func responses() async throws {
        let samples = try FermaSamples.list("responses")
        #expect(samples.count > 5)
        for sample in samples {
            let name = sample["id"]?.string ?? "?"
            let body = try sample["json"]?.bytes ?? Array(#require(sample["text"]?.string).utf8)
            let status = try #require(sample["http"]?.integer)
            let expected = try #require(sample["expect"])
            let ending = try await self.ferma.run(["response", "-", "--http", "\(status)", "--json"], input: body)
            #expect(ending.json["outcome"] as? String == expected["outcome"]?.string, "\(name): \(ending.errors)")
            if let retry = expected["retry"]?.string { #expect(ending.json["retry"] as? String == retry, "\(name)") }
            if let code = expected["code"]?.integer { #expect(ending.json["code"] as? Int == Int(code), "\(name)") }
            if let number = expected["receiptNumber"]?.integer {
                #expect(ending.json["receiptNumber"] as? Int == Int(number), "\(name)")
            } else {
                #expect(ending.json["receiptNumber"] is NSNull, "\(name)")
            }
            if let total = expected["totalKopecks"]?.integer {
                #expect(ending.json["totalKopecks"] as? Int == Int(total), "\(name)")
            }
            if let texts = expected["inconsistencies"]?.array {
                let found = ending.json["inconsistencies"] as? [String] ?? ["none was printed"]
                // The first word says what disagrees; the rest is for people.
                #expect(found.map(Self.word).sorted() == texts.compactMap(\.string).map(Self.word).sorted(), "\(name)")
            }
            #expect(ending.status == Self.status(of: ending.json["retry"] as? String), "\(name)")
        }
    }

    private static func word(_ text: String) -> String { text.split(separator: " ").first.map(String.init) ?? "" }

    private static func status(of retry: String?) -> Int32 {
        switch retry {
        case "none": 0
        case "never", "fixThenNewId": 1
        default: 3
        }
    }

    @Test("Every sample of a QR text is valid or not, as its note says")
    func qrTexts() async throws {
        for sample in try FermaSamples.list("receipt-qr", "valid") {
            let text = try #require(sample["qr"]?.string)
            let ending = try await self.ferma.run("qr", text, "--json")
            #expect(ending.status == 0 && ending.json["valid"] as? Bool == true, "\(text): \(ending.text)")
            #expect(ending.json["problems"] as? [String] == [])
            if let total = sample["totalKopecks"]?.integer {
                #expect(ending.json["totalKopecks"] as? Int == Int(total), "\(text)")
            }
        }
        for sample in try FermaSamples.list("receipt-qr", "invalid") {
            let text = try #require(sample["qr"]?.string)
            let ending = try await self.ferma.run("qr", text, "--json")
            #expect(ending.status == 1 && ending.json["valid"] as? Bool == false, "\(text): \(ending.text)")
            #expect((ending.json["problems"] as? [String])?.isEmpty == false, "\(text)")
        }
    }

    @Test("An answer's DocumentType and the sign in its QR text fit by the table, and by no other")
    func signs() async throws {
        let table = try FermaSamples.list("receipt-qr", "map")
        #expect(table.count == 4)
        for row in table {
            let type = try #require(row["DocumentType"]?.integer)
            for sign in 1...4 {
                let body = FermaAnswers.success(type: Int(type), sign: sign)
                let ending = try await self.ferma.run(
                    ["response", "-", "--http", "200", "--json"], input: Array(body.utf8))
                let words = (ending.json["inconsistencies"] as? [String] ?? ["?"]).map(Self.word)
                #expect(words == (row["n"]?.integer == Int64(sign) ? [] : ["qr.n"]), "\(type) with n=\(sign)")
                #expect(ending.status == 0)
            }
        }
    }

    @Test("Price times quantity is the line's sum, half a kopeck goes up, and an inexact line is a warning")
    func lineTotals() async throws {
        for row in try FermaSamples.list("line-totals", "exact") {
            let numbers = try #require(row.array).compactMap(\.integer)
            let ending = try await self.check(price: numbers[0], quantity: numbers[1], paid: numbers[2])
            #expect(ending.status == 0 && ending.json["totalKopecks"] as? Int == Int(numbers[2]), "\(ending.text)")
            #expect(ending.json["warnings"] as? [String] == [], "\(ending.text)")
        }
        for row in try FermaSamples.list("line-totals", "inexact") {
            let (price, quantity) = (try #require(row["price"]?.integer), try #require(row["qty"]?.integer))
            let rounded = (price * quantity + 500) / 1000
            let ending = try await self.check(price: price, quantity: quantity, paid: rounded)
            #expect(ending.status == 0 && ending.json["totalKopecks"] as? Int == Int(rounded), "\(ending.text)")
            #expect((ending.json["warnings"] as? [String])?.count == 1, "\(ending.text)")
        }
    }

    private func check(price: Int64, quantity: Int64, paid: Int64) async throws -> Program.Ending {
        let body = FermaRequests.sale([
            #""Price":10000"#: #""Price":\#(price)"#, #""Qty":2500"#: #""Qty":\#(quantity)"#,
            #""NonCash":[25000]"#: #""NonCash":[\#(paid)]"#,
        ])
        return try await self.ferma.run(["check", "-", "--json"], input: Array(body.utf8))
    }

    @Test("Every number in the tables of codes may be sent, and its neighbour outside may not")
    func tables() async throws {
        let tables = try FermaSamples.file("tables")
        func numbers(_ table: JSON?) -> [Int] { (table?.members ?? []).compactMap { Int($0.name) } }
        let fields: [(member: String, table: [Int], outside: Int, issue: String)] = [
            ("TaxMode", numbers(tables["taxMode"]), 64, "taxModeNotSingleBit"),
            ("PayAttribute", numbers(tables["payAttribute"]), 8, "payAttributeUnknown"),
            (
                "LineAttribute", numbers(tables["lineAttribute"]).filter { $0 != 15 && $0 != 16 }, 99,
                "lineAttributeUnknown"
            ),
            ("AgentModes", numbers(tables["agentModes"]), 128, "agentModesUnknown"),
            ("PaymentAgentModes", numbers(tables["agentModes"]), 128, "agentModesUnknown"),
            ("Taxid", numbers(tables["taxId"]?["ferma"]), 11, "taxidUnknown"),
            ("DocumentType", numbers(tables["documentType"]), 4, "documentTypeUnknown"),
        ]
        for field in fields {
            #expect(!field.table.isEmpty, "\(field.member)")
            for value in field.table {
                let ending = try await self.check(field.member, value)
                #expect(ending.json["issues"] as? [String] == [], "\(field.member) \(value): \(ending.text)")
            }
            let ending = try await self.check(field.member, field.outside)
            #expect(ending.json["issues"] as? [String] == [field.issue], "\(field.member): \(ending.text)")
        }
    }

    private func check(_ member: String, _ value: Int) async throws -> Program.Ending {
        let body = FermaRequests.sale(setting: member, to: "\(value)")
        return try await self.ferma.run(["check", "-", "--json"], input: Array(body.utf8))
    }

    @Test("Texts may be as long as the table of limits says, and not longer")
    func textLimits() async throws {
        let limits = try #require(try FermaSamples.file("tables")["stringLimits"])
        for (member, issue) in [("Description", "descriptionTooLong"), ("Place", "textTooLong")] {
            let limit = Int(try #require(limits[member]?.integer))
            for (length, issues) in [(limit, []), (limit + 1, [issue])] {
                let text = String(repeating: "Ж", count: length)
                let body = FermaRequests.sale(setting: member, to: #""\#(text)""#)
                let ending = try await self.ferma.run(["check", "-", "--json"], input: Array(body.utf8))
                #expect(ending.json["issues"] as? [String] == issues, "\(member) of \(length): \(ending.text)")
            }
        }
    }
}
