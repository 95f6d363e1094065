/// What must be in which message: field by field, by edition, command and content (sections 2.5 to 4.14; decisions K12,
/// K17).
///
/// The schema itself declares every field optional, so this is the only place. Our own messages are held against it
/// before they are sent, a server's when they come; the simulated authority applies it to every version from 100 on.
package struct PresenceTable: Sendable {
    package static let shared = PresenceTable()

    private var byMessage: [Rules]

    private init() {
        self.byMessage = Schema.shared.messages.map(Rules.init)
        self.addMessages()
        self.addTicket()
        self.addItems()
        self.addPayments()
        self.addShift()
        self.addReport()
        self.addNomenclature()
        self.addService()
        self.addServiceAnswer()
        self.addRegistration()
        self.addTypes()
    }

    /// The lines for a message.
    func rules(of message: MessageSchema) -> [PresenceRule] { self.byMessage[message.index].lines }

    /// The condition without which a field means nothing and is not looked into, or nil.
    func condition(ofBlockAt place: Int, in message: MessageSchema) -> PresenceCondition? {
        self.byMessage[message.index].blocks[place]
    }

    /// Adds the lines for a message.
    mutating func message(_ name: String, _ add: (inout Rules) -> Void) {
        guard let message = Schema.shared[name] else { preconditionFailure("no message \(name)") }
        add(&self.byMessage[message.index])
    }
}

extension PresenceTable {
    /// The lines for one message, and the words in which they are written.
    struct Rules: Sendable {
        let message: MessageSchema
        private(set) var lines: [PresenceRule] = []
        /// By the place of the field.
        private(set) var blocks: [PresenceCondition?]

        init(_ message: MessageSchema) {
            self.message = message
            self.blocks = [PresenceCondition?](repeating: nil, count: message.fields.count)
        }

        /// Every known schema requires them: without them a server cannot decode the message.
        mutating func schema(_ fields: String...) {
            for field in fields { self.add(field, .present, .schema) }
        }

        /// The document calls it mandatory.
        mutating func must(
            _ field: String, since: UInt16 = 0, below: UInt16 = .max, when condition: PresenceCondition = .always
        ) {
            self.add(field, .present, .document, since: since, below: below, when: condition)
        }

        /// As ``must(_:since:below:when:)``, and an empty text is as good as none.
        mutating func filled(_ field: String, _ absence: FieldIssue.Absence = .document, since: UInt16 = 0) {
            self.add(field, .filled, absence, since: since)
        }

        /// We always send it; no server insists.
        mutating func custom(
            _ field: String, since: UInt16 = 0, below: UInt16 = .max, when condition: PresenceCondition = .always
        ) {
            self.add(field, .present, .custom, since: since, below: below, when: condition)
        }

        /// Mandatory under the condition, and ignored otherwise.
        mutating func block(_ field: String, when condition: PresenceCondition) {
            self.add(field, .present, .document, when: condition)
            self.blocks[self.place(field)] = condition
        }

        /// A list with one entry for each code, zeros included.
        mutating func list(_ field: String, each code: String, of codes: [UInt32], since: UInt16 = 0) {
            self.add(field, .oneForEach(codes: codes, field: code), .document, since: since)
        }

        /// Never sent, or not before that edition.
        mutating func unsent(_ fields: String..., below: UInt16 = .max) {
            for field in fields { self.add(field, .absent, .custom, below: below) }
        }

        private mutating func add(
            _ field: String, _ demand: PresenceRule.Demand, _ absence: FieldIssue.Absence, since: UInt16 = 0,
            below: UInt16 = .max, when condition: PresenceCondition = .always
        ) {
            self.lines.append(
                PresenceRule(
                    place: self.place(field), demand: demand, absence: absence, since: since, below: below,
                    condition: condition))
        }

        private func place(_ field: String) -> Int {
            guard let place = self.message.place(of: field) else {
                preconditionFailure("\(self.message.name) has no field \(field)")
            }
            return place
        }
    }
}
