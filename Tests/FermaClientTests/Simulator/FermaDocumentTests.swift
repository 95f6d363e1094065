import FiscalCore
import FiscalSimulators
import Testing

/// The fiscal document that a simulated register forms.
@Suite("The simulated Ferma: documents")
struct FermaDocumentTests {
    private func document(_ edit: (inout HandmadeFermaRequest) -> Void = { _ in }) throws -> FermaDocument {
        try self.prepared({ _ in }, edit)
    }

    private func prepared(
        _ prepare: (inout FermaRegister) -> Void, _ edit: (inout HandmadeFermaRequest) -> Void
    ) throws -> FermaDocument {
        var register = FermaRegister()
        register.drawer = 1_000_000
        prepare(&register)
        var authority = FermaAuthority(registers: [register])
        return try authority.form(edit)
    }

    @Test("DocumentType 0, 1, 2, 3 becomes 1, 3, 2, 4 in tag 1054 and in the QR text")
    func types() throws {
        for (type, sign) in [(0, 1), (1, 3), (2, 2), (3, 4)] {
            let document = try self.document { $0["DocumentType"] = "\(type)" }
            #expect(document[1054]?.integer == Int64(sign))
            #expect(document.qr.hasSuffix("&n=\(sign)"))
            #expect(document.type == Int64(type))
            #expect(document.printed[1] == ["ПРИХОД", "РАСХОД", "ВОЗВРАТ ПРИХОДА", "ВОЗВРАТ РАСХОДА"][type])
        }
    }

    @Test("Quantity, price, sum and the two signs of a position under their tags; absent signs get the register's")
    func line() throws {
        let document = try self.document {
            $0[0, "Qty"] = "2500"
            $0[0, "Price"] = "10000"
            $0[0, "PayAttribute"] = "2"
            $0[0, "LineAttribute"] = "13"
            $0["NonCash"] = "[25000]"
        }
        let line = try #require(document.lines.first)
        #expect([1023, 1079, 1043, 1214, 1212].map { line[$0]?.integer } == [2500, 10000, 25000, 2, 13])
        #expect(document[1020]?.integer == 25000 && document.total == 25000)
        let plain = try self.document { $0[0, "PayAttribute"] = nil }
        #expect(plain.lines.first?[1214]?.integer == 4 && plain.lines.first?[1212]?.integer == 1)
    }

