import CRKProtocol
import FiscalCore

extension CRKAuthority {
    /// CMD09 (section 2.4.3). Only the first fault is told.
    mutating func fiscalise(_ call: Call, _ fault: CRKFault?) throws(CRKRefusal) -> CRKRuling {
        let request = try CRKFiscalisationRequest(call)
        guard call.id.time >= call.now - .seconds(24 * 3_600), call.id.time <= call.now + .seconds(2 * 3_600) else {
            throw CRKRefusal("E01", "not within 24 hours before and 2 hours after the repository's time")
        }
        do {
            if case .statusFisc(let status) = fault { throw CRKStatusRefusal(status, "told so") }
            try self.checkRegister(call, request)
            let number = try self.registrationNumber(for: call, request)
            self.withRegister(call.id.unit) { register in
                register.status = .begun
                register.taxpayer = request.taxpayer
                register.serialNumber = request.serialNumber
                register.technician = request.technician
                register.registrationNumber = number
            }
            return self.grant(call, number)
        } catch let refusal as CRKRefusal {
            guard self.rules.refusesByStatus, let status = Self.statuses[refusal.code] else { throw refusal }
            return self.fiscalisationRefusal(call, CRKStatusRefusal(status, refusal.reason))
        } catch let refusal as CRKStatusRefusal {
            return self.fiscalisationRefusal(call, refusal)
        } catch {
            throw CRKRefusal("E05", "\(error)")
        }
    }

    /// What has a code of its own and a status (section 2.2.9).
    private static let statuses = ["B03": 2, "B04": 5, "B06": 17, "B11": 18, "B12": 19]

    /// What must be so whatever the register's state.
    private func checkRegister(_ call: Call, _ request: CRKFiscalisationRequest) throws {
        let register = self.register(call.id.unit)
        guard !register.tlsCertificates.isEmpty else { throw CRKRefusal("B06", "no CMD08 before") }
        if let technicians = self.rules.technicians, !technicians.contains(request.technician) {
            throw CRKRefusal("B04", "the technician is not known")
        }
        if register.isSoftware {
            guard call.client.taxpayer == request.taxpayer else { throw CRKRefusal("B11", "not the certificate's NIP") }
            guard !register.verifiedPrograms.isEmpty else { throw CRKRefusal("B12", "no CMD10 answered with 0") }
            guard request.serialNumber == call.id.unit else {
                throw CRKStatusRefusal(1, "the factory number of software is its unique number")
            }
        }
        if let taxpayers = self.rules.taxpayers, !taxpayers.contains(request.taxpayer) {
            throw CRKStatusRefusal(4, "no such taxpayer")
        }
        if register.isStillRegistered { throw CRKStatusRefusal(11, "not deregistered") }
    }

    /// The number that the register has, takes over, or is given.
    private mutating func registrationNumber(
        for call: Call, _ request: CRKFiscalisationRequest
    ) throws(CRKStatusRefusal) -> String {
        let register = self.register(call.id.unit)
        switch register.status {
        case .readOnly: throw CRKStatusRefusal(12, "read-only")
        case .fiscalised: throw CRKStatusRefusal(16, "fiscalised")
        case .begun:
            guard register.taxpayer == request.taxpayer else { throw CRKStatusRefusal(9, "begun with another NIP") }
            guard register.serialNumber == request.serialNumber else {
                throw CRKStatusRefusal(6, "begun with another factory number")
            }
            // A lost answer is repaired by asking again.
            if let number = register.registrationNumber { return number }
        case nil: break
        }
        let former = self.registers.values.filter { $0.unit != call.id.unit && $0.registrationNumber != nil }
        guard !request.registrationNumber.isEmpty else {
            guard !former.contains(where: { $0.serialNumber == request.serialNumber }) else {
                throw CRKStatusRefusal(10, "the factory number has a registration number")
            }
            return self.nextRegistrationNumber(call.now)
        }
        let holders = former.filter { $0.registrationNumber == request.registrationNumber }
        guard let holder = holders.first else { throw CRKStatusRefusal(3, "no such registration number") }
        guard holder.taxpayer == request.taxpayer else { throw CRKStatusRefusal(13, "another taxpayer's number") }
        // Software has a new factory number with every unique number.
        guard register.isSoftware || holder.serialNumber == request.serialNumber else {
            let isKnown = former.contains { $0.serialNumber == request.serialNumber }
            throw CRKStatusRefusal(isKnown ? 7 : 6, "the number goes with another factory number")
        }
        guard holders.allSatisfy({ $0.status == .readOnly }) else {
            throw CRKStatusRefusal(14, "the former memory is not closed")
        }
        return request.registrationNumber
    }

    /// The year of the repository's clock, and one more than before (section 2.2.7).
    private mutating func nextRegistrationNumber(_ now: FiscalInstant) -> String {
        let year = OffsetDateTime(now, zone: NamedZone.warsaw).civil.date.year
        let count = String((self.rules.firstRegistrationNumber + self.givenNumbers) % 1_000_000_000)
        self.givenNumbers += 1
        func padded(_ text: String, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return "\(padded(String(year), 4))/\(padded(count, 9))"
    }
}

/// `attributes` of CMD09, as the server takes them: texts within their lengths, anything else is E02.
struct CRKFiscalisationRequest {
    let serialNumber: String
    let registrationNumber: String
    let taxpayer: String
    let technician: String

    init(_ call: CRKAuthority.Call) throws(CRKRefusal) {
        func text(_ name: String, _ lengths: ClosedRange<Int>) throws(CRKRefusal) -> String {
            guard let text = call.attributes?[name]?.string, lengths.contains(text.unicodeScalars.count) else {
                throw CRKRefusal("E02", "\(name) is no text of \(lengths) characters")
            }
            return text
        }
        self.serialNumber = try text("cashRegisterSN", 1...240)
        self.registrationNumber = call.attributes?["cashRegisterNr"] == nil ? "" : try text("cashRegisterNr", 0...14)
        self.taxpayer = try text("taxpayerId", 10...10)
        self.technician = try text("monterId", 1...30)
        guard self.registrationNumber.isEmpty || CRKCommandText.isRegistrationNumber(self.registrationNumber) else {
            throw CRKRefusal("E02", "cashRegisterNr is neither empty nor a registration number")
        }
        guard CRKCommandText.isTaxpayer(self.taxpayer) else { throw CRKRefusal("E02", "taxpayerId is no NIP") }
    }
}
