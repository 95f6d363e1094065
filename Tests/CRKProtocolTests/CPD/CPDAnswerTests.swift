import CRKProtocol
import FiscalCore
import FiscalTestSupport
import HTTPTypes
import Testing

@Suite("Answers of the CPD server")
struct CPDAnswerTests {
    private let unit: UniqueNumber
    private let time: FiscalInstant
    private let parties: SealParties

    init() throws {
        self.unit = try UniqueNumber("ZTE1701000901")
        self.time = try #require(FiscalInstant(utcMilliseconds: "2017-08-14T16:50:03.342Z"))
        self.parties = try SealParties.shared.get()
    }

    private func reply<Command: CPDCommand>(
        _ command: Command, _ status: Int, _ body: String = "", _ mode: ReadingMode = .lenient
    ) -> CPDReply<Command.Answer> {
        command.reply(
            HTTPExchangeResponse(head: HTTPResponse(status: .init(code: status)), body: Array(body.utf8)), mode)
    }

    private var fiscalise: MakeFiscalisation {
        get throws {
            MakeFiscalisation(self.unit, at: self.time, .init(software: self.unit, taxpayer: try NIP("5260250274")))
        }
    }

    private func message(_ code: String, _ rest: String) -> String {
        #"{"commandId":"\#(code).ZTE1701000901.2017-08-14T16:50:03.342Z",\#(rest)}"#
    }

    // MARK: CMD09

