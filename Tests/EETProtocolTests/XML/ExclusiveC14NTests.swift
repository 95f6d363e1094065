import FiscalCore
import FiscalTestSupport
import Testing

@testable import EETProtocol

@Suite("Exclusive canonicalisation")
struct ExclusiveC14NTests {
    private func canonical(_ text: String, _ prefixes: [XMLString] = []) throws -> String {
        String(
            decoding: ExclusiveC14N.canonicalize(try XMLTree(Array(text.utf8)), inclusivePrefixes: prefixes),
            as: UTF8.self)
    }

    private func element(_ name: XMLString, of text: String, _ prefixes: [XMLString] = []) throws -> String {
        let tree = try XMLTree(Array(text.utf8))
        let element = try #require(tree.root.selfAndDescendants.first { $0.name.local == name })
        return String(decoding: ExclusiveC14N.canonicalize(element, inclusivePrefixes: prefixes), as: UTF8.self)
    }

    @Test("The subtree example of the specification: an unused declaration of an ancestor does not come along")
    func specificationExample() throws {
        // Section 2.2 of the specification: the element n1:elem2 in two surroundings.
        let first = """
            <n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" \
            xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2></n0:local>
            """
        let second = """
            <n2:pdu xmlns:n1="http://example.com" xmlns:n2="http://foo.example" xml:lang="fr" xml:space="retain">\
            <n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2>\
            </n2:pdu>
            """
        let expected = """
            <n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff>\
            </n1:elem2>
            """
        #expect(try element("elem2", of: first) == expected)
        #expect(try element("elem2", of: second) == expected)
    }

