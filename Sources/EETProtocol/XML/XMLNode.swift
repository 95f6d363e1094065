/// One node of a document. Comments are dropped when it is read, CDATA and character references are plain text.
package enum XMLNode: Sendable {
    case element(XMLElementNode)
    case text(XMLString)
    case instruction(XMLInstruction)
}

/// A processing instruction: `<?target data?>`.
package struct XMLInstruction: Sendable, Hashable {
    package var target: XMLString
    package var data: XMLString
}

/// A name as written (`prefix:local`) and as meant (namespace and local name).
package struct XMLName: Sendable, Hashable {
    /// Empty for a name without prefix.
    package var prefix: XMLString
    package var local: XMLString
    /// Empty for a name in no namespace.
    package var namespace: XMLString

    /// The name as it stands in the document.
    package var qualified: XMLString { self.prefix.isEmpty ? self.local : XMLString("\(self.prefix):\(self.local)") }

    /// Whether this is that name of that namespace, whatever the prefix.
    package func isNamed(_ local: XMLString, _ namespace: XMLString) -> Bool {
        self.local == local && self.namespace == namespace
    }
}

package struct XMLAttribute: Sendable, Hashable {
    package var name: XMLName
    package var value: XMLString
}

/// `xmlns="uri"` (empty prefix) or `xmlns:prefix="uri"`, as it stands on an element.
package struct NamespaceDeclaration: Sendable, Hashable {
    package var prefix: XMLString
    package var uri: XMLString
}

/// One element with everything below it.
package struct XMLElementNode: Sendable {
    package var name: XMLName
    /// In document order, without namespace declarations.
    package var attributes: [XMLAttribute]
    /// In document order.
    package var declarations: [NamespaceDeclaration]
    /// Every namespace declared here or further out.
    package var scope: NamespaceScope
    package var children: [XMLNode]
    /// Where its start tag begins, in bytes; also tells elements of one document apart.
    package var offset: Int
}

extension XMLElementNode {
    /// Child elements in order.
    package var elements: [XMLElementNode] {
        self.children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// Child elements of that name.
    package func elements(_ local: XMLString, _ namespace: XMLString) -> [XMLElementNode] {
        self.elements.filter { $0.name.isNamed(local, namespace) }
    }

    /// The value of an attribute; without a namespace, of the one that has no prefix.
    package func attribute(_ local: XMLString, _ namespace: XMLString = "") -> XMLString? {
        self.attributes.first { $0.name.isNamed(local, namespace) }?.value
    }

    /// The text directly in it, child elements left out.
    package var ownText: XMLString {
        XMLString(self.children.map { if case .text(let text) = $0 { text.string } else { "" } }.joined())
    }

    /// The text in it and in all elements below.
    package var text: XMLString {
        var text = ""
        self.visit { node in
            if case .text(let part) = node { text += part.string }
        }
        return XMLString(text)
    }

    /// Whether there is text other than white space directly in it.
    package var hasOwnText: Bool {
        self.children.contains { if case .text(let text) = $0 { !text.isWhitespace } else { false } }
    }

    /// All nodes below it in document order, without recursion.
    package func visit(_ body: (XMLNode) -> Void) {
        var pending = [self.children[...]]
        while var siblings = pending.popLast() {
            guard let node = siblings.popFirst() else { continue }
            pending.append(siblings)
            body(node)
            if case .element(let element) = node { pending.append(element.children[...]) }
        }
    }

    /// Itself and every element below it, in document order.
    package var selfAndDescendants: [XMLElementNode] {
        var found = [self]
        self.visit { node in
            if case .element(let element) = node { found.append(element) }
        }
        return found
    }
}
