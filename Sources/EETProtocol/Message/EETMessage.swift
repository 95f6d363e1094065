public import FiscalCore

/// One message `Trzba` before it is signed: header, data and, in v3, the taxpayer's codes.
public struct EETMessage: Sendable, Hashable {
    public let header: Hlavicka
    public let data: SaleData
    /// Present exactly in v3.
    public let codes: SecurityCodes?

    /// A message from its parts.
    /// - Throws: ``InvalidField`` when the edition wants codes and there are none, or the reverse.
    public init(header: Hlavicka, data: SaleData, codes: SecurityCodes?) throws(InvalidField) {
        if data.edition.hasSecurityCodes, codes == nil {
            throw InvalidField("KontrolniKody", .required, limit: "edition v3")
        }
        if !data.edition.hasSecurityCodes, codes != nil {
            throw InvalidField("KontrolniKody", .notAllowed, limit: "edition v3 only")
        }
        self.header = header
        self.data = data
        self.codes = codes
    }

    /// A message of edition v3 for a typed sale whose codes were made from it.
    /// - Throws: ``InvalidField``.
    public init(
        _ sale: Sale, _ codes: SecurityCodes, by taxpayer: Taxpayer, sentAt: OffsetDateTime, uuid: String,
        firstAttempt: Bool
    ) throws(InvalidField) {
        try self.init(
            header: Hlavicka(uuid: uuid, sentAt: sentAt, isFirstAttempt: firstAttempt),
            data: SaleData(sale, edition: .v3, certificateDIC: taxpayer.dic), codes: codes)
    }

    public var edition: Edition { self.data.edition }

    /// The SOAP message, signed. The same message and key give the same bytes.
    /// - Parameter validity: when the certificate has to be valid.
    /// - Throws: ``EETError``: certificate out of validity, signer failed, or longer than
    ///   ``SignedMessage/maximumBytes``.
    public func signed(by taxpayer: Taxpayer, validity: CertificateValidity = .whenSent) throws(EETError)
        -> SignedMessage
    {
        switch validity {
        case .whenSent:
            if let sent = OffsetDateTime(iso8601Seconds: self.header.sentAt) {
                try taxpayer.checkValidity(at: sent.instant)
            }
        case .at(let instant): try taxpayer.checkValidity(at: instant)
        case .notChecked: break
        }
        return try SignedMessage(self, by: taxpayer)
    }
}
