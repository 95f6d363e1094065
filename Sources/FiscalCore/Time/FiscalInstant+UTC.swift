/// The spelling of an instant in UTC with milliseconds: `2017-02-14T16:50:03.342Z`.
extension FiscalInstant {
    /// Reads exactly `yyyy-MM-dd'T'HH:mm:ss.fffZ`, 24 characters: CRK's `DateTime` (§2.2.3) and the times of a TSE
    /// receipt QR.
    public init?(utcMilliseconds text: String) {
        guard let time = OffsetDateTime(iso8601: text, fractionDigits: 3...3), time.offset == .zulu else { return nil }
        self = time.instant
    }

    /// `yyyy-MM-dd'T'HH:mm:ss.fffZ`, always 24 characters; instants outside the years 1 to 9999 stop at the ends of
    /// that range.
    public var utcMilliseconds: String {
        OffsetDateTime(self, zone: FixedZone.utc).iso8601(fractionDigits: 3)
    }
}

extension FiscalInstant: CustomStringConvertible {
    public var description: String { self.utcMilliseconds }
}
