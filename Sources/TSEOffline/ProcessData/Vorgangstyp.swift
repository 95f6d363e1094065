/// The kind of business that the process data of a receipt begin with (DSFinV-K, annex I).
public enum Vorgangstyp: String, Sendable, Hashable, CaseIterable {
    /// A receipt of a sale or a return.
    case beleg = "Beleg"
    /// A transfer between tills or to a safe.
    case avTransfer = "AVTransfer"
    /// An order.
    case avBestellung = "AVBestellung"
    /// Training: no business at all.
    case avTraining = "AVTraining"
    /// A receipt that was cancelled after it had been finished.
    case avBelegstorno = "AVBelegstorno"
    /// A receipt that was broken off before it was finished.
    case avBelegabbruch = "AVBelegabbruch"
    /// Meals and the like for employees.
    case avSachbezug = "AVSachbezug"
    /// Anything else.
    case avSonstige = "AVSonstige"
    /// An invoice that is paid later.
    case avRechnung = "AVRechnung"
}
