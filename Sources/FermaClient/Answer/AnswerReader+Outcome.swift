import FiscalCore

extension AnswerReader {
    /// What the codes of the body say (decision F2).
    mutating func outcome(_ document: FiscalDocument) -> FermaAnswer.Outcome {
        guard self.json.members != nil else { return .unknown(.unreadable) }
        switch self.code(self.json.members ?? [], "FCEError") {
        case .error(let code): return .serviceError(ServiceError(code: code))
        case .unreadable: return .unknown(.noCode)
        case .absent, .success: break
        }
        let responses = (self.json.members ?? []).filter { $0.name.lowercased() == "response" }
        switch self.code(responses.flatMap { $0.value.members ?? [] }, "Error") {
        case .error(let code): return .deviceError(DeviceError(code: code))
        case .success: return .fiscalised(document)
        case .absent, .unreadable: return .unknown(.noCode)
        }
    }

    private enum Code {
        case absent, success, unreadable
        case error(Int)
    }

    /// A code that may stand several times, in several spellings (`fceerror` and `FCEError`): one that is not zero
    /// wins.
    private mutating func code(_ members: [JSON.Member], _ name: String) -> Code {
        let folded = name.lowercased()
        var found = Code.absent
        for member in members where member.name.lowercased() == folded {
            if member.value == .null || member.value == .string("") { continue }
            switch (self.integer(member.value, member.name).flatMap { Int(exactly: $0) }, found) {
            case (0, .absent): found = .success
            case (0, _): break
            case (let code?, _): return .error(code)
            case (nil, _): found = .unreadable
            }
        }
        return found
    }
}
