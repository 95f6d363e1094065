import Foundation

/// Where in a JSON text a refusal lies. The protobuf library says why it refuses, but not at which member.
///
/// Every member is put to the question alone, in nothing but the objects and arrays around it; the refused one is
/// followed inwards. This costs time and happens after a refusal only.
enum FaultyMember {
    /// The path of the innermost member that is refused by itself, `ticket.items[0].commodity.name`; the first one by
    /// name when there are several.
    ///
    /// - Parameter isRefused: the judgement over a JSON text; the last one that it refuses holds this member.
    /// - Returns: nil when the text is not JSON, or when it is to blame as a whole.
    static func path(in text: String, isRefused: ([UInt8]) -> Bool) -> String? {
        guard
            var inner = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) as Any
        else { return nil }
        var path = ""
        var around: (Any) -> Any = { $0 }
        while let part = self.parts(of: inner).first(where: { part in
            self.text(of: around(part.alone(part.value))).map(isRefused) ?? false
        }) {
            path += path.isEmpty || part.name.hasPrefix("[") ? part.name : ".\(part.name)"
            inner = part.value
            around = { [outer = around] in outer(part.alone($0)) }
        }
        return path.isEmpty ? nil : path
    }

    private struct Part {
        /// A member's name, or `[0]` for an element.
        var name: String
        var value: Any
        /// The object or array with nothing but this part, which then has the given value.
        var alone: (Any) -> Any
    }

    private static func parts(of value: Any) -> [Part] {
        if let object = value as? [String: Any] {
            return object.sorted { $0.key < $1.key }.map { name, value in
                Part(name: name, value: value, alone: { [name: $0] })
            }
        }
        guard let array = value as? [Any] else { return [] }
        return array.enumerated().map { index, value in Part(name: "[\(index)]", value: value, alone: { [$0] }) }
    }

    private static func text(of value: Any) -> [UInt8]? {
        (try? JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)).map { [UInt8]($0) }
    }
}
