public import FiscalCore

/// What a host asks for when it has a register fiscalised (CMD09).
public struct FiscalisationRequest: Sendable, Hashable, Codable {
    /// `taxpayerId`
    public let taxpayer: NIP
    /// `cashRegisterSN`, 1 to 240 characters; for software registers the unique number.
    public let serialNumber: String
    /// `monterId`, 1 to 30 characters; for software registers always KW123.
    public let technician: String
    /// `cashRegisterNr`: only after a change of the fiscal memory; the first fiscalisation has none.
    public let registrationNumber: RegistrationNumber?

    /// A register that is a device.
    /// - Throws: `InvalidField` for a length that CMD09 does not allow.
    public init(
        hardware serialNumber: String, taxpayer: NIP, technician: String, registrationNumber: RegistrationNumber? = nil
    ) throws(InvalidField) {
        self.init(
            try MakeFiscalisation.Parameters(
                serialNumber: serialNumber, registrationNumber: registrationNumber, taxpayer: taxpayer,
                technician: technician))
    }

    /// A register in the form of software: its serial number is the unique number, its technician KW123.
    public init(software unit: UniqueNumber, taxpayer: NIP, registrationNumber: RegistrationNumber? = nil) {
        self.init(
            MakeFiscalisation.Parameters(
                software: unit, registrationNumber: registrationNumber, taxpayer: taxpayer))
    }

    private init(_ parameters: MakeFiscalisation.Parameters) {
        self.taxpayer = parameters.taxpayer
        self.serialNumber = parameters.serialNumber
        self.technician = parameters.technician
        self.registrationNumber = parameters.registrationNumber
    }

    /// The same for the wire.
    func parameters() throws(InvalidField) -> MakeFiscalisation.Parameters {
        try MakeFiscalisation.Parameters(
            serialNumber: self.serialNumber, registrationNumber: self.registrationNumber, taxpayer: self.taxpayer,
            technician: self.technician)
    }

    /// - Throws: `InvalidField` when a software register asks with values that only devices have.
    func check(_ unit: UniqueNumber, _ kind: RegisterKind) throws(InvalidField) {
        guard kind == .software else { return }
        guard self.serialNumber == unit.text else {
            throw InvalidField("cashRegisterSN", .consistency, limit: "the unique number, for software")
        }
        guard self.technician == "KW123" else {
            throw InvalidField("monterId", .consistency, limit: "KW123, for software")
        }
    }
}
