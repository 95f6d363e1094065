public import FiscalCore
public import HTTPTypes

/// CMD09, MFP: asks for the fiscalisation (section 2.4.3), the first one or one after a change of the fiscal memory.
public struct MakeFiscalisation: CPDCommand {
    public let commandID: CommandID?
    public var method: HTTPRequest.Method { .post }
    public var path: String { Self.commandPath }
    public let body: JSON?
    public static var successStatus: Int { 200 }

    /// What the repository has to know of the register.
    public struct Parameters: Sendable, Hashable {
        /// `cashRegisterSN`: the factory number, 1 to 240 characters.
        public let serialNumber: String
        /// `cashRegisterNr`: only for a repeated fiscalisation.
        public let registrationNumber: RegistrationNumber?
        /// `taxpayerId`
        public let taxpayer: NIP
        /// `monterId`: who services the register, 1 to 30 characters.
        public let technician: String

        public init(
            serialNumber: String, registrationNumber: RegistrationNumber? = nil, taxpayer: NIP, technician: String
        ) throws(InvalidField) {
            guard (1...240).contains(serialNumber.unicodeScalars.count) else {
                throw InvalidField("cashRegisterSN", .length, limit: "1...240 characters")
            }
            guard (1...30).contains(technician.unicodeScalars.count) else {
                throw InvalidField("monterId", .length, limit: "1...30 characters")
            }
            self.serialNumber = serialNumber
            self.registrationNumber = registrationNumber
            self.taxpayer = taxpayer
            self.technician = technician
        }

        /// A register in the form of software: its factory number is the unique number, its technician always KW123.
        public init(software unit: UniqueNumber, registrationNumber: RegistrationNumber? = nil, taxpayer: NIP) {
            self.serialNumber = unit.text
            self.registrationNumber = registrationNumber
            self.taxpayer = taxpayer
            self.technician = "KW123"
        }
    }

    public init(_ unit: UniqueNumber, at time: FiscalInstant, _ parameters: Parameters) {
        let id = CommandID(.mfp, unit, at: time)
        self.commandID = id
        self.body = Self.message(
            id,
            [
                .init("cashRegisterSN", .string(parameters.serialNumber)),
                // Always sent; empty at the first fiscalisation.
                .init("cashRegisterNr", .string(parameters.registrationNumber?.text ?? "")),
                .init("taxpayerId", .string(parameters.taxpayer.text)),
                .init("monterId", .string(parameters.technician)),
            ])
    }

    public func read(_ body: [UInt8], _ mode: ReadingMode) throws(UnreadableMessage) -> (
        FiscalisationAnswer, [Leniency]
    ) {
        var reader = MessageReader(mode)
        let (root, command, attributes) = try self.attributes(body, &reader)
        let places = FiscalisationPlaces(attributes: attributes, command: command, root: root)
        let status = try places.status(&reader)
        guard status.isSuccess else {
            return (.refused(status, desc: try places.description(&reader)), reader.leniencies)
        }
        return (.granted(try places.grant(&reader)), reader.leniencies)
    }
}

/// How the repository answered.
public enum FiscalisationAnswer: Sendable, Hashable {
    case granted(FiscalisationGrant)
    /// The first fault that the repository found; nothing else in the answer counts.
    case refused(FiscalisationStatus, desc: String?)
}

/// What a granted fiscalisation brings.
public struct FiscalisationGrant: Sendable, Hashable, Codable {
    /// `cashRegisterNr`
    public var registrationNumber: RegistrationNumber
    /// `addressWebAPI`: 20 to 100 characters.
    public var webApiAddress: String
    public var sendFreqEventHub: EventHubSchedule
    public var checkFreqWebApi: WebApiSchedule
    /// `shippmentType`; unknown words are kept beside the known ones.
    public var shipmentTypes: ShipmentTypes
}

