/// One line of the table: what a field needs, from which edition on, and when.
struct PresenceRule: Sendable {
    enum Demand: Sendable {
        /// It is there; a list has an entry.
        case present
        /// It is there, and is no empty text.
        case filled
        /// The list has one entry for each of these codes, which stand in that field of the entry.
        case oneForEach(codes: [UInt32], field: String)
        /// It is not sent.
        case absent
    }

    /// By its place in the fields of the message.
    let place: Int
    let demand: Demand
    /// How the absence weighs.
    let absence: FieldIssue.Absence
    /// The first edition to which the rule applies, as a version word.
    let since: UInt16
    /// The first edition to which it applies no more.
    let below: UInt16
    let condition: PresenceCondition

    func applies(in scope: MessageScope) -> Bool {
        let word = scope.edition.rawValue
        return word >= self.since && word < self.below && self.condition.holds(scope)
    }
}
