import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Builds the tree from the parser's events, each start tag checked against the outline of ``XMLScan``.
final class XMLTreeBuilder: NSObject, XMLParserDelegate {
    private(set) var prolog: [XMLInstruction] = []
    private(set) var root: XMLElementNode?
    private(set) var epilog: [XMLInstruction] = []
    /// The first fault found here.
    private var error: XMLTreeError?
    /// The first fault that the parser reported.
    private var parserFault: Int?
    private var ended = false

    private let startTags: [XMLScan.StartTag]
    private var next = 0
    private var open: [XMLElementNode] = []
    /// Text since the last tag or instruction: the parser reports it in pieces.
    private var text = ""

    init(_ startTags: [XMLScan.StartTag]) {
        self.startTags = startTags
    }

    /// Runs the parser.
    func build(_ input: [UInt8]) throws(XMLTreeError) {
        let parser = XMLParser(data: Data(input))
        parser.shouldProcessNamespaces = false
        parser.shouldReportNamespacePrefixes = false
        parser.shouldResolveExternalEntities = false
        parser.delegate = self
        // The answer of parse() alone is worth little: it is true for half a document, and for two roots.
        let parsed = parser.parse()
        let fault = self.parserFault ?? parser.parserError.map { ($0 as NSError).code }
        if let fault, Self.namespaceFaults.contains(fault), self.error == nil || self.error?.code == .syntax {
            throw XMLTreeError(.namespace, line: parser.lineNumber, detail: "parser error \(fault)")
        }
        if let error { throw error }
        if let fault, !Self.harmless.contains(fault) {
            throw XMLTreeError(.syntax, line: parser.lineNumber, detail: "parser error \(fault)")
        }
        guard parsed, self.ended, self.open.isEmpty, self.next == self.startTags.count else {
            throw XMLTreeError(.structure, line: parser.lineNumber, detail: "the parser did not come to the end")
        }
    }

    /// Numbers of libxml2 (`XML_NS_ERR_…`, `XML_WAR_NS_URI…`): bad declarations, and namespaces that are no absolute
    /// URI, for which canonical XML is not defined.
    private static let namespaceFaults: Set<Int> = [99, 100, 200, 201, 202, 203, 204, 205]
    /// An odd value of `xml:lang` or `xml:space`.
    private static let harmless: Set<Int> = [98, 102]

