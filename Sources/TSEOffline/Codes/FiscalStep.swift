/// Which call a fiscal response answers: opening a document, or one of the two that finish it.
public enum FiscalStep: String, Sendable, Hashable, CaseIterable {
    /// `createDocument`: opens the transaction, at the first item.
    case create
    /// `storeDocument`: finishes and signs the sale.
    case store
    /// `cancelDocument`: finishes a sale that did not come about.
    case cancel

    /// Whether the call ends the document; only its answer says what goes on paper (decision T7).
    public var isFinishing: Bool { self != .create }
}
