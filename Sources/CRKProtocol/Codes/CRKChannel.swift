/// The three ways between a register and the repository (chapter 2). A command belongs to exactly one of them.
public enum CRKChannel: String, Sendable, Hashable, Codable, CaseIterable {
    /// The CPD server: mutual TLS, JSON in plain. Fiscalisation and other calls of the register (section 2.4).
    case cpd
    /// The WebApi on Azure: mutual TLS. Orders, their confirmation, and the token for the Event Hub (section 2.3.1).
    case webApi
    /// The Event Hub on Azure: only the server shows a certificate, the token opens the door (section 2.3.2).
    case eventHub
}
