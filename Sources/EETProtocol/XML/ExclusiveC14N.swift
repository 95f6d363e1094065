/// Exclusive XML Canonicalization 1.0 without comments: one spelling of a document, over which signatures are made.
///
/// An element gets the declarations of the prefixes that it and its attributes use, and no others, unless an ancestor
/// within the output has them already. Prefixes of the `InclusiveNamespaces` list (`#default` for the default
/// namespace) are declared wherever they are in force, used or not.
/// Specification: <http://www.w3.org/TR/2002/REC-xml-exc-c14n-20020718/>.
public enum ExclusiveC14N {
    /// The canonical bytes of a whole document or of one element in it.
    ///
    /// - Parameters:
    ///   - document: XML 1.0 in UTF-8 without a document type, at most 16 MiB.
    ///   - id: the `wsu:Id` of the element that is wanted; nil for the whole document.
    ///   - inclusivePrefixes: the prefixes of the `PrefixList`.
    /// - Returns: nil when no element, or more than one, has that `wsu:Id`.
    public static func canonicalize(
        document: [UInt8], id: String? = nil, inclusivePrefixes: [String] = []
    ) throws(XMLTreeError) -> [UInt8]? {
        let tree = try XMLTree(document, limits: .init(bytes: 16 << 20))
        guard let id else { return Self.canonicalize(tree, inclusivePrefixes: inclusivePrefixes.map { XMLString($0) }) }
        let found = tree.root.selfAndDescendants.filter { $0.attribute("Id", XMLNamespace.wsu) == XMLString(id) }
        guard found.count == 1 else { return nil }
        return Self.canonicalize(found[0], inclusivePrefixes: inclusivePrefixes.map { XMLString($0) })
    }

    /// The canonical bytes of one element with everything below it.
    package static func canonicalize(_ element: XMLElementNode, inclusivePrefixes: [XMLString] = []) -> [UInt8] {
        var writer = Writer(inclusivePrefixes)
        writer.write(element)
        return writer.output
    }

    /// The canonical bytes of a whole document: instructions outside the root element stand on lines of their own.
    package static func canonicalize(_ tree: XMLTree, inclusivePrefixes: [XMLString] = []) -> [UInt8] {
        var writer = Writer(inclusivePrefixes)
        for instruction in tree.prolog {
            writer.write(instruction)
            writer.output.append(0x0A)
        }
        writer.write(tree.root)
        for instruction in tree.epilog {
            writer.output.append(0x0A)
            writer.write(instruction)
        }
        return writer.output
    }
}

private struct Writer {
    var output: [UInt8] = []
    private let inclusive: [XMLString]

    init(_ inclusivePrefixes: [XMLString]) {
        self.inclusive = inclusivePrefixes.map { $0 == "#default" ? "" : $0 }
    }

    /// What is still to be written of an open element, and which declarations its content inherits in the output.
    private struct Level {
        var element: XMLElementNode
        var children: ArraySlice<XMLNode>
        var rendered: [XMLString: XMLString]
    }

    /// Keeps its own stack: the depth of a document is its author's choice, that of the call stack is not.
    mutating func write(_ root: XMLElementNode) {
        var levels = [self.open(root, inherited: [:])]
        while var level = levels.popLast() {
            guard let node = level.children.popFirst() else {
                self.output += "</"
                self.write(level.element.name)
                self.output.append(UInt8(ascii: ">"))
                continue
            }
            levels.append(level)
            switch node {
            case .element(let element): levels.append(self.open(element, inherited: level.rendered))
            case .text(let text): self.write(text: text)
            case .instruction(let instruction): self.write(instruction)
            }
        }
    }

    /// Writes the start tag.
    private mutating func open(_ element: XMLElementNode, inherited: [XMLString: XMLString]) -> Level {
        var rendered = inherited
        self.output.append(UInt8(ascii: "<"))
        self.write(element.name)
        // Visibly utilised: the prefix of the element, also an empty one, and those of its attributes.
        var prefixes: Set<XMLString> = [element.name.prefix]
        for attribute in element.attributes where !attribute.name.prefix.isEmpty {
            prefixes.insert(attribute.name.prefix)
        }
        prefixes.formUnion(self.inclusive)
        prefixes.remove("xml")
        for prefix in prefixes.sorted() {
            // A prefix of the list need not be in force here. No default namespace is the state outside the root.
            guard let uri = element.scope.uri(prefix), uri != rendered[prefix, default: ""] else { continue }
            rendered[prefix] = uri
            self.output += prefix.isEmpty ? " xmlns" : " xmlns:"
            self.output += prefix.string.utf8
            self.output += "=\""
            self.write(value: uri)
            self.output.append(UInt8(ascii: "\""))
        }
        let attributes = element.attributes.sorted {
            ($0.name.namespace, $0.name.local) < ($1.name.namespace, $1.name.local)
        }
        for attribute in attributes {
            self.output.append(0x20)
            self.write(attribute.name)
            self.output += "=\""
            self.write(value: attribute.value)
            self.output.append(UInt8(ascii: "\""))
        }
        self.output.append(UInt8(ascii: ">"))
        return Level(element: element, children: element.children[...], rendered: rendered)
    }

    mutating func write(_ instruction: XMLInstruction) {
        self.output += "<?"
        self.output += instruction.target.string.utf8
        if !instruction.data.isEmpty {
            self.output.append(0x20)
            self.output += instruction.data.string.utf8
        }
        self.output += "?>"
    }

    private mutating func write(_ name: XMLName) {
        if !name.prefix.isEmpty {
            self.output += name.prefix.string.utf8
            self.output.append(UInt8(ascii: ":"))
        }
        self.output += name.local.string.utf8
    }

    private mutating func write(text: XMLString) {
        for byte in text.string.utf8 {
            switch byte {
            case UInt8(ascii: "&"): self.output += "&amp;"
            case UInt8(ascii: "<"): self.output += "&lt;"
            case UInt8(ascii: ">"): self.output += "&gt;"
            case 0x0D: self.output += "&#xD;"
            default: self.output.append(byte)
            }
        }
    }

    private mutating func write(value: XMLString) {
        for byte in value.string.utf8 {
            switch byte {
            case UInt8(ascii: "&"): self.output += "&amp;"
            case UInt8(ascii: "<"): self.output += "&lt;"
            case UInt8(ascii: "\""): self.output += "&quot;"
            case 0x09: self.output += "&#x9;"
            case 0x0A: self.output += "&#xA;"
            case 0x0D: self.output += "&#xD;"
            default: self.output.append(byte)
            }
        }
    }
}

extension [UInt8] {
    fileprivate static func += (bytes: inout [UInt8], text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
