import FermaClient
import FiscalCore

/// A request without an issue, to be spoiled one member at a time.
enum TestRequest {
    static let line: JSON = [
        "Qty": 2500, "Price": 10000, "PayAttribute": 4, "LineAttribute": 1, "Taxid": 3, "Description": "Груши",
    ]

    static let good: JSON = [
        "Requestid": "sale-7", "Device": "auto", "DocumentType": 0, "Lines": [line], "NonCash": [25000],
        "TaxMode": 2, "PhoneOrEmail": "79878985623",
    ]

    /// The good request with other members; nil takes one away.
    static func with(_ changes: [String: JSON?]) -> JSON { good.changed(changes) }

    /// The good request with another line.
    static func withLine(_ changes: [String: JSON?]) -> JSON {
        with(["Lines": .array([line.changed(changes)])])
    }

    static func issues(
        _ request: JSON, dialect: FermaDialect = .ferma, rules: ReceiptRules = ReceiptRules()
    ) -> [RequestIssue] {
        RequestReport(checking: request, dialect: dialect, rules: rules).issues
    }
}

extension JSON {
    /// The object with other members; new ones come last, nil takes one away.
    func changed(_ changes: [String: JSON?]) -> JSON {
        var members = self.members ?? []
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            if let index = members.firstIndex(where: { $0.name == name }) {
                if let value { members[index].value = value } else { members.remove(at: index) }
            } else if let value {
                members.append(Member(name, value))
            }
        }
        return .object(members)
    }

    /// Anything that JSON can say, numbers in their spelling.
    static func parsed(_ text: String) -> JSON {
        (try? JSON(parsing: text)) ?? .string("no JSON: \(text)")
    }
}
