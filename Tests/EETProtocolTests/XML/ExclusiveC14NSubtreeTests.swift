import FiscalCore
import FiscalTestSupport
import Testing

@testable import EETProtocol

@Suite("Exclusive canonicalisation of parts of a document")
struct ExclusiveC14NSubtreeTests {
    @Test(
        "Random elements of random documents, with prefix lists: the digests that xmlsec1 makes",
        .enabled(if: OutsideTool.exists("xmlsec1"), "no xmlsec1"))
    func randomElements() throws {
        let folder = try TemporaryFolder()
        let key = try folder.write(Array("secret".utf8), to: "key.bin")
        var compared = 0
        for seed in 0..<60 {
            var random = SeededGenerator(seed: UInt64(seed))
            var wanted: [(id: String, prefixes: [XMLString])] = []
            let document = RandomDocument(seed: UInt64(1000 + seed), withIDs: true) { ids in
                wanted = ids.map { id in
                    (id, ["p", "q", "a-b", "ns1", "#default", "xml", "unknown"].filter { _ in random.chance(25) })
                }
                return Self.template(wanted)
            }.text
            let input = try folder.write(Array(document.utf8), to: "in.xml")
            let output = folder.path("out.xml")
            let result = try OutsideTool.run(
                "xmlsec1", ["--sign", "--hmackey", key, "--output", output, input])
            try #require(result.status == 0, "\(result.errorText)")
            let tree = try XMLTree(Array(document.utf8))
            let signed = try XMLTree(try folder.read("out.xml"))
            let digests = signed.root.selfAndDescendants.filter { $0.name.local == "DigestValue" }.map(\.text)
            try #require(digests.count == wanted.count)
            for ((id, prefixes), digest) in zip(wanted, digests) {
                let element = try #require(
                    tree.root.selfAndDescendants.first { $0.attribute("id", XMLNamespace.xml) == XMLString(id) })
                // The root holds the signature itself, which signing changes.
                guard element.offset != tree.root.offset else { continue }
                let bytes = ExclusiveC14N.canonicalize(element, inclusivePrefixes: prefixes)
                #expect(
                    XMLString(Base64.encode(Digest.hash(.sha256, bytes))) == digest, "document \(seed), \(id)")
                compared += 1
            }
        }
        #expect(compared > 300)
    }

    /// A signature to be filled in, with one reference for each element.
    private static func template(_ wanted: [(id: String, prefixes: [XMLString])]) -> String {
        let exclusive = XMLNamespace.exclusiveC14N
        let references = wanted.map { id, prefixes in
            let list = prefixes.map(\.string).joined(separator: " ")
            return """
                <ds:Reference URI="#\(id)"><ds:Transforms><ds:Transform Algorithm="\(exclusive)">\
                <ec:InclusiveNamespaces xmlns:ec="\(exclusive)" PrefixList="\(list)"/></ds:Transform></ds:Transforms>\
                <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference>
                """
        }
        return """
            <ds:Signature xmlns:ds="\(XMLNamespace.signature)"><ds:SignedInfo>\
            <ds:CanonicalizationMethod Algorithm="\(exclusive)"/>\
            <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"/>\
            \(references.joined())</ds:SignedInfo><ds:SignatureValue/></ds:Signature>
            """
    }
}
