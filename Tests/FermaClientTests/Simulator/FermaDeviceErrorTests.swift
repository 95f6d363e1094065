import FermaClient
import FiscalCore
import FiscalSimulators
import Testing

/// Every code of the registers' table: by what deserves it, and by force.
@Suite("The simulated Ferma: errors of the register")
struct FermaDeviceErrorTests {
    /// Posts what a register should refuse, and looks that nothing was formed.
    private func code(_ edit: (inout HandmadeFermaRequest) -> Void) throws -> Int64? {
        try self.prepared({ _ in }, edit)
    }

    private func prepared(
        _ prepare: (inout FermaAuthority) -> Void, at now: FiscalInstant = FermaAuthority.noon,
        _ edit: (inout HandmadeFermaRequest) -> Void = { _ in }
    ) throws -> Int64? {
        var authority = FermaAuthority()
        prepare(&authority)
        let before = authority.documents.count
        let code = try authority.post(HandmadeFermaRequest(edit), at: now).device()
        #expect(authority.documents.count == (code == 0 ? before + 1 : before))
        return code
    }

    @Test("51: a value that the document does not allow")
    func wrongValue() throws {
        for (name, value) in [
            ("Qty", "0"), ("Qty", "-1000"), ("Price", "-1"), ("Taxid", "0"), ("Taxid", "11"), ("PayAttribute", "0"),
            ("PayAttribute", "8"), ("LineAttribute", "0"), ("LineAttribute", "28"), ("LineAttribute", "34"),
            ("AgentModes", "128"), ("AgentModes", "-1"), ("Description", #""""#), ("Description", #"" ""#),
            ("ProviderData", #"{"INN":"7707083894"}"#), ("ProviderData", #"{"INN":"770708389"}"#),
        ] {
            #expect(try self.code { $0[0, name] = value } == 51, "\(name) \(value)")
        }
        for (name, value) in [
            ("NonCash", "[78850,0,0,0]"), ("NonCash", "[-1,78851]"), ("Cash", "-1"), ("PaymentAgentModes", "128"),
            ("PaymentAgentModes", "-1"), ("TaxMode", "3"), ("TaxMode", "64"), ("TaxMode", "2"),
        ] {
            #expect(try self.code { $0[name] = value } == 51, "\(name) \(value)")
        }
    }

    @Test("51: sums beyond 64 bits are refused, not computed wrongly")
    func overflow() throws {
        #expect(
            try self.code {
                $0[0, "Price"] = "9223372036854775807"
                $0.lines.append($0.lines[0])
            } == 51)
        #expect(try self.code { $0["NonCash"] = "[9223372036854775807,1]" } == 51)
        #expect(try self.code { $0[0, "Qty"] = "9223372036854775807" } == 51)
    }

    @Test("51: telephone numbers and addresses in another form than the two of the document")
    func buyer() throws {
        for buyer in [
            "abc", "+79878985623", "89878985623", "7987898562", "798789856233", "7-987-89-85-623", "7 987 8985623",
            "a@b", "@b.ru", "a@.ru", "a@@b.ru", "a b@c.ru", String(repeating: "a", count: 60) + "@b.ru",
        ] {
            #expect(try self.code { $0["PhoneOrEmail"] = "\"\(buyer)\"" } == 51, "\(buyer)")
        }
        for buyer in ["79878985623", "7-987-898-56-23", "a@b.ru", String(repeating: "a", count: 59) + "@b.ru"] {
            #expect(try self.code { $0["PhoneOrEmail"] = "\"\(buyer)\"" } == 0, "\(buyer)")
        }
        #expect(try self.code { $0["PhoneOrEmail"] = nil } == 0)
    }

    @Test("51: a text longer than the format of fiscal documents has room for, or not in code page 866")
    func texts() throws {
        for (length, code) in [(128, 0), (129, 51)] as [(Int, Int64)] {
            #expect(try self.code { $0[0, "Description"] = "\"\(String(repeating: "я", count: length))\"" } == code)
            #expect(try self.code { $0["Place"] = "\"\(String(repeating: "ё", count: length * 2))\"" } == code)
        }
        for text in ["—", "«»", "€", "☕", "и\u{306}", "a\\nb", "a\\u0000"] {
            #expect(try self.code { $0[0, "Description"] = "\"a\(text)\"" } == 51, "\(text)")
            #expect(try self.code { $0["Place"] = "\"a\(text)\"" } == 51, "\(text)")
        }
        #expect(try self.code { $0[0, "Description"] = "\"Ёлка № 5 °\"" } == 0)
    }

    @Test("52: a member that has to be there")
    func missing() throws {
        for name in ["DocumentType", "NonCash"] { #expect(try self.code { $0[name] = nil } == 52, "\(name)") }
        for name in ["Qty", "Price", "Taxid", "Description"] {
            #expect(try self.code { $0[0, name] = nil } == 52, "\(name)")
        }
    }

    @Test("52: registered for two taxation systems, a receipt has to name one of them")
    func taxMode() throws {
        for (mode, code) in [(nil, 52), ("0", 52), ("1", 0), ("2", 0), ("3", 51), ("4", 51)] as [(String?, Int64)] {
            #expect(try self.prepared({ $0.registers[0].taxModes = 3 }) { $0["TaxMode"] = mode } == code)
        }
        #expect(try self.code { $0["TaxMode"] = "1" } == 0)
    }

    @Test("73: another document type than the four")
    func documentType() throws {
        for type in ["-1", "4", "9"] { #expect(try self.code { $0["DocumentType"] = type } == 73) }
    }

    @Test("69, 77: a kopeck too little of all payments, a kopeck too much of non-cash ones; cash may be more")
    func payments() throws {
        #expect(try self.code { $0["NonCash"] = "[78849]" } == 69)
        #expect(try self.code { $0["NonCash"] = "[78850,1,0]" } == 77)
        #expect(try self.code { $0["NonCash"] = "[]" } == 69)
        #expect(
            try self.code {
                $0["NonCash"] = "[]"; $0["Cash"] = "78850"
            } == 0)
        #expect(
            try self.code {
                $0["NonCash"] = "[78849]"; $0["Cash"] = "1"
            } == 0)
        #expect(
            try self.code {
                $0["NonCash"] = "[850]"; $0["Cash"] = "100000"
            } == 0)
        // Cash does not make up for too much of the others.
        #expect(
            try self.code {
                $0["NonCash"] = "[78851]"; $0["Cash"] = "100000"
            } == 77)
    }

    @Test("142, 208: a total of zero, no lines")
    func empty() throws {
        #expect(
            try self.code {
                $0[0, "Price"] = "0"; $0["NonCash"] = "[0]"
            } == 142)
        #expect(
            try self.code {
                $0[0, "Qty"] = "1"; $0[0, "Price"] = "499"; $0["NonCash"] = "[0]"
            } == 142)
        #expect(try self.code { $0["Lines"] = "[]" } == 208)
        #expect(try self.code { $0["Lines"] = nil } == 208)
    }

    @Test("51: a repayment of credit stands alone")
    func creditRepayment() throws {
        #expect(try self.code { $0[0, "PayAttribute"] = "7" } == 0)
        #expect(
            try self.code {
                $0[0, "PayAttribute"] = "7"
                $0.lines.append(HandmadeFermaRequest.line)
                $0["NonCash"] = "[157700]"
            } == 51)
    }

    @Test("70: what is paid out in cash has to be in the drawer, for an expense and for an income taken back")
    func drawer() throws {
        for type in ["1", "2"] {
            for (drawer, code) in [(78_849, 70), (78_850, 0)] as [(Int64, Int64)] {
                #expect(
                    try self.prepared({ $0.registers[0].drawer = drawer }) {
                        $0["DocumentType"] = type
                        $0["NonCash"] = "[0]"
                        $0["Cash"] = "78850"
                    } == code)
            }
            #expect(try self.code { $0["DocumentType"] = type } == 0)
        }
    }

    @Test("The drawer holds what came in, without the change, and gives out what is paid out")
    func drawerGoesOn() throws {
        var authority = FermaAuthority()
        for (type, cash, drawer) in [
            (0, 100_000, 78_850), (0, 78_850, 157_700), (2, 78_850, 78_850), (3, 78_850, 157_700), (1, 78_850, 78_850),
        ] {
            let id = authority.requests.count
            _ = try authority.form {
                $0["Requestid"] = "\"\(id)\""
                $0["DocumentType"] = "\(type)"
                $0["NonCash"] = "[0]"
                $0["Cash"] = "\(cash)"
            }
            #expect(authority.registers[0].drawer == Int64(drawer))
        }
    }

    @Test("238: an enterprise that is not of the certificate")
    func group() throws {
        #expect(try self.code { $0["Group"] = "\"2\"" } == 238)
        #expect(try self.code { $0["Group"] = "\"1\"" } == 0)
        #expect(try self.prepared({ $0.caller = FermaCaller(groups: ["2"]) }) { $0["Group"] = "\"1\"" } == 238)
    }

    @Test("22: a shift of more than 24 hours; closed, the same request forms its document")
    func longShift() throws {
        var authority = FermaAuthority()
        authority.rules.closesShiftAfterSeconds = nil
        _ = try authority.form()
        let second = HandmadeFermaRequest { $0["Requestid"] = "\"2\"" }
        let third = HandmadeFermaRequest { $0["Requestid"] = "\"3\"" }
        #expect(try authority.post(second, at: FermaAuthority.noon + .seconds(86_400)).device() == 0)
        #expect(try authority.post(third, at: FermaAuthority.noon + .seconds(86_401)).device() == 22)
        authority.registers[0].closeShift()
        #expect(try authority.post(third, at: FermaAuthority.noon + .seconds(86_402)).device() == 0)
        #expect(authority.documents.map(\.shift) == [1, 1, 2])
        #expect(authority.documents.map(\.receiptNumber) == [1, 2, 1])
        // Opening and closing a shift are documents too.
        #expect(authority.documents.map(\.number) == [2, 3, 6])
    }

    @Test("The service closes a shift by itself after 86,000 seconds")
    func shiftClosed() throws {
        var authority = FermaAuthority()
        _ = try authority.form()
        for (id, seconds) in [(2, 85_999), (3, 86_000)] as [(Int, Int64)] {
            let request = HandmadeFermaRequest { $0["Requestid"] = "\"\(id)\"" }
            #expect(try authority.post(request, at: FermaAuthority.noon + .seconds(seconds)).device() == 0)
        }
        #expect(authority.documents.map(\.shift) == [1, 1, 2])
    }

    @Test("23: the clock jumped by more than five minutes between two operations, whichever way")
    func clockJump() throws {
        for (jump, code) in [(300, 0), (-300, 0), (301, 23), (-301, 23), (360, 23)] as [(Int64, Int64)] {
            #expect(
                try self.prepared({ authority in
                    _ = authority.post(HandmadeFermaRequest { $0["Requestid"] = "\"1\"" })
                    authority.registers[0].clockErrorSeconds = jump
                }) == code)
        }
        // A clock that was wrong all the time did not jump.
        #expect(try self.prepared({ $0.registers[0].clockErrorSeconds = 3600 }) == 0)
    }

    @Test("207: a clock from before the register's registration")
    func wrongClock() throws {
        let age = (FermaAuthority.noon - FermaRegister().registeredAt).components.seconds
        #expect(try self.prepared({ $0.registers[0].clockErrorSeconds = -age }) == 0)
        #expect(try self.prepared({ $0.registers[0].clockErrorSeconds = -age - 1 }) == 207)
    }

    @Test("5, 6, 20: the drive is too old, is full, has no room for what waits for the operator")
    func drive() throws {
        let noon = FermaAuthority.noon
        #expect(try self.prepared({ $0.registers[0].driveEndsAt = noon }) == 0)
        #expect(try self.prepared({ $0.registers[0].driveEndsAt = noon }, at: noon + .milliseconds(1)) == 5)
        #expect(try self.prepared({ $0.registers[0].driveCapacity = 0 }) == 6)
        var authority = FermaAuthority()
        authority.registers[0].waitingCapacity = 1
        _ = try authority.form()
        let second = HandmadeFermaRequest { $0["Requestid"] = "\"2\"" }
        #expect(try authority.post(second).device() == 20)
        authority.registers[0].handOver()
        #expect(try authority.post(second).device() == 0)
    }

    @Test("80, 239, 255: printing, the rent is over, out of order; afterwards the same request forms its document")
    func state() throws {
        for (code, prepare, mend) in [
            (80, { $0.isPrinting = true }, { $0.isPrinting = false }),
            (239, { $0.rentEndsAt = FermaAuthority.noon - .seconds(1) }, { $0.rentEndsAt = nil }),
            (255, { $0.isBroken = true }, { $0.isBroken = false }),
        ] as [(Int64, (inout FermaRegister) -> Void, (inout FermaRegister) -> Void)] {
            var authority = FermaAuthority()
            prepare(&authority.registers[0])
            let json = try authority.post(HandmadeFermaRequest()).json()
            #expect(json["Response"]?["Error"]?.integer == code && json["Fatal"] == .bool(code != 80))
            mend(&authority.registers[0])
            #expect(try authority.post(HandmadeFermaRequest()).device() == 0)
        }
    }

    @Test("242, 243, 245, 246, 94: what the service would never have let through to a register")
    func ownDoor() throws {
        var authority = FermaAuthority()
        func post(_ text: String, _ command: String = "Complex") throws -> Int64? {
            let request = FermaAuthority.request(text, path: FermaAuthority.commandPath + command)
            return try authority.receive(request, atRegister: 0, at: FermaAuthority.noon).device()
        }
        let nameless = HandmadeFermaRequest { $0["Requestid"] = nil }.text
        #expect(try post("{}") == 242)
        #expect(try post(nameless) == 243)
        #expect(try post(nameless, "Batch") == 245)
        #expect(try post("{") == 246)
        #expect(try post("{\"Lines\":1}") == 246)
        #expect(try post(HandmadeFermaRequest().text, "Dance") == 94)
        #expect(try post(HandmadeFermaRequest().text, "Batch") == 55)
        #expect(
            try post(
                HandmadeFermaRequest {
                    $0["Device"] = nil; $0["NonCash"] = "[1]"
                }.text) == 69)
        // A refusal of the data for good holds, past the service and through it.
        #expect(try post(HandmadeFermaRequest().text) == 69)
        #expect(try authority.post(HandmadeFermaRequest()).device() == 69)
        #expect(try post(HandmadeFermaRequest { $0["Requestid"] = "\"2\"" }.text) == 0)
        #expect(try post(HandmadeFermaRequest { $0["Requestid"] = "\"2\"" }.text) == 0)
        #expect(authority.documents.count == 1)
        #expect(authority.receive(FermaAuthority.request("{}"), atRegister: 1, at: FermaAuthority.noon) == .lost)
    }

    @Test("Every code of the table, and others too, can be said of a good request; the answer holds code and text")
    func forced() throws {
        #expect(DeviceError.listed.count == 64)
        for code in DeviceError.listed.map(\.code) + [10, 15, 19, 24, 31, 251, 1000] {
            var authority = FermaAuthority()
            authority.faults.add(.device(code: code))
            let reply = authority.post(HandmadeFermaRequest())
            #expect(try reply.device() == Int64(code))
            let json = try reply.json()
            #expect(
                json["Response"]?["ErrorMessages"]?.array
                    == [.string(DeviceError(code: code).text ?? "Ошибка устройства \(code)")])
            #expect(json["QR"] == nil && json["FiscalDocNumber"] == nil)
            #expect(authority.documents.isEmpty)
        }
    }

    @Test(
        "Fatal says that a repeat leads to the same error: internal and fatal faults, wrong data, an ended drive or rent"
    )
    func fatal() throws {
        var found: [Int] = []
        for code in DeviceError.listed.map(\.code) {
            var authority = FermaAuthority()
            authority.faults.add(.device(code: code))
            if try authority.post(HandmadeFermaRequest()).json()["Fatal"] == true { found.append(code) }
        }
        #expect(
            found == [
                5, 6, 18, 51, 52, 55, 57, 69, 73, 77, 94, 142, 208, 238, 239, 241, 242, 243, 245, 246, 255,
            ])
        for isFatal in [false, true] {
            var authority = FermaAuthority()
            authority.faults.add(.device(code: 79, fatal: isFatal))
            #expect(try authority.post(HandmadeFermaRequest()).json()["Fatal"] == .bool(isFatal))
        }
    }

    @Test(
        "A refusal of the data for good is remembered, also a forced one; after any other code the same request is carried out"
    )
    func remembered() throws {
        let definite = [51, 52, 55, 69, 73, 77, 94, 142, 208, 238, 241, 242, 243, 245, 246]
        for code in DeviceError.listed.map(\.code) {
            var authority = FermaAuthority()
            authority.faults.add(.device(code: code))
            _ = authority.post(HandmadeFermaRequest())
            #expect(try authority.post(HandmadeFermaRequest()).device() == (definite.contains(code) ? Int64(code) : 0))
        }
        // A natural one too: corrected data under the same identity get the refusal of the old ones.
        var authority = FermaAuthority()
        #expect(try authority.post(HandmadeFermaRequest { $0["NonCash"] = "[1]" }).device() == 69)
        #expect(try authority.post(HandmadeFermaRequest()).device() == 69)
        #expect(try authority.post(HandmadeFermaRequest { $0["Requestid"] = "\"2\"" }).device() == 0)
    }

    @Test("After 57 with a document the same request brings the document")
    func hiddenDocument() throws {
        for code in [57, 200, 240, 244, 250, 255] {
            var authority = FermaAuthority()
            authority.faults.add(.device(code: code, formed: true))
            #expect(try authority.post(HandmadeFermaRequest()).device() == Int64(code))
            #expect(authority.documents.count == 1)
            let json = try authority.post(HandmadeFermaRequest()).json()
            #expect(json["FiscalDocNumber"]?.integer == authority.documents[0].number)
            #expect(authority.documents.count == 1)
        }
    }
}
