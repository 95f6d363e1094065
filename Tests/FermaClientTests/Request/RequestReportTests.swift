import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("What is wrong with a request")
struct RequestReportTests {
    private func issues(_ changes: [String: JSON?]) -> [RequestIssue] {
        TestRequest.issues(TestRequest.with(changes))
    }

    private func lineIssues(_ changes: [String: JSON?]) -> [RequestIssue] {
        TestRequest.issues(TestRequest.withLine(changes))
    }

    @Test("A good request has no issue, no warning, and its total")
    func good() {
        let report = RequestReport(checking: TestRequest.good)
        #expect(report.issues == [] && report.warnings == [])
        #expect(report.totalKopecks == 25000)
    }

    @Test("The list of issues is closed")
    func closed() {
        let list = """
            requestIdMissing deviceNotAuto documentTypeMissing documentTypeUnknown noLines qtyMissing qtyNotPositive \
            priceMissing priceNegative payAttributeUnknown creditRepaymentNotAlone lineAttributeUnknown taxidMissing \
            taxidUnknown descriptionMissing descriptionTooLong descriptionOutOfRange notCP866 agentModesUnknown \
            innFormat textTooLong nonCashMissing nonCashTooMany amountNegative nonCashExceedsTotal underpaid totalZero \
            amountOverflow taxModeNotSingleBit phoneFormat emailFormat wrongType
            """
        #expect(RequestIssue.allCases.map(\.rawValue) == list.split(separator: " ").map(String.init))
    }

    @Test("The id must be there", arguments: [nil, .null, "", "  "] as [JSON?])
    func requestID(value: JSON?) {
        #expect(self.issues(["Requestid": value]) == [.requestIdMissing])
    }

    @Test("Device is auto and nothing else", arguments: [nil, .null, "", "AUTO", "00000003820034472769"] as [JSON?])
    func device(value: JSON?) {
        #expect(self.issues(["Device": value]) == [.deviceNotAuto])
    }

    @Test("DocumentType is 0 to 3 and must be said")
    func documentType() {
        for type in 0...3 { #expect(self.issues(["DocumentType": .integer(type)]) == []) }
        for type in ["-1", "4", "128", "99999999999999999999"] {
            #expect(self.issues(["DocumentType": .parsed(type)]) == [.documentTypeUnknown])
        }
        #expect(self.issues(["DocumentType": nil]) == [.documentTypeMissing])
        #expect(self.issues(["DocumentType": .null]) == [.documentTypeMissing])
    }

    @Test("There is at least one line", arguments: [nil, .null, []] as [JSON?])
    func lines(value: JSON?) {
        let report = RequestReport(checking: TestRequest.with(["Lines": value]))
        #expect(report.issues == [.noLines])
        #expect(report.totalKopecks == nil)
    }

    @Test("Quantity is there and more than nothing, price there and not negative; sums are then left alone")
    func quantityAndPrice() {
        #expect(self.lineIssues(["Qty": nil]) == [.qtyMissing])
        #expect(self.lineIssues(["Qty": .null]) == [.qtyMissing])
        for quantity in ["0", "-1", "-99999999999999999999"] {
            #expect(self.lineIssues(["Qty": .parsed(quantity)]) == [.qtyNotPositive])
        }
        #expect(self.lineIssues(["Price": nil]) == [.priceMissing])
        for price in ["-1", "-99999999999999999999"] {
            #expect(self.lineIssues(["Price": .parsed(price)]) == [.priceNegative])
        }
    }

    @Test("PayAttribute is 1 to 7, and 7 stands alone")
    func payAttribute() {
        for value in 1...7 { #expect(self.lineIssues(["PayAttribute": .integer(value)]) == []) }
        for value in ["0", "8", "-1", "99999999999999999999"] {
            #expect(self.lineIssues(["PayAttribute": .parsed(value)]) == [.payAttributeUnknown])
        }
        let credit = TestRequest.line.changed(["PayAttribute": 7])
        #expect(
            self.issues(["Lines": .array([credit, TestRequest.line]), "NonCash": [50000]])
                == [.creditRepaymentNotAlone])
        #expect(
            self.issues(["Lines": .array([credit, credit]), "NonCash": [50000]]) == [.creditRepaymentNotAlone])
    }

