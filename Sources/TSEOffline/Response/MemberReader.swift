import FiscalCore

/// Takes the members of one object by name, in any letter case, and notes what was overlooked.
struct MemberReader {
    private let object: JSON
    private let path: String
    private var known: Set<String> = []
    private(set) var leniencies: [ResponseLeniency] = []
    /// How many of the names that were asked for are there.
    private(set) var found = 0

    init(_ members: [JSON.Member], path: String = "") {
        self.object = .object(members)
        self.path = path
    }

    private mutating func note(_ kind: ResponseLeniency.Kind, _ name: String) {
        self.leniencies.append(ResponseLeniency(kind: kind, member: self.path + name))
    }

    /// The value of the member; nil when it is absent, which `isOptional` members may be.
    private mutating func value(_ name: String, isOptional: Bool = false) -> JSON? {
        let folded = name.lowercased()
        self.known.insert(folded)
        let spellings = self.object.members?.filter { $0.name.lowercased() == folded } ?? []
        guard !spellings.isEmpty else {
            if !isOptional { self.note(.absent, name) }
            return nil
        }
        self.found += 1
        if spellings.count > 1 { self.note(.doubled, name) }
        if !spellings.contains(where: { $0.name == name }) { self.note(.letterCase, name) }
        return self.object[anyCase: name]
    }

    /// A text; absent, null and unreadable ones are empty.
    mutating func text(_ name: String) -> String {
        switch self.value(name) {
        case .string(let text): return text
        case .number(let number):
            self.note(.otherType, name)
            return number.text
        case .null: self.note(.null, name)
        case .some: self.note(.unreadable, name)
        case nil: break
        }
        return ""
    }

    /// A whole number; absent, null, empty and unreadable ones are 0.
    mutating func integer(_ name: String) -> Int64 {
        let value = self.value(name)
        switch value {
        case .null: self.note(.null, name)
        case .some:
            guard let number = LenientNumber.value(of: value) else {
                self.note(.unreadable, name)
                break
            }
            if value?.integer != number { self.note(.otherType, name) }
            return number
        case nil: break
        }
        return 0
    }

    /// A number or text that is kept as it came; nil when it is absent, null, empty or of another type.
    mutating func echoed(_ name: String) -> JSON? { self.echoed(name, self.value(name)) }

    /// The same for a member that the source document does not have.
    mutating func optionalEchoed(_ name: String) -> JSON? { self.echoed(name, self.value(name, isOptional: true)) }

    private mutating func echoed(_ name: String, _ value: JSON?) -> JSON? {
        switch value {
        case .number: return value
        case .string(""): self.note(.unreadable, name)
        case .string:
            self.note(.otherType, name)
            return value
        case .null: self.note(.null, name)
        case .some: self.note(.unreadable, name)
        case nil: break
        }
        return nil
    }

    mutating func time(_ name: String) -> ServiceTime? {
        let text = self.text(name)
        guard !text.isEmpty else { return nil }
        guard let time = ServiceTime(text) else {
            self.note(.unreadable, name)
            return nil
        }
        if !time.isExact { self.note(.timeDigits, name) }
        return time
    }

    mutating func object(_ name: String) -> [JSON.Member] {
        switch self.value(name) {
        case .object(let members): return members
        case .null: self.note(.null, name)
        case .some: self.note(.unreadable, name)
        case nil: break
        }
        return []
    }

    /// A country by its number, or by number and name: `0`, `"0"`, `"[9] = Italy"`.
    mutating func country(_ name: String) -> FiscalCountry? {
        let value = self.value(name)
        switch value {
        case .number(let number):
            return LenientNumber.value(of: value).map { FiscalCountry(number: $0) }
                ?? FiscalCountry(number: nil, name: number.text)
        case .string(let text):
            self.note(.otherType, name)
            return FiscalCountry(text: text)
        case .null: self.note(.null, name)
        case .some(let other):
            // Neither Germany nor absent: whatever it is, we may not judge the answer.
            self.note(.unreadable, name)
            return FiscalCountry(number: nil, name: other.text)
        case nil: break
        }
        return nil
    }

    /// Members that nobody asked for, in their order.
    var others: [JSON.Member] {
        mutating get {
            let others = (self.object.members ?? []).filter { !self.known.contains($0.name.lowercased()) }
            for member in others { self.note(.unknown, member.name) }
            return others
        }
    }
}

extension FiscalCountry {
    /// Reads `0`, `[9] = Italy`, `Italy`; nil for an empty text.
    init?(text: String) {
        let space: Set<Character> = [" ", "\t"]
        let trimmed = String(text.drop(while: space.contains).reversed().drop(while: space.contains).reversed())
        guard !trimmed.isEmpty else { return nil }
        if let number = LenientNumber.value(of: .string(trimmed)) {
            self.init(number: number)
            return
        }
        let parts = trimmed.split(separator: "=", maxSplits: 1).map { $0.filter { !space.contains($0) } }
        guard let first = parts.first, first.hasPrefix("["), first.hasSuffix("]"),
            let number = LenientNumber.value(of: .string(String(first.dropFirst().dropLast())))
        else {
            let listed = Self.names.first { $0.value.lowercased() == trimmed.lowercased() }
            self.init(number: listed?.key, name: listed?.value ?? trimmed)
            return
        }
        let name = Self.names[number] ?? (parts.count == 2 && !parts[1].isEmpty ? parts[1] : nil)
        self.init(number: number, name: name)
    }
}
