import FiscalCore
import Testing

@testable import CRKProtocol

@Suite("What a host asks for when it has a register fiscalised")
struct FiscalisationRequestTests {
    private let unit: UniqueNumber
    private let taxpayer: NIP

    init() throws {
        self.unit = try UniqueNumber("ZTE1701000901")
        self.taxpayer = try NIP("5260250274")
    }

    @Test("Software has its unique number as serial number and KW123 as technician, first time and again")
    func software() throws {
        for number in [nil, try RegistrationNumber("2017/000000101")] {
            let request = FiscalisationRequest(
                software: self.unit, taxpayer: self.taxpayer, registrationNumber: number)
            #expect(request.serialNumber == "ZTE1701000901")
            #expect(request.technician == "KW123")
            #expect(request.registrationNumber == number)
            try request.check(self.unit, .software)
        }
    }

    @Test("Software that asks with another serial number or technician is refused before anything is sent")
    func softwareRefused() throws {
        for (serial, technician, field) in [
            ("ZTE1701000902", "KW123", "cashRegisterSN"), ("ZTE1701000901", "KW124", "monterId"),
        ] {
            let request = try FiscalisationRequest(
                hardware: serial, taxpayer: self.taxpayer, technician: technician)
            let error = #expect(throws: InvalidField.self) { try request.check(self.unit, .software) }
            #expect(error?.field == field)
            try request.check(self.unit, .hardware)
        }
    }

    @Test("A device names its serial number in 1 to 240 characters, its technician in 1 to 30")
    func hardwareLengths() throws {
        for (serial, technician, fits) in [
            (1, 1, true), (240, 30, true), (0, 1, false), (241, 1, false), (1, 0, false), (1, 31, false),
        ] {
            let (serial, technician) = (
                String(repeating: "s", count: serial), String(repeating: "t", count: technician)
            )
            let request = try? FiscalisationRequest(
                hardware: serial, taxpayer: self.taxpayer, technician: technician)
            #expect((request != nil) == fits, "\(serial) \(technician)")
        }
    }

    @Test("After a change of the fiscal memory the request carries the old serial number and the registration number")
    func again() throws {
        let number = try RegistrationNumber("2017/000000101")
        let request = try FiscalisationRequest(
            hardware: "SN 1", taxpayer: self.taxpayer, technician: "M-1", registrationNumber: number)
        let command = MakeFiscalisation(
            self.unit, at: FiscalInstant(secondsSinceEpoch: 1_800_000_000), try request.parameters())
        let attributes = command.body?["command"]?["attributes"]
        #expect(attributes?["cashRegisterNr"]?.string == "2017/000000101")
        #expect(attributes?["cashRegisterSN"]?.string == "SN 1")
    }
}