    @Test("The document's granted fiscalisation")
    func granted() throws {
        let body = self.message(
            "MFP",
            #"""
            "command":{"attributes":{"cashRegisterNr":"2017/344534557",
            "statusFisc":{"code":"0","desc":"fiskalizacja poprawna"},"addressWebAPI":"https://test-e-kasy.mf.gov.pl:443",
            "sendFreqEventHub":7200,"checkFreqWebApi":1800,"shippmentType":"PA;FA;RD;WN"}}
            """#)
        for mode in [ReadingMode.lenient, .strict] {
            guard case .answered(.granted(let grant), let leniencies) = self.reply(try self.fiscalise, 200, body, mode)
            else {
                Issue.record("not granted")
                return
            }
            #expect(grant.registrationNumber.text == "2017/344534557")
            #expect(grant.webApiAddress == "https://test-e-kasy.mf.gov.pl:443")
            #expect(grant.sendFreqEventHub == .every(seconds: 7_200))
            #expect(grant.checkFreqWebApi.seconds == 1_800)
            #expect(grant.shipmentTypes.types == [.pa, .fa, .rd, .wn])
            #expect(leniencies.isEmpty)
        }
    }

    @Test("The document's refusal, whose members lie on the wrong level, is a refusal with its code")
    func refused() throws {
        let body = self.message(
            "MFP",
            #"""
            "command":{"attributes":{"cashRegisterNr":"",
            "statusFisc":{"code":"4","desc":"odmowa fiskalizacji, bledny numer NIP"}}},
            "addressWebAPI":"","sendFreqEventHub":-2,"checkFreqWebApi":-2,"shipmentType":""
            """#)
        let refusal = FiscalisationAnswer.refused(
            FiscalisationStatus(rawValue: 4), desc: "odmowa fiskalizacji, bledny numer NIP")
        #expect(self.reply(try self.fiscalise, 200, body) == .answered(refusal, []))
    }

    private func grantBody(_ change: (inout [String: String]) -> Void) -> String {
        var members = [
            "cashRegisterNr": #""2017/344534557""#, "statusFisc": #"{"code":"00","desc":"Sukces"}"#,
            "addressWebAPI": #""https://test-e-kasy.mf.gov.pl:443""#, "sendFreqEventHub": "0",
            "checkFreqWebApi": "60", "shippmentType": #""ALL""#,
        ]
        change(&members)
        let list = members.sorted { $0.key < $1.key }.map { #""\#($0.key)":\#($0.value)"# }.joined(separator: ",")
        return self.message("MFP", #""command":{"attributes":{\#(list)}}"#)
    }

    @Test("A grant that lacks something, or has it out of its limits, is no answer: nothing irreversible follows it")
    func unusableGrants() throws {
        for (name, values) in [
            "cashRegisterNr": ["null", #""""#, #""2017-344534557""#, "20170"],
            "addressWebAPI": [#""""#, #""https://a""#, #""http://test-e-kasy.mf.gov.pl:443""#],
            "sendFreqEventHub": ["-2", "-3", "59", "2678401", "1.0", #""x""#, "null"],
            "checkFreqWebApi": ["-2", "-1", "0", "59", "99999999999999999999"],
            "shippmentType": [#""""#, "5", "null"], "statusFisc": ["null", "{}", #"{"code":""}"#, #"{"code":"000"}"#],
        ] {
            for value in values + [nil] {
                let body = self.grantBody { $0[name] = value }
                guard case .unreadable(let problem) = self.reply(try self.fiscalise, 200, body) else {
                    Issue.record("\(name) \(value ?? "absent")")
                    continue
                }
                #expect(problem.field.contains(name), "\(problem)")
            }
        }
    }

    @Test("Small departures are accepted and reported; strict reading refuses them")
    func leniencies() throws {
        let changes: [(inout [String: String]) -> Void] = [
            { $0["sendFreqEventHub"] = #""7200""# }, { $0["shippmentType"] = #""PR;XX""# },
            { $0["statusFisc"] = #"{"code":0}"# }, { $0["statusfisc"] = $0.removeValue(forKey: "statusFisc") },
        ]
        for change in changes {
            let body = self.grantBody(change)
            guard case .answered(.granted, let leniencies) = self.reply(try self.fiscalise, 200, body) else {
                Issue.record("\(body)")
                continue
            }
            #expect(!leniencies.isEmpty)
            guard case .unreadable = self.reply(try self.fiscalise, 200, body, .strict) else {
                Issue.record("strict took \(body)")
                continue
            }
        }
    }

    @Test("Two spellings of the kinds of shipment may stand beside each other only when they agree")
    func spellings() throws {
        let same = self.grantBody { $0["shipmentType"] = #""ALL""# }
        guard case .answered(.granted, _) = self.reply(try self.fiscalise, 200, same) else {
            Issue.record("not granted")
            return
        }
        let other = self.grantBody { $0["shipmentType"] = #""PR""# }
        guard case .unreadable = self.reply(try self.fiscalise, 200, other) else {
            Issue.record("granted")
            return
        }
    }

    // MARK: Others

    @Test("The repository's certificates, wherever the array of the Event Hub stands; eleven are too many")
    func keys() throws {
        func text(_ party: SealParties.Party) -> String { Base64.encode(party.certificate.der) }
        func body(hub: String, outside: Bool) -> String {
            let rest =
                outside
                ? #"},"digitalCertificateAzureEventHubTLS":\#(hub)"#
                : #","digitalCertificateAzureEventHubTLS":\#(hub)}"#
            return self.message(
                "KCS",
                #""command":{"attributes":{"digitalCertificateWebApiTLS":"\#(text(self.parties.p256))","#
                    + #""digitalCertificateCPDServerTLS":"\#(text(self.parties.p384))","#
                    + #""digitalCertificateRepositoryEncrypt":"\#(text(self.parties.rsaRecipient))"\#(rest)}"#)
        }
        let command = FetchRepositoryKeys(self.unit, at: self.time)
        let one = #"["\#(text(self.parties.p521))"]"#
        for outside in [false, true] {
            guard case .answered(let keys, _) = self.reply(command, 200, body(hub: one, outside: outside)) else {
                Issue.record("no keys")
                continue
            }
            #expect(keys.webApiTLS == self.parties.p256.certificate)
            #expect(keys.cpdServerTLS == self.parties.p384.certificate)
            #expect(keys.repositoryEncrypt == self.parties.rsaRecipient.certificate)
            #expect(keys.eventHubAuthorities == [self.parties.p521.certificate])
        }
        let eleven = "[" + Array(repeating: #""\#(text(self.parties.p521))""#, count: 11).joined(separator: ",") + "]"
        for hub in ["[]", eleven, "null", #"["AAAA"]"#] {
            guard case .unreadable = self.reply(command, 200, body(hub: hub, outside: false)) else {
                Issue.record("\(hub.prefix(40))")
                continue
            }
        }
        let pem = JSON.string(self.parties.p521.certificate.pem).text
        guard case .answered(_, let leniencies) = self.reply(command, 200, body(hub: "[\(pem)]", outside: false)) else {
            Issue.record("no PEM")
            return
        }
        #expect(leniencies.count == 1)
    }

    @Test("Whether a program is admitted: 0 is yes, 1 is no, nothing else is an answer")
    func homologation() throws {
        let command = try CheckHomologation(
            self.unit, at: self.time, metadata: "A", checksum: String(repeating: "a", count: 64))
        func reply(_ status: String) -> CPDReply<Bool> {
            self.reply(command, 200, self.message("CNF", #""command":{"attributes":{"status":\#(status)}}"#))
        }
        #expect(reply("0") == .answered(true, []))
        #expect(reply("1") == .answered(false, []))
        for status in ["2", "-1", "null", "true", "0.0"] {
            guard case .unreadable = reply(status) else {
                Issue.record("\(status)")
                continue
            }
        }
    }

    @Test("The document's state of the repository, which lacks the memory's number")
    func state() throws {
        let command = FetchRepositoryState(self.unit, at: self.time)
        let address = #""addressWebAPI":"https://test-e-kasy.mf.gov.pl:443""#
        let body = self.message("GIS", #""command":{"attributes":{"maxDocId":0,\#(address)}}"#)
        guard case .answered(let state, let leniencies) = self.reply(command, 200, body) else {
            Issue.record("no state")
            return
        }
        #expect(state.maxDocID == 0 && state.maxMemoryNumber == nil && leniencies.count == 1)
        let whole = self.message(
            "GIS", #""command":{"attributes":{"maxDocId":999999999999999,"maxMemNr":999,\#(address)}}"#)
        guard case .answered(let other, let none) = self.reply(command, 200, whole, .strict) else {
            Issue.record("no state")
            return
        }
        #expect(other.maxDocID == 999_999_999_999_999 && other.maxMemoryNumber == 999 && none.isEmpty)
        for attributes in [#""maxDocId":-1"#, #""maxDocId":1000000000000000"#, #""maxDocId":1,"maxMemNr":1000"#] {
            let body = self.message("GIS", #""command":{"attributes":{\#(attributes),\#(address)}}"#)
            guard case .unreadable = self.reply(command, 200, body) else {
                Issue.record("\(attributes)")
                continue
            }
        }
    }

    @Test("The document's three shared keys, of 32 bytes each, never in a description")
    func sharedKeys() throws {
        let texts = [
            "Zn+wO38Ksr0ohXesa06VwAr7MtYWvUuEyxeMs+IZMzA=", "7YR6H0E0u1yE8Cr3VnOhq9M5nK0A+rGOXaDXJNgC7sw=",
            "gHSyfmI5j9h2OGTgz8dQJ5pSj4SONsyjRYn63mIGQUQ=",
        ]
        let list = zip(["20200120", "20200121", "20200122"], texts).map {
            #"{"forDate":"\#($0)","sharedKey":"\#($1)"}"#
        }
        func body(_ list: [String], _ cn: String = "ZTE1701000904") -> String {
            #"{"CN":"\#(cn)","sharedKeys":[\#(list.joined(separator: ","))]}"#
        }
        let command = FetchSharedKeys(try UniqueNumber("ZTE1701000904"))
        guard case .answered(let keys, let leniencies) = self.reply(command, 200, body(list), .strict) else {
            Issue.record("no keys")
            return
        }
        #expect(keys.map(\.day.compact) == ["20200120", "20200121", "20200122"])
        #expect(keys.map { Base64.encode($0.secret) } == texts)
        #expect(leniencies.isEmpty)
        #expect(!"\(keys[0])".contains("102"))
        guard case .answered(_, let reported) = self.reply(command, 200, body([list[0]])) else {
            Issue.record("one key is enough to sell today")
            return
        }
        #expect(reported.count == 1)
        for bad in [
            body(list, "ZTE1701000901"), body([]), body([#"{"forDate":"20200230","sharedKey":"\#(texts[0])"}"#]),
            body([#"{"forDate":"20200120","sharedKey":"AAAA"}"#]),
        ] {
            guard case .unreadable = self.reply(command, 200, bad) else {
                Issue.record("\(bad)")
                continue
            }
        }
    }

    @Test("A confirmation is 204; nothing else is one")
    func confirmations() throws {
        let command = ConfirmFiscalisation(self.unit, at: self.time)
        #expect(self.reply(command, 204) == .answered(CPDDone(), []))
        for status in [200, 201, 302] {
            guard case .unreadable = self.reply(command, status) else {
                Issue.record("\(status)")
                continue
            }
        }
    }

    @Test("Every code of the document with its status, as JSON, in other letter case, or inside a text")
    func refusals() throws {
        let command = try self.fiscalise
        for code in CPDErrorCode.all {
            let status = try #require(code.httpStatus)
            for body in [
                #"{"Code":"\#(code.rawValue)","Message":"x"}"#, #"{"code":"\#(code.rawValue)"}"#,
                "<html>\(code.rawValue) Bład</html>", code.rawValue,
            ] {
                guard case .refused(let refusal) = self.reply(command, status, body) else {
                    Issue.record("\(code)")
                    continue
                }
                #expect(refusal.httpStatus == status && refusal.code == code)
                #expect(refusal.isServerFailure == (status == 500 || code == .wrongOutput))
            }
        }
        guard case .refused(let refusal) = self.reply(command, 406, "AB12 E044 no code") else {
            Issue.record("no refusal")
            return
        }
        #expect(refusal.code == nil)
    }

    @Test("An answer to another call, broken JSON, or no JSON at all is unreadable")
    func unreadable() throws {
        let command = FetchRepositoryState(self.unit, at: self.time)
        for body in [
            "", "{", "[]", "null", "{}", #"{"commandId":"GIS.ZTE1701000901.2017-08-14T16:50:03.343Z","command":{}}"#,
            self.message("GIS", #""command":null"#), self.message("GIS", #""command":{"attributes":[]}"#),
        ] {
            guard case .unreadable = self.reply(command, 200, body) else {
                Issue.record("\(body)")
                continue
            }
        }
    }
}
