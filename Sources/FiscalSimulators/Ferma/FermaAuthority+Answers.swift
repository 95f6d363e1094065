import FiscalCore

extension FermaAuthority {
    /// The members of a register's answer, in the order of the source document's sample.
    func members(of answer: FermaAnswerData, _ reading: Reading) -> [JSON.Member] {
        let document = answer.document.flatMap { self.documents.indices.contains($0) ? self.documents[$0] : nil }
        // A document names its register, also when others have been put in its place since.
        let maker = document.flatMap { made in self.registers.first { $0.serialNumber == made.register } }
        let register =
            maker ?? (self.registers.indices.contains(answer.register) ? self.registers[answer.register] : nil)
        var members: [JSON.Member] = self.rules.writesZeroErrors ? [JSON.Member("fceerror", 0)] : []
        members += self.echo(reading)
        members.append(JSON.Member("Device", Self.device(register)))
        members.append(JSON.Member("Path", .string(Self.commandPath + "Complex")))
        members.append(JSON.Member("Response", .object(self.response(answer))))
        if let document {
            members += self.receipt(document)
        } else {
            members.append(JSON.Member("Date", Self.date(nil)))
            members.append(JSON.Member("DocumentType", .integer(answer.type)))
        }
        if let register {
            members.append(JSON.Member("FNSerialNumber", .string(document?.drive ?? register.driveNumber)))
            members.append(JSON.Member("DeviceSerialNumber", .string(register.serialNumber)))
            members.append(JSON.Member("DeviceRegistrationNumber", .string(register.registrationNumber)))
        }
        if self.rules.writesZeroErrors {
            members += [JSON.Member("FCEError", 0), JSON.Member("ErrorDescription", .null)]
        }
        members.append(JSON.Member("Fatal", .bool(answer.isFatal)))
        members.append(JSON.Member("HTTPStatus", 200))
        if answer.isFull, let document {
            members.append(JSON.Member("Responses", [self.closing(document)]))
        }
        return members
    }

    /// The members of an error of the service.
    func members(of code: Int, _ isFatal: Bool?, _ text: String?, _ reading: Reading) -> [JSON.Member] {
        // A request that is wrong as it stands is wrong the next time too.
        let isFatal = isFatal ?? [1, 2, 3, 4, 7, 8, 9, 10, 17, 21].contains(code)
        return [JSON.Member("fceerror", .integer(code))] + self.echo(reading) + [
            JSON.Member("FCEError", .integer(code)),
            JSON.Member("ErrorDescription", .string(text ?? FermaTexts.service(code))),
            JSON.Member("Fatal", .bool(isFatal)), JSON.Member("HTTPStatus", 500),
        ]
    }

    private func echo(_ reading: Reading) -> [JSON.Member] {
        let isSample = self.rules.spelling == .sample
        var members: [JSON.Member] = []
        if let requestID = reading.requestID {
            members.append(JSON.Member(isSample ? "Requestid" : "RequestId", .string(requestID)))
            members.append(JSON.Member(isSample ? "Clientid" : "ClientId", .optional(reading.clientID)))
        }
        return members
    }

    private func response(_ answer: FermaAnswerData) -> [JSON.Member] {
        let error = JSON.Member("Error", .integer(answer.code))
        let messages: JSON
        switch self.rules.messages {
        case .absent: return [error]
        case .null: messages = .null
        case .list: messages = .array(answer.messages.map { .string($0) })
        case .text: messages = .string(answer.messages.joined(separator: "\n"))
        }
        return [error, JSON.Member("ErrorMessages", answer.code == 0 ? .null : messages)]
    }

    private func receipt(_ document: FermaDocument) -> [JSON.Member] {
        let number: JSON =
            self.rules.writesDocumentNumberAsText ? .string("\(document.number)") : .integer(document.number)
        return [
            JSON.Member("FiscalDocNumber", number), JSON.Member("DocNumber", .integer(document.receiptNumber)),
            JSON.Member("Date", Self.date(document.localTime)),
            JSON.Member("GrandTotal", .integer(document.total)), JSON.Member("FiscalSign", .integer(document.sign)),
            JSON.Member("DocumentType", .integer(document.type)), JSON.Member("QR", .string(document.qr)),
        ]
    }

    private static func device(_ register: FermaRegister?) -> JSON {
        guard let register else { return .null }
        return ["Name": .string(register.serialNumber), "Address": .string(register.address)]
    }

    /// Two digits for the year; zeros for no time at all.
    private static func date(_ time: CivilDateTime?) -> JSON {
        [
            "Date": [
                "Day": .integer(time?.date.day ?? 0), "Month": .integer(time?.date.month ?? 0),
                "Year": .integer((time?.date.year ?? 0) % 100),
            ],
            "Time": [
                "Hour": .integer(time?.hour ?? 0), "Minute": .integer(time?.minute ?? 0),
                "Second": .integer(time?.second ?? 0),
            ],
        ]
    }

    /// The last command of a full answer, with the document as the drive holds it.
    private func closing(_ document: FermaDocument) -> JSON {
        let fields = JSON.array(document.tags.map(\.json))
        var members = self.receipt(document)
        members += [
            JSON.Member("Error", 0),
            JSON.Member("FiscalDocument", ["TagID": 3, "TagType": "stlv", "Value": fields]),
            JSON.Member("Text", .string(document.printed.joined(separator: "\n"))),
            JSON.Member("TurnNumber", .integer(document.shift)),
        ]
        return ["Path": .string(Self.commandPath + "CloseDocument"), "Response": .object(members)]
    }
}

extension FermaTag {
    /// As a full answer shows it.
    var json: JSON {
        let (type, value): (String, JSON) =
            switch self.value {
            case .integer(let value): (Self.types[self.number] ?? "money", .integer(value))
            case .text(let text): (Self.types[self.number] ?? "string", .string(text))
            case .group(let fields): ("stlv", .array(fields.map(\.json)))
            }
        return ["TagID": .integer(self.number), "TagType": .string(type), "Value": value]
    }

    private static let types: [Int: String] = [
        1012: "unixtime", 1023: "qty", 1038: "uint32", 1040: "uint32", 1042: "uint32", 1054: "byte", 1055: "byte",
        1057: "byte", 1077: "byte[]", 1199: "byte", 1212: "byte", 1214: "byte", 1222: "byte",
    ]
}