/// Members of an answer to CMD09, which the document's examples put on different levels.
private struct FiscalisationPlaces {
    let attributes: JSON
    let command: JSON
    let root: JSON
    private let path = "command.attributes."

    private func find(_ name: String, _ reader: inout MessageReader) throws(UnreadableMessage) -> JSON? {
        if let value = try reader.member(self.attributes, name, self.path) { return value }
        guard let value = self.command[name] ?? self.root[name] else { return nil }
        try reader.accept(name, "outside of attributes")
        return value
    }

    private func require(_ name: String, _ reader: inout MessageReader) throws(UnreadableMessage) -> JSON {
        guard let value = try self.find(name, &reader), !value.isNull else {
            throw UnreadableMessage(self.path + name, "missing")
        }
        return value
    }

    func status(_ reader: inout MessageReader) throws(UnreadableMessage) -> FiscalisationStatus {
        let field = self.path + "statusFisc.code"
        let status = try self.require("statusFisc", &reader)
        let code = try reader.required(status, "code", self.path + "statusFisc.")
        if let text = code.string, let status = FiscalisationStatus(code: text) { return status }
        guard let number = code.integer.flatMap({ Int(exactly: $0) }), (0...99).contains(number) else {
            throw UnreadableMessage(field, "no code of one or two digits")
        }
        try reader.accept(field, "a code as number")
        return FiscalisationStatus(rawValue: number)
    }

    func description(_ reader: inout MessageReader) throws(UnreadableMessage) -> String? {
        guard let desc = try self.require("statusFisc", &reader)[anyCase: "desc"] else { return nil }
        return try reader.text(desc, self.path + "statusFisc.desc", atMost: 100)
    }

    func grant(_ reader: inout MessageReader) throws(UnreadableMessage) -> FiscalisationGrant {
        let number = try reader.text(self.require("cashRegisterNr", &reader), self.path + "cashRegisterNr")
        let address = try reader.text(self.require("addressWebAPI", &reader), self.path + "addressWebAPI")
        guard (20...100).contains(address.unicodeScalars.count), address.hasPrefix("https://") else {
            throw UnreadableMessage(self.path + "addressWebAPI", "no https address of 20 to 100 characters")
        }
        let send = try reader.integer(self.require("sendFreqEventHub", &reader), self.path + "sendFreqEventHub")
        let check = try reader.integer(self.require("checkFreqWebApi", &reader), self.path + "checkFreqWebApi")
        let types = ShipmentTypes(lenient: try self.shipmentType(&reader))
        if !types.unknown.isEmpty { try reader.accept(self.path + "shippmentType", "unknown words") }
        return FiscalisationGrant(
            registrationNumber: try reader.checked(self.path + "cashRegisterNr") { () throws(InvalidField) in
                try RegistrationNumber(number)
            },
            webApiAddress: address,
            sendFreqEventHub: try reader.checked(self.path + "sendFreqEventHub") { () throws(InvalidField) in
                try EventHubSchedule(send)
            },
            checkFreqWebApi: try reader.checked(self.path + "checkFreqWebApi") { () throws(InvalidField) in
                try WebApiSchedule(check)
            }, shipmentTypes: types)
    }

    /// Both spellings occur in the document, for one and the same thing.
    private func shipmentType(_ reader: inout MessageReader) throws(UnreadableMessage) -> String {
        let spellings = [try self.find("shippmentType", &reader), try self.find("shipmentType", &reader)]
        let values = Set(spellings.compactMap { $0 })
        guard let value = values.first else { throw UnreadableMessage(self.path + "shippmentType", "missing") }
        guard values.count == 1 else { throw UnreadableMessage("shipmentType", "two spellings, two values") }
        let text = try reader.text(value, self.path + "shippmentType")
        guard (2...32).contains(text.unicodeScalars.count) else {
            throw UnreadableMessage(self.path + "shippmentType", "not 2 to 32 characters")
        }
        return text
    }
}
