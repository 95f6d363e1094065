import FiscalTestSupport
import Testing

@testable import EETProtocol

@Suite("Reading XML into a tree")
struct XMLTreeTests {
    private func read(_ text: String) throws -> XMLTree { try XMLTree(Array(text.utf8)) }

    private func code(_ text: String) -> XMLTreeError.Code? { self.code(Array(text.utf8)) }

    private func code(_ bytes: [UInt8], limits: XMLTree.Limits = .init()) -> XMLTreeError.Code? {
        do throws(XMLTreeError) {
            _ = try XMLTree(bytes, limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("Names are resolved by the declarations in force, attributes without a prefix by none")
    func namespaces() throws {
        let root = try read(
            """
            <e:a xmlns:e="urn:1" xmlns="urn:2" x="1" e:y="2" xml:lang="cs"><b><e:c xmlns:e="urn:3" xmlns=""/></b></e:a>
            """
        ).root
        #expect(root.name == XMLName(prefix: "e", local: "a", namespace: "urn:1"))
        #expect(root.attributes.map(\.name.namespace) == ["", "urn:1", XMLNamespace.xml])
        #expect(root.declarations.map(\.prefix) == ["e", ""])
        let b = try #require(root.elements.first)
        #expect(b.name.isNamed("b", "urn:2"))
        let c = try #require(b.elements.first)
        #expect(c.name.isNamed("c", "urn:3"))
        #expect(c.scope.uri("") == "" && b.scope.uri("") == "urn:2" && b.scope.uri("nowhere") == nil)
    }

    @Test("Attributes keep the order of the document")
    func attributeOrder() throws {
        let root = try read(#"<a z="1" b="2" y="3" a="4" x="5"/>"#).root
        #expect(root.attributes.map(\.name.local) == ["z", "b", "y", "a", "x"])
        #expect(root.attributes.map(\.value) == ["1", "2", "3", "4", "5"])
    }

    @Test("References and CDATA become text, comments split nothing")
    func text() throws {
        let root = try read("<a>x&amp;&#8211;<![CDATA[<&]]><!-- c -->y&#x1F600;\r\nz<?p d?>w</a>").root
        #expect(root.children.count == 3)
        guard case .text(let text) = root.children[0] else { throw XMLTreeError(.syntax) }
        #expect(text == "x&\u{2013}<&y\u{1F600}\nz")
        #expect(root.text == "x&\u{2013}<&y\u{1F600}\nzw")
    }

    @Test("Line ends become line feeds in text and in CDATA, written references stay")
    func lineEnds() throws {
        #expect(try read("<a>1\r\n2\r3\n<![CDATA[4\r\n5\r\r\n]]>&#13;\n</a>\r\n").root.text == "1\n2\n3\n4\n5\n\n\r\n")
    }

    @Test("White space in attributes is made spaces unless it is written as a reference")
    func attributeWhitespace() throws {
        let root = try read("<a x=\"1\n2\t3&#10;4&#9;5\r\n6&#13;\"/>").root
        #expect(root.attribute("x") == "1 2 3\n4\t5 6\r")
    }

    @Test("Instructions are kept, with data or without, inside the root element and outside")
    func instructions() throws {
        let tree = try read("<?xml version='1.0'?><?one?><a><?two?><?three  x ?></a><?four?>")
        #expect(tree.prolog == [XMLInstruction(target: "one", data: "")])
        #expect(tree.epilog == [XMLInstruction(target: "four", data: "")])
        guard case .instruction(let three) = tree.root.children[1] else { throw XMLTreeError(.syntax) }
        #expect(three == XMLInstruction(target: "three", data: "x "))
    }

    @Test("A UTF-8 byte order mark is passed over, and faults are still counted from the first byte")
    func byteOrderMark() throws {
        #expect(try XMLTree([0xEF, 0xBB, 0xBF] + Array("<a>ž</a>".utf8)).root.text == "ž")
        #expect(throws: XMLTreeError(.reference, offset: 6, line: 1, detail: "not defined")) {
            try XMLTree([0xEF, 0xBB, 0xBF] + Array("<a>&x;</a>".utf8))
        }
    }

    @Test(
        "A document type is refused, however it is written or hidden",
        arguments: [
            "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY f 'x'>]><a>&f;</a>", "<!doctype a><a/>", "<!DocType a><a/>",
            "\n <!DOCTYPE a><a/>", "<?xml version='1.0'?><!-- x --><!DOCTYPE a><a/>", "<!ENTITY f 'x'><a/>",
            "<?p d?><!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "<a><!DOCTYPE a></a>", "<! DOCTYPE a><a/>",
            "<a/><!DOCTYPE a>", "\u{FEFF}<!DOCTYPE a><a/>", "<![INCLUDE[x]]><a/>",
        ])
    func documentType(_ text: String) {
        #expect(code(text) == .documentType)
    }

    @Test("What looks like a document type in a comment, a CDATA section or a value is none")
    func noDocumentType() throws {
        let root = try read("<a x='!DOCTYPE'><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a>]]></a>").root
        #expect(root.text == "<!DOCTYPE a>")
    }

    @Test("Other encodings are refused: declared, marked, or visible in the bytes")
    func encodings() {
        for name in ["ISO-8859-2", "windows-1250", "UTF-16", "US-ASCII", "UTF-7", "", "utf8"] {
            #expect(code("<?xml version=\"1.0\" encoding='\(name)'?><a/>") == .encoding)
        }
        for name in ["UTF-8", "utf-8", "Utf-8"] {
            #expect(code("<?xml version=\"1.0\" encoding='\(name)' ?><a/>") == nil)
        }
        let text = "<a>x</a>"
        let utf16: [UInt8] = text.utf8.flatMap { [$0, 0] }
        let utf16Big: [UInt8] = text.utf8.flatMap { [0, $0] }
        let utf32: [UInt8] = text.utf8.flatMap { [$0, 0, 0, 0] }
        let all: [[UInt8]] = [
            [0xFF, 0xFE] + utf16, utf16, [0xFE, 0xFF] + utf16Big, utf16Big, [0xFF, 0xFE, 0, 0] + utf32, utf32,
            Array("<a>\0</a>".utf8),
        ]
        for bytes in all { #expect(code(bytes) == .encoding) }
    }

    @Test(
        "Bytes that are not valid UTF-8 are refused",
        arguments: [[0x80], [0xC0, 0xBC], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF]])
    func invalidUTF8(_ bytes: [UInt8]) {
        #expect(code(Array("<a>".utf8) + bytes + Array("</a>".utf8)) == .encoding)
    }

    @Test(
        "Only the five entities of XML and references to characters of XML are accepted",
        arguments: [
            "&foo;", "&", "& ", "&amp", "&AMP;", "&nbsp;", "&#0;", "&#x0;", "&#8;", "&#x1F;", "&#xD800;", "&#xFFFE;",
            "&#xFFFF;", "&#x110000;", "&#99999999999999999999;", "&#;", "&#x;", "&#XA;", "&#-1;", "&#1a;", "&#x1G;",
        ])
    func references(_ reference: String) {
        #expect(code("<a>\(reference)</a>") == .reference)
        #expect(code("<a x='\(reference)'/>") == .reference)
    }

    @Test(
        "Half a document, or more than one, is refused",
        arguments: [
            "", " ", "<a>", "<a><b></b>", "<a></b>", "<a><b></a></b>", "</a>", "<a/><b/>", "<a/>text", "text<a/>",
            "<?p d?>", "<a/><![CDATA[x]]>", "<a/></a>", "<a/>&amp;",
        ])
    func structure(_ text: String) {
        #expect(code(text) == .structure)
    }

    @Test(
        "What is not well-formed is refused",
        arguments: [
            "<a", "<a x>", "<a x=1/>", "<a x='1/>", "<a x='<'/>", "<a x='1'y='2'/>", "<1/>", "< a/>", "<a><!-- </a>",
            "<a><!-- -- --></a>", "<a>]]></a>", "<a>\u{1}</a>", "<a>\u{FFFE}</a>", "<a><![CDATA[x</a>", "<a><?p </a>",
            "<a><?xml version='1.0'?></a>", "<a><?XML x?></a>", " <?xml version='1.0'?><a/>",
            "<?xml version='1.1'?><a/>", "<?xml encoding='UTF-8'?><a/>", "<?xml version='1.0' x='1'?><a/>",
            "<?xml version='1.0'encoding='UTF-8'?><a/>", "<?xml encoding='UTF-8' version='1.0'?><a/>", "<a$/>",
            "<a b$='1'/>", "<a/ >", "<?xml version='1.0' standalone='maybe'?><a/>", "<?xml version='1.0'?",
        ])
    func syntax(_ text: String) {
        #expect(code(text) == .syntax)
    }

    @Test(
        "A name may stand once among the attributes of an element, under whatever prefix",
        arguments: [
            "<a b='1' b='2'/>", "<a xmlns:p='u:1' xmlns:p='u:2'/>", "<a xmlns='u:1' xmlns='u:1'/>",
            "<a xmlns:p='u:1' p:b='1' p:b='2'/>", "<a xmlns:p='u:1' xmlns:q='u:1' p:b='1' q:b='2'/>",
        ])
    func duplicateAttributes(_ text: String) {
        #expect(code(text) == .duplicateAttribute)
    }

    @Test("The same local name with and without a namespace is two attributes")
    func distinctAttributes() throws {
        let root = try read("<a xmlns='u:1' xmlns:p='u:1' xmlns:q='u:2' b='1' p:b='2' q:b='3'/>").root
        #expect(root.attribute("b") == "1" && root.attribute("b", "u:1") == "2" && root.attribute("b", "u:2") == "3")
    }

    @Test(
        "Prefixes without a declaration and declarations that are not allowed are refused",
        arguments: [
            "<p:a/>", "<a p:x='1'/>", "<a><b xmlns:p='u:1'/><p:c/></a>", "<a xmlns:p=''/>", "<a xmlns:xmlns='u:1'/>",
            "<a xmlns:xml='u:1'/>", "<a xmlns='http://www.w3.org/XML/1998/namespace'/>",
            "<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
            "<a:b:c xmlns:a='u:1'/>", "<a xmlns='relative'/>", "<a xmlns:p='no uri'/>", "<a :b='1'/>",
            "<a b:='1' xmlns:b='u:1'/>", "<xmlns:a/>", "<a xmlns:='u:1'/>",
        ])
    func namespaceFaults(_ text: String) {
        #expect(code(text) == .namespace)
    }

    @Test("The prefix xml may be declared as what it is")
    func xmlPrefix() throws {
        let root = try read("<a xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:lang='cs'/>").root
        #expect(root.attribute("lang", XMLNamespace.xml) == "cs")
    }

    @Test("Size and depth are limited, and a document just at the limit is read")
    func limits() throws {
        let bytes = Array("<a>12345</a>".utf8)
        #expect(code(bytes, limits: .init(bytes: bytes.count)) == nil)
        #expect(code(bytes, limits: .init(bytes: bytes.count - 1)) == .tooLarge)
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)).utf8)
        }
        #expect(code(nested(128)) == nil)
        #expect(code(nested(129)) == .tooDeep)
        #expect(code(nested(100_000)) == .tooDeep)
        func wide(_ count: Int) -> [UInt8] { Array("<a \((0..<count).map { "b\($0)='' " }.joined())/>".utf8) }
        #expect(code(wide(256)) == nil)
        #expect(code(wide(257)) == .tooLarge)
    }

    @Test("A fault names its line and byte")
    func position() {
        #expect(throws: XMLTreeError(.reference, offset: 8, line: 3, detail: "not defined")) {
            try read("<a>\n\nžx&y;</a>")
        }
        #expect(throws: XMLTreeError(.namespace, offset: 4, detail: "a prefix is not declared")) {
            try read("<a>\n<p:b/></a>")
        }
    }

    @Test("Canonically equivalent texts are different names and values")
    func codePoints() throws {
        // The Kelvin sign is canonically equivalent to K, and for String equal to it.
        #expect("\u{212A}eyInfo" == "KeyInfo")
        let root = try read("<\u{212A}eyInfo \u{E9}='1'/>").root
        #expect(root.name.local != "KeyInfo")
        #expect(root.attribute("e\u{301}") == nil && root.attribute("\u{E9}") == "1")
        // Two such attribute names collapse in the parser's dictionary: refused rather than half lost.
        #expect(code("<a \u{E9}='1' e\u{301}='2'/>") == .syntax)
    }

    @Test("Many tasks read at once, each gets its own document")
    func concurrency() async throws {
        let texts = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for index in 0..<200 {
                group.addTask {
                    let tree = try XMLTree(Array("<a i='\(index)'><b>t\(index)</b><?p \(index)?></a>".utf8))
                    return (index, tree.root.text.string + (tree.root.attribute("i")?.string ?? ""))
                }
            }
            return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
        }
        #expect(texts.count == 200)
        #expect(texts.allSatisfy { $0.value == "t\($0.key)\($0.key)" })
    }

    @Test("Any damage to a document gives a tree or an error")
    func damage() {
        let original = Array(
            """
            <?xml version="1.0" encoding="UTF-8"?><s:E xmlns:s="urn:s" xmlns="urn:d"><?p?><s:B Id="x&amp;y"><![CDATA[z]]>\
            <!-- c --><T a='1' b="ž">t&#8211;</T></s:B></s:E>
            """.utf8)
        let alphabet = Array("<>&;'\"=/?![]-:# \n\0xž".utf8) + [0xFF, 0xC3]
        var random = SeededGenerator(seed: 1)
        var trees = 0
        for _ in 0..<3000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[index] = random.pick(alphabet)
                case 1: bytes.remove(at: index)
                case 2: bytes.insert(random.pick(alphabet), at: index)
                default: bytes.removeSubrange(index...)
                }
                if bytes.isEmpty { break }
            }
            if code(bytes) == nil { trees += 1 }
        }
        for length in 0..<original.count { #expect(code(Array(original[..<length])) != nil) }
        #expect((1..<3000).contains(trees))
    }
}
