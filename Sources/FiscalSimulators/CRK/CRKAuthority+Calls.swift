import CRKProtocol
import FiscalCore

/// The calls of the CPD server about a register's program and state.
extension CRKAuthority {
    /// CMD10 (section 2.4.4).
    mutating func homologation(_ call: Call) throws(CRKRefusal) -> CRKRuling {
        func parameter(_ name: String, _ lengths: ClosedRange<Int>) throws(CRKRefusal) -> String {
            guard let value = call.parameters.first(where: { $0.name == name })?.value,
                lengths.contains(value.unicodeScalars.count)
            else { throw CRKRefusal("E02", "\(name) has not \(lengths) characters") }
            return value
        }
        let metadata = try parameter("firmwareMetadata", 1...240)
        let checksum = try parameter("firmwareChecksum", 40...128)
        guard checksum.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            throw CRKRefusal("E02", "firmwareChecksum is not hexadecimal")
        }
        let program = CRKProgram(metadata: metadata, checksum: checksum)
        let isAdmitted = self.rules.programs?.contains(program) ?? true
        if isAdmitted {
            self.withRegister(call.id.unit) { register in
                if !register.verifiedPrograms.contains(program) { register.verifiedPrograms.append(program) }
            }
        }
        return CRKRuling(
            200, .message(id: call.id.text, attributes: [.init("status", self.number(isAdmitted ? 0 : 1))]))
    }

    /// CMD12 (section 2.4.6).
    func state(_ call: Call) throws(CRKRefusal) -> CRKRuling {
        let register = self.register(call.id.unit)
        guard register.status != nil else { throw CRKRefusal("B08", "no fiscalisation begun") }
        var attributes = [JSON.Member("maxDocId", self.number(self.continuities[call.id.unit]?.highest ?? 0))]
        if !self.rules.omitsMemoryNumber {
            attributes.append(.init("maxMemNr", self.number(register.isSoftware ? 1 : register.memoryNumber)))
        }
        attributes.append(.init("addressWebAPI", .string(self.addresses.webApi)))
        return CRKRuling(200, .message(id: call.id.text, attributes: attributes))
    }

    /// CMD14 (section 2.4.7): a body of `commandId` alone.
    mutating func fiscalisationDone(_ call: Call) throws(CRKRefusal) -> CRKRuling {
        guard call.body?.members?.map(\.name) == ["commandId"] else {
            throw CRKRefusal("E02", "there is more than commandId")
        }
        switch self.register(call.id.unit).status {
        case .begun:
            self.withRegister(call.id.unit) { $0.status = .fiscalised }
            if self.rules.ordersTimetable { self.queue(.timetable(self.rules.timetable), call.id.unit, at: call.now) }
        case .fiscalised: break
        case .readOnly, nil: throw CRKRefusal("B07", "neither ROZ nor FIS")
        }
        return CRKRuling(204)
    }

    /// CMD15 (section 2.4.8).
    mutating func endOfLife(_ call: Call) throws(CRKRefusal) -> CRKRuling {
        guard let reason = call.attributes?["reasonReadOnly"]?.integer, (0...1).contains(reason) else {
            throw CRKRefusal("E02", "reasonReadOnly is neither 0 nor 1")
        }
        guard let last = call.attributes?["lastJPKId"]?.integer, (1...999_999_999_999_999).contains(last) else {
            throw CRKRefusal("E02", "lastJPKId is not 1...999999999999999")
        }
        guard [.fiscalised, .readOnly].contains(self.register(call.id.unit).status) else {
            throw CRKRefusal("B09", "neither FIS nor RDO")
        }
        self.withRegister(call.id.unit) { register in
            register.status = .readOnly
            register.reasonReadOnly = reason
            register.lastJPKID = last
        }
        return CRKRuling(204)
    }
}
