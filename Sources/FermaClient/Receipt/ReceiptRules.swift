/// What a host may set about the checks of a receipt. The defaults are strict.
public struct ReceiptRules: Sendable, Hashable {
    /// How long texts may be.
    public var limits = TextLimits.fiscalDataFormat
    /// The VAT rates that may be sent. A row for a ``VAT/raw(_:)`` allows that number.
    public var vatTable = VATTable.standard
    /// Whether typographic marks that CP866 lacks are written with plain ones (``TypographicFolding``) instead of
    /// being refused.
    public var foldsTypography = false
    /// Whether a `LineAttribute` that is not in the table is sent.
    public var allowsUnknownLineAttributes = false

    public init() {}
}
