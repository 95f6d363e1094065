import FiscalCore

/// Verification mode (`overeni`).
extension EETClient {
    /// Lets the authority check a sale without registering it (`overeni`). Leaves no trace in the journal: it is no
    /// attempt, and the sale is still to be submitted.
    /// - Throws: ``InvalidField`` or ``EETError`` before anything was sent.
    public func verify(_ sale: Sale) async throws -> EETVerification {
        try await self.verify(
            SaleData(sale, edition: self.configuration.edition, certificateDIC: self.taxpayer.dic))
    }

    /// The same for data in their wire form.
    public func verify(_ data: SaleData, hostSaysFirst: Bool = true) async throws -> EETVerification {
        try self.checkSubmission(data)
        try self.checkCertificate()
        let codes = try self.codes(for: data)
        let uuid = self.randomness.uuid()
        let header = try Hlavicka(
            uuid: uuid, sentAt: OffsetDateTime(self.clock.now(), zone: self.configuration.zone),
            isFirstAttempt: hostSaysFirst, isVerification: true)
        let signed = try self.sign(EETMessage(header: header, data: data, codes: codes))
        let reply = await self.exchange.send(signed)
        self.note(reply, isVerification: true)
        let result: EETVerification.Result =
            switch reply {
            case .chyba(.verified, _, _): .passed
            case .chyba(let chyba, let text, _): .chyba(chyba, text: text)
            case .failed(let failure, let detail): .failed(failure, detail: detail)
            // The authority never confirms in this mode; whatever this is, it is no answer to our question.
            case .confirmed: .failed(.noUsableAnswer, detail: "a confirmation in verification mode")
            }
        return EETVerification(result: result, warnings: reply.warnings, codes: codes, uuid: uuid)
    }
}
