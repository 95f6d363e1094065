/// Whose numbering of VAT rates a request uses. The spelling that is sent is the same in both (decision F15).
///
/// The two numberings overlap, and the wrong one turns "no VAT" into "0 %" or "20 %" into "0 %": it is chosen by the
/// host, never guessed.
public enum FermaDialect: Sendable, Hashable, CaseIterable {
    /// The numbering of the source document, table 1. The default.
    case ferma
    /// The numbering of the CheckOnline protocol behind the converter. Its requests may also leave out `DocumentType`
    /// (a sale) and `NonCash` (nothing).
    case nativeCheckOnline
}
