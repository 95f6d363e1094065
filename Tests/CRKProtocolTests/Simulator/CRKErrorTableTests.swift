import CRKProtocol
import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import Testing

/// Every line of the error tables, by what deserves it and by force; by hand and through the library.
@Suite("The simulated CRK: errors of the CPD server")
struct CRKErrorTableTests {
    private let repository: SimulatedRepository

    init() throws {
        self.repository = try SimulatedRepository.shared.get()
    }

    // MARK: By hand

    /// The request that a command is, by hand.
    private func reply(
        to line: CPDErrorLine, from register: CRKCredentials, id: String? = nil, over client: CRKCredentials? = nil,
        _ authority: inout CRKAuthority
    ) -> SimulatedReply {
        let id = id ?? register.id(line.command)
        let client = client ?? register
        switch line.command {
        case "KCS", "TCS", "GIS": return authority.get("?commandId=\(id)", client)
        case "CNF": return authority.get(register.cnf.replacing(register.id("CNF"), with: id), client)
        case "KFD": return authority.post(register.kfd().replacing(register.id("KFD"), with: id), client)
        case "MFP": return authority.post(register.mfp().replacing(register.id("MFP"), with: id), client)
        case "FPD": return authority.post(register.fpd.replacing(register.id("FPD"), with: id), client)
        case "EFL": return authority.post(register.efl().replacing(register.id("EFL"), with: id), client)
        default: return authority.ask(.cpd, CRKAuthority.request(.get, "/api/SerwerCPD/SharedKey"), client)
        }
    }

    /// A register that the command is good for.
    private func prepared(_ line: CPDErrorLine, _ authority: inout CRKAuthority) -> CRKCredentials {
        let device = self.repository.device
        switch line.command {
        case "MFP": authority.bring(device, to: nil)
        case "GIS", "FPD": authority.bring(device, to: .begun)
        case "EFL": authority.bring(device, to: .fiscalised)
        case "SharedKey": return self.repository.software
        default: break
        }
        return device
    }