    @Test("Declarations go where a prefix is first used, sorted, before attributes sorted by namespace and name")
    func order() throws {
        let text = """
            <a xmlns:z="urn:1" xmlns:b="urn:2" xmlns:unused="urn:3" z:x="1" b:x="2" y="3" b:a="4" z:w='5'><z:c/></a>
            """
        #expect(
            try canonical(text)
                == """
                <a xmlns:b="urn:2" xmlns:z="urn:1" y="3" z:w="5" z:x="1" b:a="4" b:x="2"><z:c></z:c></a>
                """)
    }

    @Test("Sorting goes by code points, where an upper-case letter comes first and U+FF5E before U+1F600")
    func codePointOrder() throws {
        #expect(
            try canonical("<a b='1' B='2' é='3' z='4'/>") == #"<a B="2" b="1" z="4" é="3"></a>"#)
    }

    @Test("An undeclared default namespace is written only below a declared one")
    func emptyDefault() throws {
        #expect(try canonical("<a xmlns=''><b/></a>") == "<a><b></b></a>")
        #expect(
            try canonical("<a xmlns='urn:1'><b xmlns=''><c xmlns='urn:1'/></b></a>")
                == #"<a xmlns="urn:1"><b xmlns=""><c xmlns="urn:1"></c></b></a>"#)
        // Between a and c the default changes unseen: p:b does not use it.
        #expect(
            try canonical("<a xmlns='urn:1' xmlns:p='urn:2'><p:b xmlns=''><c xmlns='urn:1'/></p:b></a>")
                == #"<a xmlns="urn:1"><p:b xmlns:p="urn:2"><c></c></p:b></a>"#)
    }

    @Test("Prefixes of the list are declared where they are in force, used or not; unknown ones are passed over")
    func prefixList() throws {
        let text = "<r xmlns='urn:d' xmlns:p='urn:p' xmlns:q='urn:q'><p:a><b xmlns:q='urn:2'/></p:a></r>"
        #expect(try element("a", of: text) == #"<p:a xmlns:p="urn:p"><b xmlns="urn:d"></b></p:a>"#)
        #expect(
            try element("a", of: text, ["q", "nowhere"])
                == #"<p:a xmlns:p="urn:p" xmlns:q="urn:q"><b xmlns="urn:d" xmlns:q="urn:2"></b></p:a>"#)
        #expect(
            try element("a", of: text, ["#default"])
                == #"<p:a xmlns="urn:d" xmlns:p="urn:p"><b></b></p:a>"#)
        #expect(try element("a", of: text, ["xml"]) == #"<p:a xmlns:p="urn:p"><b xmlns="urn:d"></b></p:a>"#)
    }

    @Test("Characters are escaped as the specification lists them, in text and in values")
    func escapes() throws {
        #expect(
            try canonical("<a x='&#9;&#10;&#13;&lt;&gt;&amp;&quot;&apos;'>&#9;&#13;&lt;&gt;&amp;\"'<![CDATA[<]]></a>")
                == "<a x=\"&#x9;&#xA;&#xD;&lt;>&amp;&quot;'\">\t&#xD;&lt;&gt;&amp;\"'&lt;</a>")
    }

    @Test("Instructions outside the root element stand on lines of their own, comments vanish")
    func instructions() throws {
        #expect(
            try canonical("<?xml version='1.0'?>\n<?a  b ?><!-- c -->\n<r>x<!-- d -->y<?e?></r>\n\n<?f?> <!-- g -->")
                == "<?a b ?>\n<r>xy<?e?></r>\n<?f?>")
    }

    @Test("A document at the allowed depth is canonicalised on the small stack of a task")
    func depth() async throws {
        let depth = 2000
        let text = String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        let same = try await Task.detached {
            let tree = try XMLTree(Array(text.utf8), limits: .init(depth: depth))
            return ExclusiveC14N.canonicalize(tree) == Array(text.utf8)
        }.value
        #expect(same)
    }

    @Test("An element is found by its wsu:Id; none and two of them are told apart from a result")
    func byID() throws {
        let wsu = "xmlns:u='\(XMLNamespace.wsu)'"
        let document = Array("<r \(wsu)><a u:Id='1'>x</a><b Id='2'/><c u:Id='3'/><d u:Id='3'/></r>".utf8)
        let found = try #require(try ExclusiveC14N.canonicalize(document: document, id: "1"))
        #expect(String(decoding: found, as: UTF8.self) == "<a xmlns:u=\"\(XMLNamespace.wsu)\" u:Id=\"1\">x</a>")
        #expect(try ExclusiveC14N.canonicalize(document: document, id: "2") == nil)
        #expect(try ExclusiveC14N.canonicalize(document: document, id: "3") == nil)
        #expect(try ExclusiveC14N.canonicalize(document: document)?.count ?? 0 > found.count)
    }

    @Test("600 random documents: the same bytes as xmllint", .enabled(if: OutsideTool.exists("xmllint"), "no xmllint"))
    func randomDocuments() throws {
        let folder = try TemporaryFolder()
        for batch in 0..<6 {
            let documents = (0..<100).map { RandomDocument(seed: UInt64(batch * 100 + $0)).text }
            let files = try documents.enumerated().map { try folder.write(Array($1.utf8), to: "\(batch)-\($0).xml") }
            let result = try OutsideTool.run("xmllint", ["--exc-c14n"] + files)
            #expect(result.status == 0)
            // xmllint writes one after the other; an instruction with its number ends each of them.
            var expected = result.output[...]
            for (index, document) in documents.enumerated() {
                let ours = ExclusiveC14N.canonicalize(try XMLTree(Array(document.utf8)))
                let isSame = expected.starts(with: ours)
                try #require(isSame, "document \(batch * 100 + index)")
                expected = expected.dropFirst(ours.count)
            }
            let rest = expected.count
            #expect(rest == 0)
        }
    }

    @Test(
        "Body and SignedInfo of the official samples give the recorded bytes",
        .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"),
        arguments: [
            ("CZ00000019.v4", "requests/v4/CZ00000019.eet.v4.req.xml", ["v4"], ["soapenv", "v4"]),
            ("CZ1212121218.v3.1.1", "requests/v3/CZ1212121218.v3.valid.v3.1.1.xml", [], []),
            ("CZ1212121218.v3.1", "requests/v3/CZ1212121218.valid.v3.1.xml", [], ["soap"]),
            ("response-pg-2021-09-27", "responses/v3/pg-2021-09-27.ok.signed.xml", [], []),
        ] as [(String, String, [XMLString], [XMLString])])
    func officialSamples(
        _ name: String, _ path: String, _ bodyPrefixes: [XMLString], _ signedInfoPrefixes: [XMLString]
    ) throws {
        let tree = try XMLTree(try SharedFixtures.bytes("eet/" + path))
        let elements = tree.root.selfAndDescendants
        let body = try #require(elements.first { $0.name.isNamed("Body", XMLNamespace.soap) })
        #expect(
            try ExclusiveC14N.canonicalize(body, inclusivePrefixes: bodyPrefixes)
                == SharedFixtures.bytes("eet/c14n/\(name).body.c14n"))
        let signedInfo = try #require(elements.first { $0.name.isNamed("SignedInfo", XMLNamespace.signature) })
        #expect(
            try ExclusiveC14N.canonicalize(signedInfo, inclusivePrefixes: signedInfoPrefixes)
                == SharedFixtures.bytes("eet/c14n/\(name).signedinfo.c14n"))
    }
}
