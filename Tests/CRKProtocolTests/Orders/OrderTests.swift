import CRKProtocol
import FiscalCore
import Testing

@Suite("Orders of the repository, out of their seal")
struct OrderTests {
    private let unit: UniqueNumber
    private let parties: SealParties

    init() throws {
        self.unit = try UniqueNumber("ZTE1701000901")
        self.parties = try SealParties.shared.get()
    }

    private func order(
        _ code: String, _ plain: String, _ kind: RegisterKind = .hardware, mode: ReadingMode = .lenient,
        time: String = "2017-08-14T16:50:03.342Z", unit: String = "ZTE1701000901"
    ) throws -> (order: Order, leniencies: [Leniency]) {
        var profile = SealingProfile()
        profile.compression = .none
        let sealed = try self.parties.seal(Array(plain.utf8), profile)
        let order = SealedOrder(commandID: "\(code).\(unit).\(time)", encryptedCommand: sealed)
        return try order.opened(for: self.unit, kind, mode: mode) { (text) throws(SealError) in
            try self.parties.open(text, profile)
        }
    }

    private func attributes(_ members: String) -> String { #"{"attributes":{\#(members)}}"# }

    private func expectFault(
        _ code: String, _ members: String, _ kind: RegisterKind = .hardware, mode: ReadingMode = .lenient
    ) {
        let fault = #expect(throws: OrderFault.self, "\(members)") {
            try self.order(code, self.attributes(members), kind, mode: mode)
        }
        #expect(fault?.text.isEmpty == false)
    }

    // MARK: The four orders

