import FiscalCore
import SwiftProtobuf

/// Holds messages against the ``PresenceTable``.
package enum PresenceCheck {
    /// What a request lacks, and what it has that its edition does not. The paths begin with the body.
    ///
    /// What weighs ``FieldIssue/Absence/schema`` or ``FieldIssue/Absence/document`` makes a server refuse it; the rest
    /// is only ours to keep.
    package static func issues(in request: PBRequest, edition: Edition) -> [FieldIssue] {
        Self.found(in: request, "Request", edition).filter { $0.absence != .custom }
    }

    /// The same for a receipt by itself; the paths begin inside it.
    package static func issues(in ticket: PBTicketRequest, edition: Edition) -> [FieldIssue] {
        Self.found(in: ticket, "TicketRequest", edition).filter { $0.absence != .custom }
    }

    /// What a request lacks that we always send, though no server insists on it.
    package static func omissions(in request: PBRequest, edition: Edition) -> [FieldIssue] {
        Self.found(in: request, "Request", edition).filter { $0.absence == .custom }
    }

    /// What an answer lacks. A missing part makes no answer invalid (decision K11).
    package static func issues(in response: PBResponse, edition: Edition) -> [FieldIssue] {
        Self.found(in: response, "Response", edition).filter { $0.absence != .custom }
    }

    private static func found(in message: some SwiftProtobuf.Message, _ name: String, _ edition: Edition)
        -> [FieldIssue]
    {
        guard var walk = MessageWalk(message, name, edition: edition) else { return [] }
        let table = PresenceTable.shared
        walk.run { walk in
            Self.visit(&walk, table)
        } follows: { place, scope in
            table.condition(ofBlockAt: place, in: scope.message.schema)?.holds(scope) ?? true
        }
        return walk.issues
    }

    private static func visit(_ walk: inout MessageWalk, _ table: PresenceTable) {
        var lacking: Set<Int> = []
        for rule in table.rules(of: walk.scope.message.schema) {
            // Of the rules that a field breaks the table lists the gravest first.
            guard !lacking.contains(rule.place), rule.applies(in: walk.scope),
                let issue = rule.issue(in: walk.scope, walk.path)
            else { continue }
            lacking.insert(rule.place)
            walk.report(issue)
        }
    }
}

extension PresenceRule {
    fileprivate func issue(in scope: MessageScope, _ path: FieldPath) -> FieldIssue? {
        let node = scope.message
        let isThere = node.count(at: self.place) > 0
        switch self.demand {
        case .absent: return isThere && !scope.isAnswer ? self.issue(.notAllowed, node, path, nil) : nil
        case .present where isThere: return nil
        case .filled where isThere:
            return node.contents(at: self.place).last?.isEmpty == true
                ? self.issue(.length, node, path, .document) : nil
        case .oneForEach(let codes, let name) where isThere:
            return scope.hasOneForEach(codes, name, in: node.nodes(at: self.place))
                ? nil : self.issue(.consistency, node, path, self.absence)
        case .present, .filled, .oneForEach: return self.issue(.required, node, path, self.absence)
        }
    }

    private func issue(
        _ rule: InvalidField.Rule, _ node: WireNode, _ path: FieldPath, _ absence: FieldIssue.Absence?
    ) -> FieldIssue {
        let field = node.schema.fields[self.place]
        var issue = FieldIssue(
            field: path.text(adding: field.name), rule: rule, limit: rule == .length ? "not empty" : self.limit(field))
        issue.absence = absence
        return issue
    }

    /// For the reader of an issue.
    private func limit(_ field: FieldSchema) -> String {
        let since = self.since > 0 ? " since \(self.since)" : ""
        let condition = self.condition.text.isEmpty ? "" : " " + self.condition.text
        switch self.demand {
        case .absent: return self.below == .max ? "never sent" : "since \(self.below)"
        case .oneForEach(let codes, let name):
            return "one entry for each \(name) of " + codes.map(String.init).joined(separator: ", ") + since
        case .present where field.isRepeated: return "at least one" + since + condition
        case .present, .filled: return "mandatory" + since + condition
        }
    }
}

extension MessageScope {
    /// Entries without a code are not judged here: the rule of the entry names them.
    fileprivate func hasOneForEach(_ codes: [UInt32], _ name: String, in entries: [WireNode]) -> Bool {
        let found = entries.compactMap { $0.number(name) }
        let distinct = Set(found)
        guard distinct.count == found.count else { return false }
        let wanted = Set(codes.map(UInt64.init))
        let unnamed = entries.count - found.count
        let isComplete = wanted.subtracting(distinct).count <= unnamed
        // A server may still send codes that were retired.
        return isComplete && (self.isAnswer || entries.count == wanted.count)
    }
}
