/// A document read into values: namespaces resolved, references replaced, comments gone.
package struct XMLTree: Sendable {
    /// Instructions before the root element.
    package var prolog: [XMLInstruction]
    package var root: XMLElementNode
    /// Instructions after it.
    package var epilog: [XMLInstruction]

    /// Limits that hold before anything is parsed.
    package struct Limits: Sendable {
        /// Bytes of the document.
        package var bytes: Int
        /// Levels of elements, the root being one.
        package var depth: Int

        package init(bytes: Int = 1 << 20, depth: Int = 128) {
            self.bytes = bytes
            self.depth = depth
        }
    }

    /// Reads a document: XML 1.0 in UTF-8 (a byte order mark is passed over) without a document type.
    package init(_ bytes: [UInt8], limits: Limits = Limits()) throws(XMLTreeError) {
        guard bytes.count <= limits.bytes else {
            throw XMLTreeError(.tooLarge, detail: "\(bytes.count) bytes, at most \(limits.bytes)")
        }
        // A UTF-16 or UTF-32 mark is not valid UTF-8; without a mark, those encodings show zero bytes.
        if let zero = bytes.firstIndex(of: 0) { throw XMLTreeError(.encoding, offset: zero, detail: "a zero byte") }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw XMLTreeError(.encoding, detail: "not valid UTF-8")
        }
        let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let content = mark == 0 ? bytes : Array(bytes[mark...])
        let builder: XMLTreeBuilder
        do {
            let scan = try XMLScan(content, maximumDepth: limits.depth)
            builder = XMLTreeBuilder(scan.startTags)
            try builder.build(scan.parserInput())
        } catch {
            var error = error
            error.offset = error.offset.map { $0 + mark }
            throw error
        }
        guard let root = builder.root else { throw XMLTreeError(.structure, detail: "no element") }
        self.prolog = builder.prolog
        self.root = root
        self.epilog = builder.epilog
    }
}
