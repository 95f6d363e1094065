/// The list of goods of one version, whole (section 3.9).
///
/// It is stored as the message that brought it, so `Codable` writes one base64 text.
public struct Nomenclature: Sendable, Hashable {
    public var version: UInt32
    public var createdTime: DateTime?
    /// Groups and items in the order of the answer; each names its group by ``Element/parentGroupID``.
    public var elements: [Element]

    public init(version: UInt32, createdTime: DateTime? = nil, elements: [Element]) {
        self.version = version
        self.createdTime = createdTime
        self.elements = elements
    }

    /// The elements as a tree.
    public var hierarchy: NomenclatureHierarchy { NomenclatureHierarchy(self.elements) }
}

extension Nomenclature {
    /// - Returns: nil without a version, or when any element lacks its type, title or id: half a list of goods is worse
    ///   than the old one.
    package init?(_ pb: PBNomenclatureResponse) {
        guard pb.hasVersion else { return nil }
        var elements: [Element] = []
        elements.reserveCapacity(pb.elements.count)
        for element in pb.elements {
            guard let element = Element(element) else { return nil }
            elements.append(element)
        }
        self.init(
            version: pb.version, createdTime: pb.hasCreatedTime ? pb.createdTime.dateTime : nil, elements: elements)
    }

    package var pb: PBNomenclatureResponse {
        var pb = PBNomenclatureResponse()
        pb.version = self.version
        if let createdTime = self.createdTime { pb.createdTime = PBDateTime(createdTime) }
        pb.elements = self.elements.map(\.pb)
        return pb
    }
}
