import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Testing

/// Sums and taxes as the simulated register works them out.
@Suite("The simulated Ferma: sums and taxes")
struct FermaSimulatedTaxTests {
    @Test(
        "Each Taxid has its rate, its value of tag 1199 and its tax",
        arguments: [
            (1, 6, 11_000, 0), (2, 2, 11_000, 1000), (3, 1, 12_000, 2000), (4, 5, 11_000, 0), (5, 4, 11_000, 1000),
            (6, 3, 12_000, 2000), (7, 7, 10_500, 500), (8, 8, 10_700, 700), (9, 9, 10_500, 500),
            (10, 10, 10_700, 700),
        ])
    func rates(_ taxid: Int, _ rate: Int, _ sum: Int, _ tax: Int64) throws {
        var authority = FermaAuthority()
        let document = try authority.form {
            $0[0, "Taxid"] = "\(taxid)"
            $0[0, "Price"] = "\(sum)"
            $0["NonCash"] = "[\(sum)]"
        }
        #expect(document.taxes.map { [Int64($0.rate), $0.turnover, $0.tax] } == [[Int64(rate), Int64(sum), tax]])
        #expect(document.lines.first?[1199]?.integer == Int64(rate))
        // Without a tax there is no sum of it.
        #expect(document.lines.first?[1200]?.integer == (tax == 0 ? nil : tax))
        let tags = [1: 1102, 2: 1103, 3: 1106, 4: 1107, 5: 1104, 6: 1105]
        for (other, tag) in tags {
            let expected = other == rate ? (rate == 5 || rate == 6 ? Int64(sum) : tax) : nil
            #expect(document[tag]?.integer == expected)
        }
    }

    @Test("Without tax and 0 % are two turnovers")
    func zeroRates() throws {
        var authority = FermaAuthority()
        let document = try authority.form {
            $0.lines.append(HandmadeFermaRequest.line)
            $0[1, "Taxid"] = "1"
            $0[1, "Price"] = "150"
            $0["NonCash"] = "[79000]"
        }
        #expect(document[1104]?.integer == 78850 && document[1105]?.integer == 150)
        #expect(document.taxes.map(\.turnover) == [78850, 150] && document.taxes.map(\.tax) == [0, 0])
    }

    @Test("The registers' own numbering gives the same numbers other rates, and needs no DocumentType and no NonCash")
    func native() throws {
        for (taxid, rate) in [1: 1, 2: 2, 3: 5, 4: 6, 5: 3, 6: 4, 7: 7, 8: 8, 9: 9, 10: 10] {
            var authority = FermaAuthority()
            authority.rules.numbering = .native
            let document = try authority.form {
                $0[0, "Taxid"] = "\(taxid)"
                $0["DocumentType"] = nil
                $0["NonCash"] = nil
                $0["Cash"] = "78850"
            }
            #expect(document.taxes.map(\.rate) == [rate])
        }
    }

    @Test("A number without a documented rate is refused until the service knows it")
    func extraRate() throws {
        var authority = FermaAuthority()
        let request = HandmadeFermaRequest {
            $0[0, "Taxid"] = "11"; $0[0, "Price"] = "12200"; $0["NonCash"] = "[12200]"
        }
        #expect(try authority.post(request).device() == 51)
        authority.rules.extraTaxids = [11: 11]
        let document = try authority.form {
            $0 = request
            $0["Requestid"] = "\"2\""
        }
        #expect(document.taxes.map { [Int64($0.rate), $0.turnover, $0.tax] } == [[11, 12200, 2200]])
    }

    @Test("A line is quantity times price, half a kopeck up; the total is the sum of the lines")
    func rounding() throws {
        for (quantity, price, sum) in [
            (1500, 333, 500), (1, 78850, 79), (1, 500, 1), (1000, 1, 1), (2500, 10000, 25000), (333, 1001, 333),
            (1501, 333, 500), (1499, 333, 499), (1, 1499, 1), (1, 1500, 2),
        ] {
            var authority = FermaAuthority()
            let document = try authority.form {
                $0[0, "Qty"] = "\(quantity)"
                $0[0, "Price"] = "\(price)"
                $0["NonCash"] = "[\(sum)]"
            }
            #expect(document.total == Int64(sum))
        }
    }

    @Test("A total beyond 2^53 is exact to the kopeck")
    func large() throws {
        var authority = FermaAuthority()
        let sum = "9007199254740993"
        let document = try authority.form {
            $0[0, "Price"] = sum; $0["NonCash"] = "[\(sum)]"
        }
        #expect("\(document.total)" == sum)
        #expect(document.qr.contains("&s=90071992547409.93&"))
    }

    @Test(
        "Random receipts: Python's integers come to the same totals and taxes",
        .enabled(if: OutsideTool.exists("python3"), "python3 is absent"))
    func random() throws {
        var generator = SeededGenerator(seed: 20_261_120)
        var input = ""
        var found: [String] = []
        for index in 0..<300 {
            let lines = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                (
                    quantity: Int.random(in: 1...5000, using: &generator),
                    price: Int.random(in: 1...1_000_000, using: &generator),
                    taxid: [2, 3, 7, 8].randomElement(using: &generator) ?? 2
                )
            }
            input += lines.map { "\($0.quantity) \($0.price) \($0.taxid)" }.joined(separator: ";") + "\n"
            var authority = FermaAuthority()
            let reply = authority.post(
                HandmadeFermaRequest {
                    $0["Requestid"] = "\"\(index)\""
                    $0["NonCash"] = "[0]"
                    $0["Cash"] = "100000000000"
                    $0.lines = lines.map { line in
                        [
                            ("Qty", "\(line.quantity)"), ("Price", "\(line.price)"), ("Taxid", "\(line.taxid)"),
                            ("Description", "\"a\""),
                        ]
                    }
                })
            guard try reply.device() == 0, let document = authority.documents.first else {
                found.append("0")
                continue
            }
            let taxes = document.taxes.sorted { $0.rate < $1.rate }.map { " \($0.rate):\($0.tax)" }.joined()
            found.append("\(document.total)\(taxes)")
        }
        let script = """
            import sys
            from fractions import Fraction
            rates = {2: (2, 10), 3: (1, 20), 7: (7, 5), 8: (8, 7)}
            def half_up(x): return int((x + Fraction(1, 2)) // 1)
            for row in sys.stdin:
                total, by = 0, {}
                for line in row.strip().split(";"):
                    q, p, t = map(int, line.split())
                    s = half_up(Fraction(q * p, 1000)); total += s
                    by[t] = by.get(t, 0) + s
                taxes = sorted((rates[t][0], half_up(Fraction(s * rates[t][1], 100 + rates[t][1]))) for t, s in by.items())
                print(total if total == 0 else str(total) + "".join(f" {r}:{x}" for r, x in taxes))
            """
        let result = try OutsideTool.run("python3", ["-c", script], input: Array(input.utf8))
        #expect(result.text.split(separator: "\n").map(String.init) == found)
    }
}
