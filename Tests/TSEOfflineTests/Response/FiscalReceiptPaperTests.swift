import FiscalCore
import TSEOffline
import Testing

/// Decision T7.
@Suite("What a German receipt carries") struct FiscalReceiptPaperTests {
    @Test("a signed document: the QR code and nothing else")
    func signed() throws {
        #expect(try SignedSample.response().paper(step: .store).items == [.qr(SyntheticQR.generalizedTime.text)])
        #expect(try SignedSample.response().paper(step: .cancel).qr == SyntheticQR.generalizedTime.text)
    }

    @Test("a printer without QR codes prints the values whole")
    func fields() throws {
        let paper = try SignedSample.response().paper(step: .store, as: .fields)
        #expect(paper.qr == nil)
        #expect(paper.code("TSE-Transaktion") == "128")
        #expect(paper.code("TSE-Signaturzähler") == "255")
        #expect(paper.code("TSE-Start") == "2026-02-03T04:05:06.000Z")
        #expect(paper.code("TSE-Stopp") == "2026-02-03T04:05:06.000Z")
        #expect(paper.code("TSE-Prüfwert") == (try ReceiptQR(SyntheticQR.generalizedTime.text).signatureText))
        #expect(paper.code("Seriennummer TSE") == SyntheticQR.generalizedTime.serial)
        #expect(paper.code("Seriennummer Kasse") == "KASSE-1")
    }

    @Test(
        "a document finished in an outage: PrintMessage unchanged, no TSE data", arguments: [FiscalStep.store, .cancel])
    func outage(step: FiscalStep) throws {
        for form in [FiscalReceiptPaper.Form.qr, .fields] {
            #expect(try OutageBodyTests.outage(step).paper(step: step, as: form).items == [.text("TSE ausgefallen.")])
        }
        var response = try OutageBodyTests.outage(step)
        response.printMessage = " TSE\tausgefallen!  "
        #expect(response.paper(step: step).items == [.text(" TSE\tausgefallen!  ")])
    }

    @Test("the answer to createDocument is never on paper")
    func create() throws {
        #expect(try OutageBodyTests.outage(.create).paper(step: .create).items.isEmpty)
        #expect(try SignedSample.response().paper(step: .create).items.isEmpty)
    }

    @Test("a sale that failed at createDocument and was signed at storeDocument has a regular receipt")
    func signedAfterAll() throws {
        let response = try SignedSample.response()
        let verdict = response.classify(step: .store, afterCreateFailed: true)
        #expect(verdict.kind == .signed)
        #expect(FiscalReceiptPaper.paper(for: response, verdict).items == [.qr(SyntheticQR.generalizedTime.text)])
    }

    @Test("the mark of test mode goes on a signed receipt too")
    func testMode() throws {
        var response = try SignedSample.response()
        response.printMessage = "***Test***"
        #expect(
            response.paper(step: .store).items == [.text("***Test***"), .qr(SyntheticQR.generalizedTime.text)])
    }

    @Test("an answer that contradicts itself is printed as unsigned")
    func inconsistent() throws {
        var response = try SignedSample.response()
        response.errorDescription = "Tse connection error."
        #expect(response.paper(step: .store).items.isEmpty)
        response.printMessage = "TSE ausgefallen."
        #expect(response.paper(step: .store).items == [.text("TSE ausgefallen.")])
    }

    @Test("no placeholder of an unsigned answer is printed or exported", arguments: [FiscalStep.store, .cancel])
    func placeholders(step: FiscalStep) throws {
        let response = try OutageBodyTests.outage(step)
        let lines = response.paper(step: step, as: .fields).lines.joined(separator: "\n")
        for text in ["Tse not connected.", "unixTime", "ecdsa", "7eeda69c", "1630991229", "Tse connection error."] {
            #expect(!lines.contains(text), "\(text)")
        }
        #expect(response.signatureBytes == nil)
    }
}
