import FiscalCore

extension FermaAuthority {
    /// What a fault makes an answer say wrongly.
    func change(_ members: [JSON.Member], _ fault: FermaFault?) -> [JSON.Member] {
        switch fault {
        case .wrongRequestID: Self.change(members, "RequestId") { .string(($0.string ?? "") + "0") }
        case .wrongClientID: Self.change(members, "ClientId") { .string(($0.string ?? "") + "0") }
        case .damagedQR(let field): Self.change(members, "QR") { .string(Self.damage($0.string ?? "", field)) }
        case .wrongTotal:
            Self.change(members, "GrandTotal") { .integer(($0.integer ?? 0) + 1) }
        case .impossibleDate:
            Self.change(members, "Date") { date in
                .object(
                    Self.change(date.members ?? [], "Date") {
                        .object(Self.change($0.members ?? [], "Month") { _ in 13 })
                    })
            }
        case .changed(let text): Self.overlay(members, text)
        default: members
        }
    }

    private static func change(
        _ members: [JSON.Member], _ name: String, _ body: (JSON) -> JSON
    ) -> [JSON.Member] {
        members.map { $0.name.lowercased() == name.lowercased() ? JSON.Member($0.name, body($0.value)) : $0 }
    }

    /// Members of the text take the place of those with exactly the same name or come behind them; null takes one away.
    private static func overlay(_ members: [JSON.Member], _ text: String) -> [JSON.Member] {
        var members = members
        for change in (try? JSON(parsing: text))?.members ?? [] {
            let place = members.firstIndex { $0.name == change.name }
            switch (place, change.value.isNull) {
            case (let place?, true): members.remove(at: place)
            case (let place?, false): members[place] = change
            case (nil, true): break
            case (nil, false): members.append(change)
            }
        }
        return members
    }

    /// The text with another, well-formed value in one field.
    private static func damage(_ qr: String, _ field: FermaQRField) -> String {
        qr.split(separator: "&", omittingEmptySubsequences: false).map { part in
            let name = field.rawValue + "="
            guard part.hasPrefix(name) else { return String(part) }
            return name + Self.damaged(Array(part.dropFirst(name.count)), field)
        }.joined(separator: "&")
    }

    /// One digit is another: the last one, of a time that of the minutes.
    private static func damaged(_ value: [Character], _ field: FermaQRField) -> String {
        var value = value
        let place = field == .t ? 12 : value.count - 1
        guard value.indices.contains(place) else { return String(value) }
        value[place] = value[place] == "1" ? "2" : "1"
        return String(value)
    }
}