    private func provoked(_ line: CPDErrorLine, _ authority: inout CRKAuthority) throws -> SimulatedReply {
        let (device, other, software) = (self.repository.device, self.repository.otherDevice, self.repository.software)
        let isGet = ["KCS", "CNF", "TCS", "GIS"].contains(line.command)
        switch line.cause {
        case .injected:
            let register = self.prepared(line, &authority)
            authority.faults.add(
                .error(code: line.code, text: line.code == "E05" ? "ORA-01017" : nil), for: line.command)
            return self.reply(to: line, from: register, &authority)
        case .identifier(let letters):
            let register = self.prepared(line, &authority)
            return self.reply(to: line, from: register, id: register.id(letters), &authority)
        case .malformedID:
            let register = self.prepared(line, &authority)
            return self.reply(
                to: line, from: register, id: "\(line.command).ZTE170100090.\(SimulatedRepository.noonText)", &authority
            )
        case .noCommandID: return isGet ? authority.get("", device) : authority.post("{}", device)
        case .brokenJSON: return authority.post("{\"commandId\":\"\(device.id(line.command))\"", device)
        case .noChecksum:
            return authority.get("?commandId=\(device.id("CNF"))&firmwareMetadata=v1", device)
        case .longTaxpayer:
            authority.bring(device, to: nil)
            return authority.post(device.mfp(nip: "33600024581"), device)
        case .noLastDocument:
            authority.bring(device, to: .fiscalised)
            return authority.post(device.message("EFL", #""reasonReadOnly":0"#), device)
        case .outsideOfPool: return self.reply(to: line, from: self.repository.stranger, &authority)
        case .noRepositoryCertificates:
            authority.rules.hasRepositoryCertificates = false
            return self.reply(to: line, from: device, &authority)
        case .codeOfAnother:
            let register = self.prepared(line, &authority)
            return self.reply(to: line, from: register, over: other, &authority)
        case .certificatesOfAnother:
            authority.bring(device, to: nil)
            // All of them are another's, or the one for orders alone.
            let all = device.kfd().replacing(device.id("KFD"), with: other.id("KFD"))
            #expect(try authority.post(all, other).refusal()[1] == "B10")
            let foreign = Base64.encode(device.encryptCertificate.der)
            return authority.post(
                other.kfd().replacing(Base64.encode(other.encryptCertificate.der), with: foreign), other)
        case .otherTaxpayerInCertificate:
            authority.bring(software, to: .fiscalised)
            return authority.post(self.repository.movedSoftware.kfd(), software)
        case .noCertificatesSent, .notBegun: return self.reply(to: line, from: device, &authority)
        case .otherTaxpayer:
            authority.bring(software, to: nil)
            #expect(authority.get(software.cnf, software).status == 200)
            return authority.post(software.mfp(nip: "3360002458"), software)
        case .programNotVerified:
            authority.bring(software, to: nil)
            return authority.post(software.mfp(), software)
        case .notFiscalised:
            #expect(try self.reply(to: line, from: device, &authority).refusal()[1] == "B09")
            authority.bring(device, to: .begun)
            return self.reply(to: line, from: device, &authority)
        }
    }

    @Test(
        "Every line comes to the request that deserves it, in the spelling of its own table",
        arguments: CPDErrorLine.all)
    func byHand(_ line: CPDErrorLine) throws {
        var authority = self.repository.authority
        authority.rules.unnamedCommand = line.command
        let reply = try self.provoked(line, &authority)
        // The text of the error follows.
        let message = line.message + (line.cause.isInjected && line.code == "E05" ? " ORA-01017" : "")
        #expect(try reply.refusal() == ["\(line.status)", line.code, message])
        #expect(authority.ledger.requests.last?.fault != nil || authority.ledger.requests.last?.code == line.code)
    }

    // MARK: Through the library

    private func send<Command: CPDCommand>(
        _ command: Command, _ client: CRKCredentials, _ authority: CRKAuthority
    ) async throws -> CPDRefusal? {
        let link = CRKAuthorityLink(authority, clock: ManualClock(SimulatedRepository.noon))
        let transport = try CRKLinkTransports(link, client).transport(
            for: .cpd, trusting: self.repository.identity.anchors)
        let response = try await transport.exchange(
            try command.request(to: authority.addresses.cpd), timeout: .seconds(5))
        guard case .refused(let refusal) = command.reply(response, .strict) else { return nil }
        return refusal
    }

    /// The library's own command.
    private func refusal(
        _ line: CPDErrorLine, _ register: CRKCredentials, over client: CRKCredentials? = nil, _ authority: CRKAuthority
    ) async throws -> CPDRefusal? {
        let (unit, now) = (register.unit, SimulatedRepository.noon)
        let client = client ?? register
        switch line.command {
        case "KCS": return try await self.send(FetchRepositoryKeys(unit, at: now), client, authority)
        case "KFD":
            let command = SendRegisterCertificates(
                unit, at: now, tls: register.tlsCertificate, encrypt: register.encryptCertificate)
            return try await self.send(command, client, authority)
        case "MFP":
            let parameters = try MakeFiscalisation.Parameters(
                serialNumber: "SN-1", taxpayer: NIP("5260250274"), technician: "Login434534")
            return try await self.send(MakeFiscalisation(unit, at: now, parameters), client, authority)
        case "CNF":
            let command = try CheckHomologation(
                unit, at: now, metadata: "v1", checksum: String(repeating: "a0", count: 32))
            return try await self.send(command, client, authority)
        case "TCS": return try await self.send(TestCPDServer(unit, at: now), client, authority)
        case "GIS": return try await self.send(FetchRepositoryState(unit, at: now), client, authority)
        case "FPD": return try await self.send(ConfirmFiscalisation(unit, at: now), client, authority)
        case "EFL":
            let command = try EndOfFiscalLife(unit, at: now, reason: .memoryFull, lastJPKID: 1)
            return try await self.send(command, client, authority)
        default: return try await self.send(FetchSharedKeys(unit), client, authority)
        }
    }

    @Test(
        "The library makes of every line an error of its command with exactly HTTP status, Code and text",
        arguments: CPDErrorLine.all)
    func throughTheLibrary(_ line: CPDErrorLine) async throws {
        var authority = self.repository.authority
        let refusal: CPDRefusal?
        switch line.cause {
        case .outsideOfPool: refusal = try await self.refusal(line, self.repository.stranger, authority)
        case .noRepositoryCertificates:
            authority.rules.hasRepositoryCertificates = false
            refusal = try await self.refusal(line, self.repository.device, authority)
        case .codeOfAnother:
            let register = self.prepared(line, &authority)
            refusal = try await self.refusal(line, register, over: self.repository.otherDevice, authority)
        case .certificatesOfAnother:
            authority.bring(self.repository.device, to: nil)
            let other = self.repository.otherDevice
            let command = SendRegisterCertificates(
                other.unit, at: SimulatedRepository.noon, tls: other.tlsCertificate,
                encrypt: self.repository.device.encryptCertificate)
            refusal = try await self.send(command, other, authority)
        case .otherTaxpayerInCertificate:
            authority.bring(self.repository.software, to: .fiscalised)
            refusal = try await self.refusal(line, self.repository.movedSoftware, authority)
        case .noCertificatesSent, .notBegun, .notFiscalised:
            refusal = try await self.refusal(line, self.repository.device, authority)
        case .otherTaxpayer:
            authority.bring(self.repository.movedSoftware, to: nil)
            #expect(authority.get(self.repository.movedSoftware.cnf, self.repository.movedSoftware).status == 200)
            refusal = try await self.refusal(line, self.repository.movedSoftware, authority)
        case .programNotVerified:
            authority.bring(self.repository.software, to: nil)
            refusal = try await self.refusal(line, self.repository.software, authority)
        default:
            let register = self.prepared(line, &authority)
            authority.faults.add(
                .error(code: line.code, text: line.code == "E05" ? "ORA-01017" : nil), for: line.command)
            refusal = try await self.refusal(line, register, authority)
        }
        let message = line.message + (line.code == "E05" ? " ORA-01017" : "")
        #expect(
            refusal
                == CPDRefusal(
                    httpStatus: line.status, code: CPDErrorCode(rawValue: line.code), message: message))
    }

    // MARK: What is not refused

    @Test("B04, B11 and B12 never come to a device, B04 to nobody unless told so")
    func neverForDevices() throws {
        var authority = self.repository.authority
        // A device with a NIP in its certificate that is not its taxpayer's, and without CMD10.
        let moved = self.repository.movedDevice
        authority.bring(moved, to: nil)
        #expect(
            try authority.post(moved.mfp(nip: "5260250274", technician: "nobody"), moved).fiscalisationStatus() == "00")
        #expect(authority.post(moved.fpd, moved).status == 204)
        #expect(authority.post(moved.kfd(), moved).status == 204)
        // Nor does B11 come to a program that is not fiscalised yet.
        authority.bring(self.repository.software, to: .begun)
        #expect(authority.post(self.repository.movedSoftware.kfd(), self.repository.software).status == 204)
        authority.rules.technicians = ["Login434534"]
        let other = self.repository.otherDevice
        authority.bring(other, to: nil)
        #expect(try authority.post(other.mfp(technician: "nobody"), other).refusal()[1] == "B04")
        #expect(try authority.post(other.mfp(), other).fiscalisationStatus() == "00")
    }