    @Test("LineAttribute is in the table, unless the host says otherwise")
    func lineAttribute() {
        for value in ["0", "28", "29", "34", "-1", "99999999999999999999"] {
            #expect(self.lineIssues(["LineAttribute": .parsed(value)]) == [.lineAttributeUnknown])
        }
        var lenient = ReceiptRules()
        lenient.allowsUnknownLineAttributes = true
        #expect(TestRequest.issues(TestRequest.withLine(["LineAttribute": 28]), rules: lenient) == [])
    }

    @Test("Taxid is 1 to 10, in either numbering, and what the host has named")
    func taxid() {
        for value in 1...10 {
            let request = TestRequest.withLine(["Taxid": .integer(value)])
            #expect(TestRequest.issues(request) == [])
            #expect(TestRequest.issues(request, dialect: .nativeCheckOnline) == [])
        }
        for value in ["0", "11", "-1", "99999999999999999999"] {
            #expect(self.lineIssues(["Taxid": .parsed(value)]) == [.taxidUnknown])
        }
        #expect(self.lineIssues(["Taxid": nil]) == [.taxidMissing])
        #expect(self.lineIssues(["Taxid": .null]) == [.taxidMissing])
        var rules = ReceiptRules()
        rules.vatTable = .standard.adding(
            VATTable.Row(
                vat: .raw(11), fermaNumber: 11, nativeNumber: 11, tag1199: 11, rate: nil, isCalculated: false,
                words: "НДС 22%"))
        #expect(TestRequest.issues(TestRequest.withLine(["Taxid": 11]), rules: rules) == [])
    }

    @Test("Description is there and not blank", arguments: [nil, .null, "", " \t "] as [JSON?])
    func description(value: JSON?) {
        #expect(self.lineIssues(["Description": value]) == [.descriptionMissing])
    }