    @Test("Every PayAttribute and LineAttribute of the tables arrives in its tag")
    func attributes() throws {
        for value in 1...7 {
            #expect(
                try self.document { $0[0, "PayAttribute"] = "\(value)" }.lines.first?[1214]?.integer == Int64(value))
        }
        for value in Array(1...14) + Array(17...27) + Array(30...33) {
            #expect(
                try self.document { $0[0, "LineAttribute"] = "\(value)" }.lines.first?[1212]?.integer == Int64(value))
        }
    }

    @Test("The name of the goods stands in tag 1030, but not for an advance (PayAttribute 3)")
    func advance() throws {
        for value in 1...7 {
            let document = try self.document { $0[0, "PayAttribute"] = "\(value)" }
            let name = document.lines.first?[1030]?.text
            #expect(name == (value == 3 ? nil : "Услуги по перевозке пассажиров и багажа"))
            #expect(document.printed.contains("Услуги по перевозке пассажиров и багажа") == (value != 3))
        }
    }

    @Test("The agent mode of the document goes to each position; a position's own one wins there")
    func agents() throws {
        let none = try self.document()
        #expect(none[1057] == nil && none.lines.allSatisfy { $0[1222] == nil })
        for bit in [1, 2, 4, 8, 16, 32, 64, 127] {
            let document = try self.document {
                $0["PaymentAgentModes"] = "\(bit)"
                $0.lines += [HandmadeFermaRequest.line, HandmadeFermaRequest.line]
                $0[1, "AgentModes"] = "16"
                $0[2, "AgentModes"] = "0"
                $0["NonCash"] = "[236550]"
            }
            #expect(document[1057]?.integer == Int64(bit))
            #expect(document.lines.map { $0[1222]?.integer } == [Int64(bit), 16, Int64(bit)])
        }
        let own = try self.document { $0[0, "AgentModes"] = "64" }
        #expect(own[1057] == nil && own.lines.first?[1222]?.integer == 64)
    }

    @Test("Data of supplier and agent are kept per position")
    func agentData() throws {
        let document = try self.document {
            $0[0, "AgentModes"] = "1"
            $0[0, "ProviderData"] = #"{"Phone":"79990000000","Name":"ООО «Ромашка»","INN":"7707083893"}"#
                .replacing("«", with: "'").replacing("»", with: "'")
            $0[0, "TransferOperatorData"] =
                #"{"Phone":"79990000001","Name":"Банк","Address":"Москва","INN":"500100732259"}"#
            $0[0, "GetPaymentOperatorData"] = #"{"Phone":"79990000002"}"#
            $0[0, "AgentData"] = #"{"Operation":"Прием","Phone":"79990000003"}"#
        }
        let line = try #require(document.lines.first)
        #expect(line[1226]?.text == "7707083893")
        #expect(line[1224]?.fields == [FermaTag(1171, .text("79990000000")), FermaTag(1225, .text("ООО 'Ромашка'"))])
        #expect(
            line[1223]?.fields.map(\.text) == [
                "Москва", "500100732259", "Банк", "Прием", "79990000003", "79990000002", "79990000001",
            ])
        #expect(line[1223]?.fields.map(\.number) == [1005, 1016, 1026, 1044, 1073, 1074, 1075])
    }

    @Test("Each taxation system that was chosen at registration can be named and arrives in tag 1055")
    func taxModes() throws {
        for bit in [1, 2, 4, 8, 16, 32] {
            #expect(try self.prepared({ $0.taxModes = 63 }) { $0["TaxMode"] = "\(bit)" }[1055]?.integer == Int64(bit))
            for absent in [nil, "0"] {
                let document = try self.prepared({ $0.taxModes = Int64(bit) }) { $0["TaxMode"] = absent }
                #expect(document[1055]?.integer == Int64(bit))
            }
        }
    }

    @Test("The place sent stands in tag 1187, without one that of the registration")
    func place() throws {
        #expect(try self.document { $0["Place"] = "\"Газель А123ВС77\"" }[1187]?.text == "Газель А123ВС77")
        for absent in [nil, "\"\"", "null"] {
            #expect(try self.document { $0["Place"] = absent }[1187]?.text == "https://shop.example")
        }
    }

    @Test("Non-cash payments of three kinds are one sum; cash is without the change")
    func payments() throws {
        for payments in ["[78850,0,0]", "[78850]", "[78600,0,250]", "[1,2,78847]"] {
            let document = try self.document { $0["NonCash"] = payments }
            #expect(document[1081]?.integer == 78850 && document[1031]?.integer == 0)
        }
        let document = try self.document {
            $0["NonCash"] = "[850]"; $0["Cash"] = "100000"
        }
        #expect(document[1081]?.integer == 850 && document[1031]?.integer == 78000)
        #expect(document.printed.contains("СДАЧА = 220.00"))
        for absent in [nil, "0"] { #expect(try self.document { $0["Cash"] = absent }[1031]?.integer == 0) }
    }

    @Test("The buyer's telephone or address stands in tag 1008")
    func buyer() throws {
        #expect(try self.document()[1008]?.text == "79878985623")
        #expect(try self.document { $0["PhoneOrEmail"] = nil }[1008] == nil)
    }

    @Test("LineAttribute 15 takes \"1\" to \"31\", 16 \"26\" to \"31\", and the wording is printed, not the number")
    func incomes() throws {
        for number in 0...33 {
            for (attribute, allowed) in [(15, 1...31), (16, 26...31)] {
                var authority = FermaAuthority()
                let reply = authority.post(
                    HandmadeFermaRequest {
                        $0[0, "LineAttribute"] = "\(attribute)"
                        $0[0, "Description"] = "\"\(number)\""
                    })
                #expect(try reply.device() == (allowed.contains(number) ? 0 : 51))
                let printed = authority.documents.first?.printed ?? []
                #expect(!printed.contains("\(number)"))
            }
        }
        for text in ["01", "1 ", " 1", "+1", "1.0", "аренда", "", "1\u{661}"] {
            var authority = FermaAuthority()
            let request = HandmadeFermaRequest {
                $0[0, "LineAttribute"] = "15"; $0[0, "Description"] = "\"\(text)\""
            }
            #expect(try authority.post(request).device() == 51)
        }
    }

    @Test("A number without a wording is printed as a neutral label")
    func missingWording() throws {
        var authority = FermaAuthority()
        authority.rules.incomeWordings = [1: "долевое участие"]
        let labels = try ["1", "2"].map { number in
            let document = try authority.form {
                $0["Requestid"] = "\"\(number)\""
                $0[0, "LineAttribute"] = "15"
                $0[0, "Description"] = "\"\(number)\""
            }
            return document.printed[2]
        }
        #expect(labels[0] == "долевое участие")
        #expect(labels[1] != "2" && labels[1].contains("2"))
    }

    @Test("The sign in tag 1077 is two zero bytes and the number of the answer, big endian")
    func sign() throws {
        let document = try self.document()
        let bytes = try #require(Base64.decode(document[1077]?.text ?? ""))
        #expect(bytes.count == 6 && bytes.prefix(2) == [0, 0])
        #expect(bytes.dropFirst(2).reduce(0) { $0 * 256 + UInt32($1) } == document.sign)
    }

    @Test("A full answer has the same receipt, and the document with its tags below the last command")
    func fullResponse() throws {
        var authority = FermaAuthority()
        let short = try authority.post(HandmadeFermaRequest()).json()
        var other = FermaAuthority()
        let full = try other.post(HandmadeFermaRequest { $0["FullResponse"] = "true" }).json()
        #expect(full.members?.filter { $0.name != "Responses" } == short.members)
        #expect(short["Responses"] == nil)
        let closing = try #require(full["Responses"]?.array?.last)
        #expect(closing["Path"] == "/fr/api/v2/CloseDocument")
        let document = try #require(closing["Response"]?["FiscalDocument"])
        #expect(document["TagID"] == 3 && document["TagType"] == "stlv")
        let tags = try #require(document["Value"]?.array)
        let line = try #require(tags.first { $0["TagID"] == 1059 })
        #expect(line["Value"]?.array?.first { $0["TagID"] == 1199 } == ["TagID": 1199, "TagType": "byte", "Value": 5])
        #expect(tags.contains(["TagID": 1020, "TagType": "money", "Value": 78850]))
        #expect(tags.contains(["TagID": 1054, "TagType": "byte", "Value": 1]))
        #expect(closing["Response"]?["Text"]?.string?.contains("ИТОГ = 788.50") == true)
        #expect(closing["Response"]?["GrandTotal"] == short["GrandTotal"])
    }

    @Test("The printed receipt holds what a buyer needs to see")
    func printed() throws {
        let document = try self.document {
            $0[0, "Qty"] = "2500"; $0[0, "Price"] = "31540"
        }
        #expect(
            document.printed.prefix(7) == [
                "КАССОВЫЙ ЧЕК", "ПРИХОД", "Услуги по перевозке пассажиров и багажа", "2.5 x 315.40 = 788.50", "НДС 0%",
                "ИТОГ = 788.50", "БЕЗНАЛИЧНЫМИ = 788.50",
            ])
        #expect(document.printed.suffix(3) == ["ФН 9999078900004444", "ФД \(document.number)", "ФП \(document.sign)"])
    }
}
