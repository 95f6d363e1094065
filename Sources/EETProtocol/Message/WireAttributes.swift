/// Names and values of one element's attributes exactly as on the wire, sorted by name as canonical XML wants them.
public struct WireAttributes: Sendable, Hashable, Codable, Sequence {
    private var pairs: [Pair]

    private struct Pair: Sendable, Hashable, Codable {
        var name: String
        var value: String
    }

    /// - Parameter values: names and values; their order does not matter.
    public init(_ values: [String: String]) {
        self.pairs = values.map { Pair(name: $0.key, value: $0.value) }.sorted {
            $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
    }

    public subscript(name: String) -> String? {
        self.pairs.first { $0.name == name }?.value
    }

    /// The attributes as a dictionary.
    public var dictionary: [String: String] {
        Dictionary(uniqueKeysWithValues: self.pairs.map { ($0.name, $0.value) })
    }

    public func makeIterator() -> some IteratorProtocol<(name: String, value: String)> {
        self.pairs.lazy.map { (name: $0.name, value: $0.value) }.makeIterator()
    }
}
