/// Takes out of a payload whatever cannot be read, and keeps all the rest.
///
/// Protobuf libraries refuse a message whole for one bad byte, and cut numbers that are too long without a word. A
/// receipt that the server has accepted must not be lost for a broken advertisement, and 2^32 must not be read as the
/// result code 0; so the bytes are gone through here first.
struct PayloadSalvage {
    /// The payload without what is damaged: a protobuf library can read it.
    private(set) var payload: [UInt8]
    /// What was left out, passed over or kept although it is odd.
    private(set) var anomalies = AnomalyList()
    /// The bodies in which something was lost.
    private var damagedBodies: Set<String> = []
    /// The bodies that may lack entries of a list: one could not be read, or the rest of a message is lost behind a place
    /// that cannot be read.
    private var cutBodies: Set<String> = []
    private var path = FieldPath()

    /// - Parameter message: name of the message, `Response`.
    init(_ payload: [UInt8], message: String) {
        self.payload = payload
        guard let schema = Schema.shared[message] else { return }
        if let repaired = self.repaired(payload[...], schema) { self.payload = repaired }
    }

    /// Whether something was lost in that field of the whole message.
    func isDamaged(_ body: String) -> Bool { self.damagedBodies.contains(body) }

    /// Whether lists in that field may be shorter than they were sent.
    func isCut(_ body: String) -> Bool { self.cutBodies.contains(body) }

    /// The message without its damage, or nil when it has none.
    private mutating func repaired(_ bytes: ArraySlice<UInt8>, _ schema: MessageSchema) -> [UInt8]? {
        var reader = WireReader(bytes)
        var output: [UInt8] = []
        /// Up to here everything is either in `output` or intact.
        var copied = bytes.startIndex
        var isRepaired = false
        var counts = [Int](repeating: 0, count: schema.fields.count)
        while let field = reader.next() {
            guard let place = schema.place(ofNumber: field.number) else {
                self.report(.unknownField, "field \(field.number) is not known here")
                continue
            }
            let fieldSchema = schema.fields[place]
            self.path.push(fieldSchema, index: counts[place])
            counts[place] += 1
            if counts[place] == 2 && !fieldSchema.isRepeated { self.report(.list, "there is more than one") }
            switch self.judge(field, fieldSchema) {
            case .intact: break
            case .dropped:
                output += bytes[copied..<field.range.lowerBound]
                copied = field.range.upperBound
                isRepaired = true
            case .replaced(let content):
                output += bytes[copied..<field.range.lowerBound]
                WireWriter.append(content, number: field.number, to: &output)
                copied = field.range.upperBound
                isRepaired = true
            }
            self.path.pop()
        }
        guard let damage = reader.damage else {
            guard isRepaired else { return nil }
            return output + bytes[copied...]
        }
        output += bytes[copied..<reader.endOfIntact]
        self.salvage(damage, schema, &output, counts)
        return output
    }

    private enum Verdict { case intact, dropped, replaced([UInt8]) }

    private mutating func judge(_ field: WireField, _ schema: FieldSchema) -> Verdict {
        switch (schema.type, field.value) {
        case (.message(let index), .bytes(let content)):
            guard let repaired = self.repaired(content, Schema.shared.messages[index]) else { return .intact }
            return .replaced(repaired)
        case (.string, .bytes(let content)):
            guard !content.isValidUTF8 else { return .intact }
            return self.drop("the text is not UTF-8")
        case (.bytes, .bytes): return .intact
        case (_, .varint(let value)) where schema.type.isVarint: return self.judge(value, schema.type)
        case (_, .oversizedVarint) where schema.type.isVarint: return self.drop("the number has more than 64 bits")
        case (_, .bytes(let content)) where schema.isRepeated && schema.type.isVarint:
            return self.judgePacked(content, schema.type)
        default:
            // A protobuf library keeps it beside the fields that it knows; the field itself is lost all the same.
            self.markLost(isCut: schema.isRepeated)
            self.report(.unknownField, "not of the type of this field")
            return .intact
        }
    }

    private mutating func judge(_ value: UInt64, _ type: FieldType) -> Verdict {
        switch type {
        case .uint32, .enumeration:
            guard value <= UInt64(UInt32.max) else { return self.drop("the number has more than 32 bits") }
        case .int32:
            guard Int32(exactly: Int64(bitPattern: value)) != nil else {
                return self.drop("the number has more than 32 bits")
            }
        case .bool:
            if value > 1 { self.report(.outOfRange, "neither 0 nor 1; read as true") }
        case .uint64, .string, .bytes, .message: break
        }
        return .intact
    }

    /// Numbers of a list may also stand one after another in one field.
    private mutating func judgePacked(_ content: ArraySlice<UInt8>, _ type: FieldType) -> Verdict {
        guard let values = WireReader.packedVarints(content) else { return self.drop("the numbers cannot be read") }
        for value in values {
            if case .dropped = self.judge(value, type) { return .dropped }
        }
        return .intact
    }

    /// What is left behind a break: of a message that is cut off, the part that is there.
    private mutating func salvage(
        _ damage: WireDamage, _ schema: MessageSchema, _ output: inout [UInt8], _ counts: [Int]
    ) {
        guard let cut = damage.cutField, let place = schema.place(ofNumber: cut.number) else {
            return self.reportCut("cannot be read from byte \(damage.offset) on (\(damage.reason.rawValue))")
        }
        self.path.push(schema.fields[place], index: counts[place])
        defer { self.path.pop() }
        self.reportCut("cut off at byte \(damage.offset)")
        guard case .message(let index) = schema.fields[place].type else { return }
        let content = self.repaired(cut.bytes, Schema.shared.messages[index]) ?? [UInt8](cut.bytes)
        WireWriter.append(content, number: cut.number, to: &output)
    }

    private mutating func reportCut(_ detail: String) {
        self.markLost(isCut: true)
        self.report(.damaged, detail)
    }

    private mutating func markLost(isCut: Bool) {
        guard let body = self.path.first else { return }
        self.damagedBodies.insert(body)
        if isCut { self.cutBodies.insert(body) }
    }

    private mutating func drop(_ detail: String) -> Verdict {
        self.markLost(isCut: false)
        self.report(.damaged, detail + "; left out")
        return .dropped
    }

    private mutating func report(_ kind: Anomaly.Kind, _ detail: @autoclosure () -> String) {
        let path = self.path
        self.anomalies.append(Anomaly(kind, field: path.text, detail()))
    }
}
