/// The list of goods as a tree of groups: roots, and what lies in each group.
///
/// Not nested values: a server's chain of groups may be longer than a stack is deep.
public struct NomenclatureHierarchy: Sendable, Hashable {
    /// Elements that name no group.
    public let roots: [Nomenclature.Element]
    /// Elements that no way from a root leads to: their group is not in the list, or is an item, or lies in itself.
    public let unreachable: [Nomenclature.Element]
    /// The places of ``unreachable`` in the list.
    package let unreachableIndices: [Int]
    private let members: [UInt64: [Nomenclature.Element]]

    /// What lies in a group, in the order of the list.
    public func children(of group: Nomenclature.Element) -> [Nomenclature.Element] {
        group.type == .group ? self.members[group.id] ?? [] : []
    }

    /// - Parameter elements: where an id is there twice, each of them owns what lies in it.
    public init(_ elements: [Nomenclature.Element]) {
        var roots: [Nomenclature.Element] = []
        var members: [UInt64: [Nomenclature.Element]] = [:]
        for element in elements {
            guard let parent = element.parentGroupID else {
                roots.append(element)
                continue
            }
            members[parent, default: []].append(element)
        }
        var reached: Set<UInt64> = []
        var open = roots.filter { $0.type == .group }.map(\.id)
        while let group = open.popLast() {
            guard reached.insert(group).inserted else { continue }
            for member in members[group] ?? [] where member.type == .group { open.append(member.id) }
        }
        self.roots = roots
        self.members = members
        let unreachable = elements.indices.filter { index in
            elements[index].parentGroupID.map { !reached.contains($0) } ?? false
        }
        self.unreachable = unreachable.map { elements[$0] }
        self.unreachableIndices = unreachable
    }
}
