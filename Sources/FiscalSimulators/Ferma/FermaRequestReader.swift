import FiscalCore

/// A value that has not the type the service expects (service code 2).
struct FermaTypeFault: Error {
    /// The member, `Lines[0].Qty`.
    var field: String
}

/// The members of a JSON object as the service takes them: names in any letter case, of two the last; null is absent.
struct FermaRequestReader {
    let members: [JSON.Member]
    /// Where the object stands, `Lines[0].`.
    let prefix: String

    init(_ value: JSON, at path: String = "") throws(FermaTypeFault) {
        guard let members = value.members else { throw FermaTypeFault(field: path) }
        self.members = members
        self.prefix = path.isEmpty ? "" : path + "."
    }

    func value(_ name: String) -> JSON? {
        let folded = name.lowercased()
        let found = self.members.last { $0.name.lowercased() == folded }?.value
        return found.flatMap { $0.isNull ? nil : $0 }
    }

    func text(_ name: String) throws(FermaTypeFault) -> String? {
        try self.read(name) { $0.string }
    }

    func integer(_ name: String) throws(FermaTypeFault) -> Int64? {
        try self.read(name) { $0.integer }
    }

    func bool(_ name: String) throws(FermaTypeFault) -> Bool? {
        try self.read(name) { $0.bool }
    }

    func integers(_ name: String) throws(FermaTypeFault) -> [Int64]? {
        try self.read(name) { value in
            let numbers = value.array?.map(\.integer)
            return numbers.flatMap { $0.contains(nil) ? nil : $0.compactMap(\.self) }
        }
    }

    func object(_ name: String) throws(FermaTypeFault) -> FermaRequestReader? {
        guard let value = self.value(name) else { return nil }
        return try FermaRequestReader(value, at: self.prefix + name)
    }

    func objects(_ name: String) throws(FermaTypeFault) -> [FermaRequestReader]? {
        guard let values = try self.read(name, { $0.array }) else { return nil }
        var objects: [FermaRequestReader] = []
        for (index, value) in values.enumerated() {
            objects.append(try FermaRequestReader(value, at: "\(self.prefix)\(name)[\(index)]"))
        }
        return objects
    }

    private func read<Value>(_ name: String, _ convert: (JSON) -> Value?) throws(FermaTypeFault) -> Value? {
        guard let value = self.value(name) else { return nil }
        guard let converted = convert(value) else { throw FermaTypeFault(field: self.prefix + name) }
        return converted
    }
}
