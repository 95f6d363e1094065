import FermaClient
import FiscalCore
import FiscalSimulators
import HTTPTypes
import Testing

/// What the simulated service says, as the library reads it.
@Suite("The simulated Ferma and the library agree on answers")
struct FermaAnswerAgreementTests {
    /// The answer to a request, held against it.
    private func answer(
        _ authority: inout FermaAuthority, _ request: HandmadeFermaRequest = HandmadeFermaRequest()
    ) throws -> FermaAnswer {
        let response = try #require(authority.post(request).response)
        return FermaAnswer(
            status: response.head.status.code, body: response.body,
            expecting: SentRequest(reading: try JSON(parsing: request.text)))
    }

    private func answer(
        _ fault: FermaFault?, _ request: HandmadeFermaRequest = HandmadeFermaRequest()
    ) throws -> FermaAnswer {
        var authority = FermaAuthority()
        authority.faults.add(fault)
        return try self.answer(&authority, request)
    }

    @Test("A document is read as it was formed, with nothing to complain of, in every form of an answer")
    func documents() throws {
        for type in 0...3 {
            for full in [false, true] {
                for spelling in FermaRules.Spelling.allCases {
                    var authority = FermaAuthority()
                    authority.rules.spelling = spelling
                    authority.rules.writesDocumentNumberAsText = spelling == .table
                    authority.rules.writesSecondsInQR = full
                    let request = HandmadeFermaRequest {
                        $0["DocumentType"] = "\(type)"
                        $0["FullResponse"] = "\(full)"
                    }
                    let answer = try self.answer(&authority, request)
                    let (document, formed) = (try #require(answer.document), try #require(authority.documents.first))
                    #expect(answer.inconsistencies.isEmpty && answer.retry == .none)
                    #expect(document.number == formed.number && document.sign == formed.sign)
                    #expect(document.total?.minorUnits == formed.total && document.qr == formed.qr)
                    #expect(document.type?.rawValue == formed.type && answer.requestID == "545+64")
                }
            }
        }
    }

    @Test("Each field of the QR text that was damaged is named, and no other", arguments: FermaQRField.allCases)
    func qr(_ field: FermaQRField) throws {
        let answer = try self.answer(.damagedQR(field))
        #expect(answer.inconsistencies.map(\.word.rawValue) == ["qr.\(field.rawValue)"])
        #expect(answer.document != nil)
    }

    @Test(
        "What does not fit is named, and the receipt is kept; another RequestId makes the answer that of another sale")
    func unfitting() throws {
        #expect(try self.answer(.wrongTotal).inconsistencies.map(\.word.rawValue).sorted() == ["GrandTotal", "qr.s"])
        #expect(try self.answer(.impossibleDate).inconsistencies.map(\.word) == [.date])
        let client = HandmadeFermaRequest { $0["Clientid"] = "\"shop\"" }
        #expect(try self.answer(.wrongClientID, client).inconsistencies.map(\.word) == [.clientID])
        #expect(try self.answer(.wrongRequestID).outcome == .unknown(.otherRequest))
    }

    @Test(
        "A register that reads the tax numbers as its own protocol does is found out by a full answer, and only there")
    func taxNumbering() throws {
        for taxid in 1...10 {
            for full in [false, true] {
                var authority = FermaAuthority()
                authority.rules.numbering = .native
                let request = HandmadeFermaRequest {
                    $0[0, "Taxid"] = "\(taxid)"
                    $0["FullResponse"] = "\(full)"
                }
                let found = try self.answer(&authority, request).inconsistencies.map(\.word)
                #expect(found == (full && [1, 3, 4, 5, 6].contains(taxid) ? [.taxID] : []))
            }
        }
    }

    @Test("Every code of both tables, and others too, is read as what it is")
    func codes() throws {
        for code in ServiceError.listed.map(\.code) + [11, 22, 23, 99] {
            let answer = try self.answer(.service(code: code))
            #expect(answer.outcome == .serviceError(ServiceError(code: code)))
            #expect(
                answer.message == ServiceError(code: code).text ?? "Ошибка сервиса \(code)" && answer.isFatal != nil)
        }
        for code in DeviceError.listed.map(\.code) + [10, 15, 19, 251] {
            let answer = try self.answer(.device(code: code))
            #expect(answer.outcome == .deviceError(DeviceError(code: code)))
            #expect(answer.document == nil && answer.isFatal != nil)
            #expect(answer.message == DeviceError(code: code).text ?? "Ошибка устройства \(code)")
            #expect(answer.inconsistencies.isEmpty)
        }
    }

    @Test("What the register refuses for good, so that the same identity gets it again, is what needs a new one")
    func definite() throws {
        for code in DeviceError.listed.map(\.code) {
            var authority = FermaAuthority()
            authority.faults.add(.device(code: code))
            let word = try self.answer(&authority).retry
            #expect((try self.answer(&authority).code == code) == (word == .fixThenNewId))
        }
    }

    @Test("An answer that is none leaves the sale unknown, at any status")
    func unusable() throws {
        for fault: FermaFault in [
            .status(500), .status(200), .page(status: 502), .page(status: 200, formed: true), .garbage, .malformed,
            .otherJSON,
        ] {
            let answer = try self.answer(fault)
            #expect(answer.retry == .unknownStateSameIdOnly)
            guard case .unknown = answer.outcome else {
                Issue.record("\(fault): \(answer)")
                continue
            }
        }
    }
}