    func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
        let number = (parseError as NSError).code
        if self.parserFault == nil, !Self.harmless.contains(number) { self.parserFault = number }
    }

    func parserDidEndDocument(_ parser: XMLParser) { self.ended = true }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName: String?, attributes values: [String: String]
    ) {
        guard self.error == nil else { return }
        self.flushText()
        guard self.next < self.startTags.count else { return self.fail(.structure, "an unexpected element") }
        let tag = self.startTags[self.next]
        self.next += 1
        // libxml2 passes over xmlns:xml, after a check that it is the right one.
        let expected = tag.attributes.filter { $0 != "xmlns:xml" || values[$0.string] != nil }
        guard tag.name == XMLString(elementName), expected.count == values.count else {
            return self.fail(.syntax, "a start tag is ambiguous", at: tag.offset)
        }
        do {
            self.open.append(try self.element(tag, expected, values))
        } catch {
            self.error = error
        }
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?
    ) {
        guard self.error == nil else { return }
        self.flushText()
        guard let element = self.open.popLast() else { return self.fail(.structure, "an end tag too many") }
        if self.open.isEmpty {
            self.root = element
        } else {
            self.open[self.open.count - 1].children.append(.element(element))
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { self.text += string }

    func parser(_ parser: XMLParser, foundCDATA block: Data) { self.text += String(decoding: block, as: UTF8.self) }

    func parser(_ parser: XMLParser, foundIgnorableWhitespace whitespace: String) { self.text += whitespace }

    func parser(_ parser: XMLParser, foundProcessingInstructionWithTarget target: String, data: String?) {
        self.flushText()
        let instruction = XMLInstruction(target: XMLString(target), data: XMLString(data ?? ""))
        if !self.open.isEmpty {
            self.open[self.open.count - 1].children.append(.instruction(instruction))
        } else if self.root == nil {
            self.prolog.append(instruction)
        } else {
            self.epilog.append(instruction)
        }
    }

    private func flushText() {
        guard !self.text.isEmpty else { return }
        if !self.open.isEmpty { self.open[self.open.count - 1].children.append(.text(XMLString(self.text))) }
        self.text = ""
    }

    private func fail(_ code: XMLTreeError.Code, _ detail: String, at offset: Int? = nil) {
        self.error = self.error ?? XMLTreeError(code, offset: offset, detail: detail)
    }

    // MARK: Namespaces

    private func element(
        _ tag: XMLScan.StartTag, _ names: [XMLString], _ values: [String: String]
    ) throws(XMLTreeError) -> XMLElementNode {
        var declarations: [NamespaceDeclaration] = []
        var ordinary: [(prefix: XMLString, local: XMLString, value: XMLString)] = []
        for name in names {
            guard let value = values[name.string].map({ XMLString($0) }) else {
                throw XMLTreeError(.syntax, offset: tag.offset, detail: "a start tag is ambiguous")
            }
            let (prefix, local) = try Self.split(name, at: tag.offset)
            if prefix == "xmlns" || (prefix.isEmpty && local == "xmlns") {
                declarations.append(try Self.declaration(prefix.isEmpty ? "" : local, value, at: tag.offset))
            } else {
                ordinary.append((prefix, local, value))
            }
        }
        let scope = (self.open.last?.scope ?? .outermost).adding(declarations)
        let (prefix, local) = try Self.split(tag.name, at: tag.offset)
        let name = XMLName(prefix: prefix, local: local, namespace: try Self.resolve(prefix, scope, at: tag.offset))
        var attributes: [XMLAttribute] = []
        var expanded: Set<[XMLString]> = []
        for (prefix, local, value) in ordinary {
            // An attribute without prefix is in no namespace, whatever the default is.
            let namespace = prefix.isEmpty ? "" : try Self.resolve(prefix, scope, at: tag.offset)
            guard expanded.insert([namespace, local]).inserted else {
                throw XMLTreeError(.duplicateAttribute, offset: tag.offset, detail: "one name under two prefixes")
            }
            let name = XMLName(prefix: prefix, local: local, namespace: namespace)
            attributes.append(XMLAttribute(name: name, value: value))
        }
        return XMLElementNode(
            name: name, attributes: attributes, declarations: declarations, scope: scope, children: [],
            offset: tag.offset)
    }

    /// At most one colon, and something on each side of it.
    private static func split(_ name: XMLString, at offset: Int) throws(XMLTreeError) -> (XMLString, XMLString) {
        let parts = name.string.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else {
            throw XMLTreeError(.namespace, offset: offset, detail: "a name with a stray colon")
        }
        guard parts.count == 2 else { return ("", name) }
        return (XMLString(String(Substring(parts[0]))), XMLString(String(Substring(parts[1]))))
    }

    private static func resolve(
        _ prefix: XMLString, _ scope: NamespaceScope, at offset: Int
    ) throws(XMLTreeError) -> XMLString {
        guard prefix != "xmlns", let uri = scope.uri(prefix) else {
            throw XMLTreeError(.namespace, offset: offset, detail: "a prefix is not declared")
        }
        return uri
    }

    private static func declaration(
        _ prefix: XMLString, _ uri: XMLString, at offset: Int
    ) throws(XMLTreeError) -> NamespaceDeclaration {
        let allowed =
            switch prefix {
            case "xmlns": false
            case "xml": uri == XMLNamespace.xml
            default: uri != XMLNamespace.xml && uri != XMLNamespace.xmlns && (prefix.isEmpty || !uri.isEmpty)
            }
        guard allowed else {
            throw XMLTreeError(.namespace, offset: offset, detail: "a declaration is not allowed")
        }
        return NamespaceDeclaration(prefix: prefix, uri: uri)
    }
}
