/// The namespaces in force at an element: its own declarations over those of its parent.
///
/// Elements without declarations share the scope of their parent, so a scope is one link of a short chain.
package final class NamespaceScope: Sendable {
    private let uris: [XMLString: XMLString]
    private let outer: NamespaceScope?

    /// The scope outside the root element, where only `xml` is bound.
    package static let outermost = NamespaceScope(["xml": XMLNamespace.xml], outer: nil)

    private init(_ uris: [XMLString: XMLString], outer: NamespaceScope?) {
        self.uris = uris
        self.outer = outer
    }

    package func adding(_ declarations: [NamespaceDeclaration]) -> NamespaceScope {
        guard !declarations.isEmpty else { return self }
        let uris = declarations.map { ($0.prefix, $0.uri) }
        return NamespaceScope(Dictionary(uris, uniquingKeysWith: { first, _ in first }), outer: self)
    }

    /// What a prefix stands for; nil when it is not declared. The empty prefix without a declaration, or after
    /// `xmlns=""`, stands for no namespace: empty.
    package func uri(_ prefix: XMLString) -> XMLString? {
        var scope: NamespaceScope? = self
        while let current = scope {
            if let uri = current.uris[prefix] { return uri }
            scope = current.outer
        }
        return prefix.isEmpty ? "" : nil
    }
}

/// Namespaces and algorithm names of SOAP 1.1, WS-Security 1.1 and XML signatures.
package enum XMLNamespace {
    package static let xml: XMLString = "http://www.w3.org/XML/1998/namespace"
    package static let xmlns: XMLString = "http://www.w3.org/2000/xmlns/"
    package static let soap = XMLString(WSS.soap)
    package static let wsse = XMLString(WSS.wsse)
    package static let wsu = XMLString(WSS.wsu)
    package static let signature = XMLString(WSS.ds)
    /// Also the name of the algorithm.
    package static let exclusiveC14N = XMLString(WSS.exclusiveC14N)
}