    @Test("CMD01 calls KCS and KFD; CNF only in software; nothing else")
    func callService() throws {
        func name(_ text: String) -> String { #""CPDServiceName":"\#(text)""# }
        for (text, code) in [("KCS", CommandCode.kcs), ("KFD", .kfd)] {
            for kind in RegisterKind.allCases {
                #expect(try self.order("CCS", self.attributes(name(text)), kind).order == .callService(code))
            }
        }
        #expect(try self.order("CCS", self.attributes(name("CNF")), .software).order == .callService(.cnf))
        self.expectFault("CCS", name("CNF"), .hardware)
        for text in ["MFP", "EFL", "GIS", "TCS", "FPD", "DFD", "CCS", "KC", "KCSX", "kcs", ""] {
            for kind in RegisterKind.allCases { self.expectFault("CCS", name(text), kind) }
        }
        self.expectFault("CCS", "")
    }

    @Test("CMD02 in both spellings, its members in any order")
    func timetable() throws {
        let expected = Order.setTimetable(
            Timetable(
                sendFreqEventHub: .every(seconds: 7_200), checkFreqWebApi: try WebApiSchedule(1_800),
                shipmentTypes: ShipmentTypes([.pa, .fa, .rd, .wn])))
        for members in [
            #""sendFreqEventHub":7200,"checkFreqWebApi":1800,"shippmentType":"PA;FA;RD;WN""#,
            #""shipmentType":"PA;FA;RD;WN","checkFreqWebApi":1800,"sendFreqEventHub":7200"#,
        ] {
            #expect(try self.order("TFD", self.attributes(members), mode: .strict).order == expected)
        }
    }

    @Test("One bad attribute of CMD02 refuses all three")
    func badTimetables() {
        func members(_ send: String = "0", _ check: String = "60", _ types: String = #""FK""#) -> String {
            #""sendFreqEventHub":\#(send),"checkFreqWebApi":\#(check),"shipmentType":\#(types)"#
        }
        for send in ["-2", "-3", "1", "59", "2678401", "null", "1.0"] { self.expectFault("TFD", members(send)) }
        for check in ["-2", "-1", "0", "59", "2678401"] { self.expectFault("TFD", members("0", check)) }
        for types in [#""""#, #""XX""#, #""PR;XX""#, #""pr""#, "5", #""\#(String(repeating: "PR;", count: 11))""#] {
            self.expectFault("TFD", members("0", "60", types))
        }
        self.expectFault("TFD", members() + #","shippmentType":"PR""#)
        self.expectFault("TFD", #""sendFreqEventHub":0,"checkFreqWebApi":60"#)
        self.expectFault("TFD", members(#""7200""#), mode: .strict)
    }

    @Test("CMD03: off, always, or above an amount")
    func qrCode() throws {
        func rule(_ number: String) throws -> QRCodeRule? {
            guard case .controlQRCode(let rule) = try self.order("CQC", self.attributes(#""qrCode":\#(number)"#)).order
            else { return nil }
            return rule
        }
        #expect(try rule("-1") == .off && rule("0") == .always && rule("1") == .above(grosze: 1))
        let rule1000 = try #require(try rule("1000"))
        #expect(!rule1000.prints(total: 1_000) && rule1000.prints(total: 1_001))
        #expect(try rule("2678400") == .above(grosze: 2_678_400))
        #expect(QRCodeRule.always.prints(total: 1) && !QRCodeRule.off.prints(total: 99_999_999))
        for number in ["-2", "2678401", "null", #""x""#] { self.expectFault("CQC", #""qrCode":\#(number)"#) }
    }

    @Test("CMD06: one range, and kinds of shipment")
    func documents() throws {
        let order = try self.order(
            "DDD", self.attributes(#""scope":"41324-41333","shipmentType":"RF;PA;FA;RD;WN""#), mode: .strict)
        guard case .sendDocuments(let range, let types) = order.order else {
            Issue.record("\(order)")
            return
        }
        #expect(range.first == 41_324 && range.last == 41_333 && types.types == [.rf, .pa, .fa, .rd, .wn])
        #expect(try DocumentRange("1-1").contains(1))
        #expect(try DocumentRange("999999999999999-999999999999999").last == 999_999_999_999_999)
        for scope in [
            "5", "1-2;4-5", "9-3", "a-b", "0-5", "-5", "1-", "1--2", " 1-2", "1-1000000000000000", "+1-2", "١-٢",
        ] {
            self.expectFault("DDD", #""scope":"\#(scope)","shipmentType":"ALL""#)
        }
        self.expectFault("DDD", #""scope":"1-2","shipmentType":"ZZ""#)
        self.expectFault("DDD", #""scope":"1-2","shipmentType":"""#)
    }

    // MARK: The envelope

    @Test("An order in plain, for another register, of an unknown or a foreign kind, is not executed")
    func foreign() throws {
        let plain = SealedOrder(commandID: "CQC.ZTE1701000901.2017-08-14T16:50:03.342Z", encryptedCommand: nil)
        #expect(throws: OrderFault.self) {
            try plain.opened(for: self.unit, .hardware) { _ throws(SealError) in
                Array(#"{"attributes":{"qrCode":1}}"#.utf8)
            }
        }
        let members = self.attributes(#""qrCode":1"#)
        #expect(throws: OrderFault.self) { try self.order("CQC", members, unit: "ZTE1701000902") }
        for code in ["KCS", "KFD", "MFP", "DFD", "ABC", ""] {
            #expect(throws: OrderFault.self) { try self.order(code, members) }
        }
        #expect(throws: OrderFault.self) { try self.order("CQC", members, time: "yesterday") }
    }

    @Test("A fraction with another number of digits is executed, and reported")
    func fractions() throws {
        for time in ["2017-08-14T16:50:03Z", "2017-08-14T16:50:03.34Z", "2017-08-14T16:50:03.3421234Z"] {
            let read = try self.order("CQC", self.attributes(#""qrCode":1"#), time: time)
            #expect(read.leniencies.map(\.field) == ["commandId"])
            #expect(throws: OrderFault.self) {
                try self.order("CQC", self.attributes(#""qrCode":1"#), mode: .strict, time: time)
            }
        }
    }

    @Test("A broken seal, and one of somebody else's, is not executed and not explained")
    func broken() throws {
        let sealed = try self.parties.seal(Array(self.attributes(#""qrCode":1"#).utf8), .unverified)
        var damaged = Array(sealed)
        damaged[damaged.count - 5] = damaged[damaged.count - 5] == "A" ? "B" : "A"
        let order = SealedOrder(
            commandID: "CQC.ZTE1701000901.2017-08-14T16:50:03.342Z", encryptedCommand: String(damaged))
        let fault = #expect(throws: OrderFault.self) {
            try order.opened(for: self.unit, .hardware) { (text) throws(SealError) in
                try self.parties.open(text, .unverified)
            }
        }
        #expect(fault?.text == "the command could not be opened")
    }

    @Test("What is inside may also be a whole command, with the same commandId")
    func shapes() throws {
        let command = #""command":{"attributes":{"qrCode":5}}"#
        let id = "CQC.ZTE1701000901.2017-08-14T16:50:03.342Z"
        for plain in ["{\(command)}", #"{"commandId":"\#(id)",\#(command)}"#] {
            let read = try self.order("CQC", plain)
            #expect(read.order == .controlQRCode(.above(grosze: 5)) && !read.leniencies.isEmpty)
            #expect(throws: OrderFault.self) { try self.order("CQC", plain, mode: .strict) }
        }
        for plain in [
            #"{"commandId":"\#(id.replacing("3.342", with: "3.343"))",\#(command)}"#, "[]", "", "{}",
            #"{"attributes":5}"#,
        ] {
            #expect(throws: OrderFault.self) { try self.order("CQC", plain) }
        }
    }
}
