import CRKProtocol
import FiscalCore
import Testing

@Suite("One vocabulary for what the repository refuses in two ways")
struct FiscalisationRefusalTests {
    private func status(_ code: Int, desc: String? = nil) -> FiscalisationRefusal {
        FiscalisationRefusal(
            step: .requestFiscalisation, origin: .status(FiscalisationStatus(rawValue: code), desc: desc))
    }

    private func error(_ code: String, message: String? = nil) -> FiscalisationRefusal {
        let code = CPDErrorCode(rawValue: code)
        return FiscalisationRefusal(
            step: .requestFiscalisation,
            origin: .error(CPDRefusal(httpStatus: code.httpStatus ?? 406, code: code, message: message)))
    }

    @Test(
        "What is said as a status and as an error has one reason and two origins",
        arguments: [
            (2, "B03", FiscalisationRefusal.Reason.wrongUniqueNumber), (5, "B04", .technicianNotAuthorised),
            (17, "B06", .noRegisterCertificates), (18, "B11", .wrongTaxpayer), (19, "B12", .programNotVerified),
        ])
    func pairs(_ status: Int, _ error: String, _ reason: FiscalisationRefusal.Reason) {
        #expect(self.status(status).reason == reason)
        #expect(self.error(error).reason == reason)
        #expect(self.status(status) != self.error(error))
    }

    @Test("Everything else keeps its code alone")
    func others() {
        let paired = [2, 5, 17, 18, 19]
        for code in 1...20 where !paired.contains(code) { #expect(self.status(code).reason == .other, "\(code)") }
        for code in CPDErrorCode.all.map(\.rawValue) + ["B99"]
        where !["B03", "B04", "B06", "B11", "B12"].contains(code) {
            #expect(self.error(code).reason == .other, "\(code)")
        }
    }

    @Test("A technical error by status is told from one of the server")
    func technical() {
        let (status, error) = (self.status(15), self.error("E05"))
        #expect(status.code == "15")
        #expect(error.code == "500 E05")
        #expect(status.words == "odmowa fiskalizacji, blad techniczny, skontaktuj sie z administratorem")
    }

    @Test("A till shows the document's words, and the server's where the document has none")
    func words() {
        #expect(self.status(4, desc: "x").words == "odmowa fiskalizacji, bledny numer NIP")
        #expect(self.status(42, desc: "nowy powod").words == "nowy powod")
        #expect(self.error("B06", message: "x").words == "Brak certyfikatow kasy.")
        #expect(self.error("B77", message: "nowy blad").words == "nowy blad")
        #expect(self.error("B06").code == "406 B06")
        let nameless = FiscalisationRefusal(
            step: .requestFiscalisation, origin: .error(CPDRefusal(httpStatus: 403, code: nil, message: nil)))
        #expect(nameless.code == "403")
        #expect(nameless.words == "")
    }

    @Test("Only a failure of the server, 5xx or E03, leaves it open to repeat the same call")
    func repeatable() {
        for code in CPDErrorCode.all {
            let refusal = CPDRefusal(httpStatus: code.httpStatus ?? 0, code: code, message: nil)
            #expect(refusal.isServerFailure == ["E03", "E04", "E05", "E06", "E07"].contains(code.rawValue), "\(code)")
        }
        for status in [400, 401, 403, 404, 406, 429] {
            #expect(!CPDRefusal(httpStatus: status, code: nil, message: nil).isServerFailure)
        }
        for status in [500, 502, 503, 599] {
            #expect(CPDRefusal(httpStatus: status, code: nil, message: nil).isServerFailure)
        }
    }
}