    @Test(
        "B01 to B13 come with 406, E01 to E03 with 400, E04 to E07 with 500, and the library files each under its class"
    )
    func classes() async throws {
        for code in CPDErrorCode.all {
            var authority = self.repository.authority
            authority.faults.add(.error(code: code.rawValue), for: "GIS")
            let line = try #require(CPDErrorLine.all.first { $0.command == "GIS" })
            let refusal = try #require(try await self.refusal(line, self.repository.device, authority))
            #expect(refusal.code == code)
            #expect(refusal.httpStatus == (code.rawValue.hasPrefix("B") ? 406 : code.rawValue < "E04" ? 400 : 500))
            #expect(refusal.isServerFailure == (code.rawValue >= "E03"))
        }
    }

    @Test("B05, B13 and E03, which no command lists, come with the words of the general table")
    func generalTable() async throws {
        let lines: [(String, CPDErrorCode, Int, String)] = [
            ("TCS", .malformedUniqueNumber, 406, "Bledna postac numeru unikatowego."),
            ("MFP", .wrongDataLength, 406, "Niewlasciwa dlugosc danych"),
            ("GIS", .wrongOutput, 400, "Komunikat wyjscowy jest niepoprawny."),
        ]
        for (command, code, status, message) in lines {
            var authority = self.repository.authority
            authority.faults.add(.error(code: code.rawValue), for: command)
            let line = try #require(CPDErrorLine.all.first { $0.command == command })
            let refusal = try await self.refusal(line, self.repository.device, authority)
            #expect(refusal == CPDRefusal(httpStatus: status, code: code, message: message))
        }
    }

