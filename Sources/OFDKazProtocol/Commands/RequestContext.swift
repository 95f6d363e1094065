package import FiscalCore

/// What a register knows when it makes a request, besides the command itself.
package struct RequestContext: Sendable {
    package var edition: Edition
    /// The register's own clock; every document is stamped with it.
    package var now: CivilDateTime
    /// What the server or the host has told; fiscal commands need all of it (decision K35).
    package var registration: RegistrationInfo?
    /// The four fiscal commands need it since 2.0.3.
    package var securityStats: SecurityStats?
    package var softwareInformation: SoftwareInformation?
    package var commQuality: CommQuality?
    /// The advertising texts that the register holds.
    package var ads: [TicketAdInfo] = []
    /// Of the list of goods that the register holds; nil for none.
    package var nomenclatureVersion: UInt32?
    /// Asks for the registration data.
    package var getRegInfo = true
    /// Asks for the taxation bound to the register; nil does not say.
    package var getBindedTaxation: Bool?
    package var auxiliary: [KeyValuePair] = []
    /// Only once the server has told the number (decision K34).
    package var shiftNumber: UInt32?
    /// The number in the host's own numbering of printed documents.
    package var documentNumber: UInt64?
    /// COMMAND_RESERVED is not built unless the host wants it.
    package var sendsReserved = false

    package init(edition: Edition, now: CivilDateTime) {
        self.edition = edition
        self.now = now
    }
}
