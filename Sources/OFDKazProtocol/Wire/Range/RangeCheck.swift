import FiscalCore
import SwiftProtobuf

/// Holds the values of a message against the limits of their types and against the ``RangeTable`` (decision K10).
///
/// What we send must have no issue. What a server sends is kept as it came, and its issues become anomalies.
package enum RangeCheck {
    /// The longest text that is sent, in UTF-8. The document has no limit, only the frame has one.
    package static let textLimit = 65_536

    /// The paths begin with the body.
    package static func issues(in request: PBRequest, edition: Edition, textLimit: Int = textLimit) -> [FieldIssue] {
        Self.found(in: request, "Request", edition, textLimit: textLimit)
    }

    /// For a receipt by itself; the paths begin inside it.
    package static func issues(
        in ticket: PBTicketRequest, edition: Edition, textLimit: Int = textLimit
    ) -> [FieldIssue] {
        Self.found(in: ticket, "TicketRequest", edition, textLimit: textLimit)
    }

    /// Texts of a server may have any length.
    package static func issues(in response: PBResponse, edition: Edition) -> [FieldIssue] {
        Self.found(in: response, "Response", edition, textLimit: .max)
    }

    private static func found(
        in message: some SwiftProtobuf.Message, _ name: String, _ edition: Edition, textLimit: Int
    ) -> [FieldIssue] {
        guard var walk = MessageWalk(message, name, edition: edition) else { return [] }
        walk.run { walk in
            var visit = RangeVisit(walk.scope, walk.path, textLimit: textLimit)
            for issue in visit.issues() { walk.report(issue) }
        }
        return walk.issues
    }
}

/// The values of one message.
private struct RangeVisit {
    private let node: WireNode
    private let edition: Edition
    private let path: FieldPath
    private let textLimit: Int
    private let rules: RangeTable.Rules
    private var found: [FieldIssue] = []

    init(_ scope: MessageScope, _ path: FieldPath, textLimit: Int) {
        self.node = scope.message
        self.edition = scope.edition
        self.path = path
        self.textLimit = textLimit
        self.rules = RangeTable.shared.rules(of: scope.message.schema)
    }

    mutating func issues() -> [FieldIssue] {
        var counts = [Int](repeating: 0, count: self.node.schema.fields.count)
        for entry in self.node.tree {
            guard let place = self.node.schema.place(ofNumber: entry.number) else { continue }
            self.check(entry.value, at: place, index: counts[place])
            counts[place] += 1
        }
        for rule in self.rules.distinct { self.check(rule) }
        switch self.node.schema.name {
        case "Date" where self.found.isEmpty: self.checkCalendar()
        case "ServiceRequest.OfflinePeriod": self.checkPeriod()
        default: break
        }
        return self.found
    }

    private mutating func check(_ value: WireField.Value, at place: Int, index: Int) {
        let field = self.node.schema.fields[place]
        switch value {
        case .varint(let number): self.check(number, field, at: place, index: index)
        case .bytes(let bytes) where field.type == .string: self.check(text: bytes, field, at: place, index: index)
        case .bytes, .oversizedVarint, .fixed32, .fixed64, .group: break
        }
    }

    private mutating func check(_ number: UInt64, _ field: FieldSchema, at place: Int, index: Int) {
        let limits = self.rules.limits[place]
        if let codes = self.codes(field, limits) {
            if !codes.contains(where: { $0 == number }) {
                self.report(field, index, .oneOf, limit: codes.map(String.init).joined(separator: ", "))
            }
        } else if let range = limits.range, !range.contains(number) {
            self.report(field, index, .range, limit: "\(range.lowerBound)...\(range.upperBound)")
        }
    }

    private func codes(_ field: FieldSchema, _ limits: RangeTable.Rules.Limits) -> [UInt32]? {
        if case .enumeration(let codes) = field.type { return codes }
        return limits.codes.last { $0.since <= self.edition.rawValue }?.codes
    }

    private mutating func check(text bytes: ArraySlice<UInt8>, _ field: FieldSchema, at place: Int, index: Int) {
        if bytes.count > self.textLimit {
            self.report(field, index, .length, limit: "0...\(self.textLimit) bytes")
        }
        guard self.rules.limits[place].isDecimal else { return }
        let isNumber = !bytes.isEmpty && bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if !isNumber {
            self.report(field, index, .pattern, limit: "[0-9]+")
        } else if Int64(String(decoding: bytes, as: UTF8.self)) == nil {
            self.report(field, index, .range, limit: "0...\(Int64.max)")
        }
    }

    private mutating func check(_ rule: RangeTable.Rules.Distinct) {
        let field = self.node.schema.fields[rule.place]
        let keys = self.node.numbers(rule.key, in: field.name)
        if Set(keys).count < keys.count {
            let name = rule.key.last ?? "entry"
            self.report(field, nil, .consistency, limit: "each \(name) at most once")
        } else if let limit = rule.limit, self.node.count(at: rule.place) > limit {
            self.report(field, nil, .length, limit: "0...\(limit) entries")
        }
    }

    /// The document has 31 days in every month; the calendar has not.
    private mutating func checkCalendar() {
        let parts = ["year", "month", "day"].compactMap { self.node.number($0).flatMap(Int.init(exactly:)) }
        guard parts.count == 3, CivilDate(year: parts[0], month: parts[1], day: parts[2]) == nil,
            let field = self.node.schema.field("day")
        else { return }
        self.report(field, nil, .range, limit: "a day of the calendar")
    }

    private mutating func checkPeriod() {
        guard let begin = self.node.nodes("begin_time").last?.order, let end = self.node.nodes("end_time").last?.order,
            end.lexicographicallyPrecedes(begin), let field = self.node.schema.field("end_time")
        else { return }
        self.report(field, nil, .consistency, limit: "not before begin_time")
    }

    private mutating func report(_ field: FieldSchema, _ index: Int?, _ rule: InvalidField.Rule, limit: String) {
        var path = self.path
        path.push(field, index: index)
        self.found.append(FieldIssue(field: path.text ?? field.name, rule: rule, limit: limit))
    }
}

extension WireNode {
    /// The numbers at the end of a way through messages, for all entries of a list that have one.
    fileprivate func numbers(_ key: [String], in list: String) -> [UInt64] {
        guard !key.isEmpty else { return self.schema.field(list).map { self.tree.numbers($0.number) } ?? [] }
        return self.nodes(list).compactMap { entry in
            var node = entry
            for step in key.dropLast() {
                guard let next = node.nodes(step).last else { return nil }
                node = next
            }
            return key.last.flatMap { node.number($0) }
        }
    }

    /// The parts of a DateTime from the greatest to the smallest; absent ones count as 0.
    fileprivate var order: [UInt64] {
        let date = self.nodes("date").last, time = self.nodes("time").last
        return ["year", "month", "day"].map { date?.number($0) ?? 0 }
            + ["hour", "minute", "second"].map { time?.number($0) ?? 0 }
    }
}