    @Test("E07 of CMD14 goes away: the same call again gets 204")
    func serviceBusAgain() throws {
        var authority = self.repository.authority
        let device = self.repository.device
        authority.bring(device, to: .begun)
        authority.faults.add(.error(code: "E07"), for: "FPD")
        #expect(try authority.post(device.fpd, device).refusal()[1] == "E07")
        #expect(authority[device.unit].status == .begun)
        #expect(authority.post(device.fpd, device).status == 204)
        #expect(authority[device.unit].status == .fiscalised)
    }

    @Test("An error whose body the library cannot read still has its status; one in another shape still has its code")
    func bodies() async throws {
        let line = try #require(CPDErrorLine.all.first { $0.command == "KCS" })
        for (body, code) in [
            (CRKRules.ErrorBody.nested, "B02"), (.text, "B02"), (.html, "B02"), (.empty, nil),
        ] as [(CRKRules.ErrorBody, String?)] {
            var authority = self.repository.authority
            authority.rules.hasRepositoryCertificates = false
            authority.rules.errorBody = body
            let refusal = try #require(try await self.refusal(line, self.repository.device, authority))
            #expect(refusal.httpStatus == 406)
            if body != .nested { #expect(refusal.code == code.map(CPDErrorCode.init(rawValue:))) }
        }
        for (fault, status, code) in [
            (.page(status: 500), 500, nil), (.error(code: "B99"), 406, "B99"), (.error(code: "E01"), 400, nil),
            (.garbage, nil, nil),
        ] as [(CRKFault, Int?, String?)] {
            var authority = self.repository.authority
            authority.rules.errorBody = status == 400 ? .empty : .json
            authority.faults.cpd.add(fault)
            let refusal = try await self.refusal(line, self.repository.device, authority)
            #expect(refusal?.httpStatus == status && refusal?.code == code.map(CPDErrorCode.init(rawValue:)))
        }
    }

    // MARK: The list of requirements

    @Test("The list of requirements quotes the same lines", .enabled(if: RequirementRows.exist, "it is absent"))
    func quoted() throws {
        let quoted = try RequirementRows.errorLines()
        #expect(quoted.count == 75)
        let ours = CPDErrorLine.all.map { "\($0.row) \($0.command) \($0.status) \($0.code) \($0.message)" }
        #expect(ours == quoted)
    }
}

extension CPDErrorLine.Cause {
    var isInjected: Bool { if case .injected = self { true } else { false } }
}
