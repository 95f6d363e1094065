import OFDKazProtocol

/// A payload taken apart by its schema, so that a test can take out or damage any one field and put it together again.
struct EditableMessage {
    enum Content {
        case number(UInt64)
        case bytes([UInt8])
        case message(EditableMessage)
        /// Stands for the whole field, its tag included.
        case raw([UInt8])
    }

    struct Field {
        let schema: FieldSchema
        var content: Content
    }

    /// One field of the whole, wherever it lies.
    struct Place {
        /// Positions in `fields`, from the outermost message inwards.
        let steps: [Int]
        /// `ticket.items[0].commodity.name`
        let path: String
        /// Name of the message that has the field.
        let message: String
        let field: FieldSchema

        /// The path without the index of the field itself.
        var list: String { self.field.isRepeated ? self.path.droppingIndex : self.path }
    }

    let schema: MessageSchema
    var fields: [Field] = []

    init?(_ bytes: some Collection<UInt8>, _ schema: MessageSchema) {
        self.schema = schema
        let tree = WireTree([UInt8](bytes))
        for entry in tree {
            guard let field = schema.field(entry.number) else { return nil }
            switch (field.type, entry.value) {
            case (.message(let index), .bytes(let bytes)):
                guard let message = EditableMessage(bytes, Schema.shared.messages[index]) else { return nil }
                self.fields.append(Field(schema: field, content: .message(message)))
            case (_, .bytes(let bytes)): self.fields.append(Field(schema: field, content: .bytes([UInt8](bytes))))
            case (_, .varint(let number)): self.fields.append(Field(schema: field, content: .number(number)))
            default: return nil
            }
        }
        guard tree.damage == nil else { return nil }
    }

    var bytes: [UInt8] { self.fields.flatMap { $0.bytes } }

    /// Every field of the message and of all messages inside it.
    var places: [Place] { self.places(steps: [], prefix: "") }

    /// Of places that differ in nothing but the index of an entry only the first one.
    var distinctPlaces: [Place] {
        var seen: Set<String> = []
        return self.places.filter { seen.insert($0.path.filter { !$0.isWholeNumber }).inserted }
    }

    private func places(steps: [Int], prefix: String) -> [Place] {
        var counts: [Int: Int] = [:]
        return self.fields.indices.flatMap { position in
            let field = self.fields[position]
            let index = counts[field.schema.number, default: 0]
            counts[field.schema.number] = index + 1
            let name = field.schema.isRepeated ? "\(field.schema.name)[\(index)]" : field.schema.name
            let path = prefix.isEmpty ? name : prefix + "." + name
            let place = Place(
                steps: steps + [position], path: path, message: self.schema.name, field: field.schema)
            guard case .message(let message) = field.content else { return [place] }
            return [place] + message.places(steps: steps + [position], prefix: path)
        }
    }

    func removing(_ place: Place) -> Self { self.changing(place.steps[...]) { $0.remove(at: $1) } }

    func replacing(_ place: Place, by content: Content) -> Self {
        self.changing(place.steps[...]) { $0[$1].content = content }
    }

    /// Without all entries of the list that the place belongs to.
    func removingList(_ place: Place) -> Self {
        self.changing(place.steps[...]) { fields, _ in fields.removeAll { $0.schema.number == place.field.number } }
    }

    func content(_ place: Place) -> Content {
        var message = self
        for step in place.steps.dropLast() {
            guard case .message(let next) = message.fields[step].content else { return .raw([]) }
            message = next
        }
        return message.fields[place.steps[place.steps.count - 1]].content
    }

    private func changing(_ steps: ArraySlice<Int>, _ change: (inout [Field], Int) -> Void) -> Self {
        guard let step = steps.first else { return self }
        var copy = self
        if steps.count == 1 {
            change(&copy.fields, step)
        } else if case .message(let message) = self.fields[step].content {
            copy.fields[step].content = .message(message.changing(steps.dropFirst(), change))
        }
        return copy
    }
}

extension EditableMessage.Field {
    /// Tag and value, in protobuf's binary form.
    var bytes: [UInt8] {
        let tag = UInt64(self.schema.number) << 3
        switch self.content {
        case .number(let number): return varint(tag) + varint(number)
        case .bytes(let bytes): return varint(tag | 2) + varint(UInt64(bytes.count)) + bytes
        case .message(let message):
            let bytes = message.bytes
            return varint(tag | 2) + varint(UInt64(bytes.count)) + bytes
        case .raw(let bytes): return bytes
        }
    }
}

/// A number in groups of seven bits, the lowest first.
func varint(_ number: UInt64) -> [UInt8] {
    var groups = [number]
    while let last = groups.last, last > 0x7F {
        groups[groups.count - 1] = last & 0x7F | 0x80
        groups.append(last >> 7)
    }
    return groups.map { UInt8(truncatingIfNeeded: $0) }
}

extension String {
    fileprivate var droppingIndex: String {
        self.hasSuffix("]") ? String(self[..<(self.lastIndex(of: "[") ?? self.endIndex)]) : self
    }
}