    @Test("With LineAttribute 15 and 16 Description is a number of its range, as text")
    func descriptionNumbers() {
        for number in 0...40 {
            let fits15 = (1...25).contains(number), fits16 = (26...31).contains(number)
            let text = JSON.string(String(number))
            #expect(
                self.lineIssues(["LineAttribute": 15, "Description": text]) == (fits15 ? [] : [.descriptionOutOfRange]))
            #expect(
                self.lineIssues(["LineAttribute": 16, "Description": text]) == (fits16 ? [] : [.descriptionOutOfRange]))
        }
        let long = JSON.string(String(repeating: "1", count: 200))
        for text in ["01", " 1", "1.0", "аренда", "", "   ", long] as [JSON] {
            #expect(self.lineIssues(["LineAttribute": 15, "Description": text]) == [.descriptionOutOfRange])
        }
        #expect(self.lineIssues(["LineAttribute": 16, "Description": nil]) == [.descriptionOutOfRange])
        #expect(self.lineIssues(["LineAttribute": 15, "Description": 3]) == [.wrongType])
        #expect(self.lineIssues(["LineAttribute": 14, "Description": "77"]) == [])
    }

    @Test("Limits are those of the fiscal data format, count composed characters, and can be changed or taken away")
    func lengths() {
        func text(_ count: Int) -> JSON { .string(String(repeating: "ё", count: count)) }
        #expect(self.lineIssues(["Description": text(128)]) == [])
        #expect(self.lineIssues(["Description": text(129)]) == [.descriptionTooLong])
        let twoParts = JSON.string(String(repeating: "е\u{308}", count: 128))
        #expect(self.lineIssues(["Description": twoParts]) == [])
        #expect(self.issues(["Place": text(256)]) == [])
        #expect(self.issues(["Place": text(257)]) == [.textTooLong])
        let address = JSON.string(String(repeating: "a", count: 54) + "@mail.ruuu")
        let longer = JSON.string(String(repeating: "a", count: 55) + "@mail.ruuu")
        #expect(self.issues(["PhoneOrEmail": address]) == [])
        #expect(self.issues(["PhoneOrEmail": longer]) == [.textTooLong])
        var rules = ReceiptRules()
        rules.limits.description = nil
        #expect(TestRequest.issues(TestRequest.withLine(["Description": text(129)]), rules: rules) == [])
        rules.limits.description = 5
        #expect(TestRequest.issues(TestRequest.good, rules: rules) == [])
        #expect(
            TestRequest.issues(TestRequest.withLine(["Description": text(6)]), rules: rules) == [.descriptionTooLong])
        rules.limits = .none
        #expect(TestRequest.issues(TestRequest.with(["Place": text(5000)]), rules: rules) == [])
        // No limit is known for the identifiers.
        #expect(self.issues(["Requestid": text(5000), "Clientid": text(5000)]) == [])
    }

    @Test("What is printed must be in the code page; identifiers are not printed")
    func characters() {
        for text in ["чай — кофе", "🍏", "10 €", "два\nряда", "«Чай»"] as [JSON] {
            #expect(self.lineIssues(["Description": text]) == [.notCP866])
            #expect(self.issues(["Place": text]) == [.notCP866])
        }
        #expect(self.issues(["Requestid": "заказ — 1", "Clientid": "€"]) == [])
        #expect(self.issues(["PhoneOrEmail": "józef@example.pl"]) == [.notCP866])
        #expect(
            self.lineIssues(["Description": .string(String(repeating: "€", count: 129))]) == [
                .descriptionTooLong, .notCP866,
            ])
    }

    @Test("Agents are a mask of 0 to 127, on a line and for the whole document")
    func agentModes() {
        for mask in [0, 1, 64, 127] {
            #expect(self.lineIssues(["AgentModes": .integer(mask)]) == [])
            #expect(self.issues(["PaymentAgentModes": .integer(mask)]) == [])
        }
        for mask in ["-1", "128", "99999999999999999999"] {
            #expect(self.lineIssues(["AgentModes": .parsed(mask)]) == [.agentModesUnknown])
            #expect(self.issues(["PaymentAgentModes": .parsed(mask)]) == [.agentModesUnknown])
        }
    }

    @Test("An INN has 10 or 12 digits and fitting check digits; twelve zeros stand for none")
    func inn() {
        func issues(_ inn: JSON) -> [RequestIssue] { self.lineIssues(["ProviderData": ["INN": inn]]) }
        for inn in ["7707083893", "500100732259", "000000000000"] as [JSON] { #expect(issues(inn) == []) }
        for inn in ["7707083894", "500100732258", "770708389", "77070838930", "770708389X", " 7707083893"] as [JSON] {
            #expect(issues(inn) == [.innFormat])
        }
        #expect(issues(7_707_083_893) == [.wrongType])
        #expect(self.lineIssues(["TransferOperatorData": ["INN": "7707083894"]]) == [.innFormat])
    }

    @Test("Texts of agents have their limits")
    func agentTexts() {
        func text(_ count: Int) -> JSON { .string(String(repeating: "ж", count: count)) }
        for (structure, member, limit) in [
            ("TransferOperatorData", "Phone", 19), ("TransferOperatorData", "Name", 64),
            ("TransferOperatorData", "Address", 256), ("GetPaymentOperatorData", "Phone", 19),
            ("AgentData", "Operation", 24), ("AgentData", "Phone", 19), ("ProviderData", "Phone", 19),
            ("ProviderData", "Name", 256),
        ] {
            #expect(self.lineIssues([structure: .object([.init(member, text(limit))])]) == [], "\(structure).\(member)")
            #expect(self.lineIssues([structure: .object([.init(member, text(limit + 1))])]) == [.textTooLong])
        }
    }

    @Test("Phones and addresses are told apart by the @")
    func contact() {
        #expect(self.issues(["PhoneOrEmail": "7-987-898-56-23"]) == [])
        #expect(self.issues(["PhoneOrEmail": "+79878985623"]) == [.phoneFormat])
        #expect(self.issues(["PhoneOrEmail": "abc"]) == [.phoneFormat])
        #expect(self.issues(["PhoneOrEmail": "abc@"]) == [.emailFormat])
        #expect(self.issues(["PhoneOrEmail": 79_878_985_623]) == [.wrongType])
    }

    @Test("TaxMode is one of six bits, or 0")
    func taxMode() {
        for value in [0, 1, 2, 4, 8, 16, 32] { #expect(self.issues(["TaxMode": .integer(value)]) == []) }
        for value in ["3", "64", "-1", "63", "99999999999999999999"] {
            #expect(self.issues(["TaxMode": .parsed(value)]) == [.taxModeNotSingleBit])
        }
        #expect(self.issues(["TaxMode": nil]) == [])
    }

    @Test("Any other JSON type is the wrong one, numbers with a point or an exponent too")
    func types() {
        for (name, value) in [
            ("Requestid", "7"), ("Group", "7"), ("Clientid", "false"), ("Device", "1"), ("DocumentType", "\"0\""),
            ("Lines", "{}"), ("Lines", "[1]"), ("NonCash", "25000"), ("NonCash", "[25000.0]"),
            ("NonCash", "[\"25000\"]"),
            ("NonCash", "[25000,null]"), ("Cash", "\"0\""), ("Cash", "0.5"), ("TaxMode", "\"2\""), ("TaxMode", "true"),
            ("Place", "[]"), ("FullResponse", "\"false\""), ("FullResponse", "0"), ("PaymentAgentModes", "1e1"),
        ] {
            #expect(self.issues([name: .parsed(value)]) == [.wrongType], "\(name): \(value)")
        }
        for (name, value) in [
            ("Qty", "\"2500\""), ("Qty", "2.5"), ("Qty", "25e2"), ("Price", "10000.00"), ("PayAttribute", "\"4\""),
            ("LineAttribute", "1.0"), ("Taxid", "\"3\""), ("Description", "1"), ("AgentModes", "\"64\""),
            ("ProviderData", "\"7707083893\""), ("AgentData", "[]"),
        ] {
            #expect(self.lineIssues([name: .parsed(value)]) == [.wrongType], "\(name): \(value)")
        }
        #expect(TestRequest.issues([]) == [.wrongType])
    }

    @Test("Names are read in any letter case")
    func letterCase() {
        let shouted = JSON.object((TestRequest.good.members ?? []).map { .init($0.name.uppercased(), $0.value) })
        #expect(TestRequest.issues(shouted) == [])
        let line = TestRequest.line.changed(["Taxid": nil, "TaxId": 3])
        let native = TestRequest.with(["Requestid": nil, "RequestId": "a", "Lines": .array([line])])
        #expect(TestRequest.issues(native) == [])
    }

    @Test("The native dialect may leave out DocumentType and NonCash, nothing else")
    func nativeDialect() {
        let native = TestRequest.with(["DocumentType": nil, "NonCash": nil, "Cash": 25000])
        #expect(TestRequest.issues(native, dialect: .nativeCheckOnline) == [])
        #expect(TestRequest.issues(native) == [.documentTypeMissing, .nonCashMissing])
        #expect(TestRequest.issues([:], dialect: .nativeCheckOnline) == [.requestIdMissing, .deviceNotAuto, .noLines])
    }

    @Test("Whatever a request holds, there is a report, and no issue only where nothing is odd")
    func anything() {
        var generator = SeededGenerator(seed: 208)
        let odd: [JSON] = [
            .null, true, "", "auto", "3", [], [:], [[:]], 0, -1, 7, .integer(Int64.max), .integer(Int64.min),
            .parsed("-0"), .parsed("1.5"), .parsed("1e400"), .parsed("-99999999999999999999"), "\u{0}", "🍏",
        ]
        func spoiled(_ json: JSON) -> JSON {
            if generator.chance(6) { return generator.pick(odd) }
            switch json {
            case .object(let members):
                var spoiledMembers = members.map { JSON.Member($0.name, spoiled($0.value)) }
                if generator.chance(10), let member = spoiledMembers.randomElement(using: &generator) {
                    spoiledMembers.append(JSON.Member(member.name.uppercased(), generator.pick(odd)))
                }
                return .object(spoiledMembers)
            case .array(let values): return .array(values.map(spoiled))
            default: return json
            }
        }
        let agents: JSON = [
            "AgentModes": 64, "ProviderData": ["INN": "7707083893", "Name": "Поставщик"], "AgentData": ["Phone": "1"],
        ]
        let line = JSON.object((TestRequest.line.members ?? []) + (agents.members ?? []))
        let request = TestRequest.with([
            "Lines": .array([line, line]), "NonCash": [50000, 0], "Cash": 0, "Place": "Цех",
        ])
        var clean = 0
        for _ in 0..<5000 {
            let report = RequestReport(checking: spoiled(request))
            if report.issues.isEmpty {
                clean += 1
                #expect(report.totalKopecks.map { $0 > 0 } == true)
            }
            #expect(Set(report.issues).count == report.issues.count)
            #expect(report.findings.allSatisfy { !$0.limit.isEmpty })
        }
        #expect((1..<5000).contains(clean))
    }
}
