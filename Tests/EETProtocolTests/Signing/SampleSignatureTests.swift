import EETProtocol
import FiscalCore
import FiscalTestSupport
import Foundation
import Testing

/// Decision E19: digest and signature of a sample depend on the sample's own prefixes and identifiers, so they are
/// reproduced from the sample itself, with the key of its key file.
@Suite(
    "Signatures of the official samples, made again",
    .enabled(if: SharedFixtures.exist, "the official vectors are absent"))
struct SampleSignatureTests {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        var message: String?
        var p12: String
        var password: String
        var body_sha256_digest_base64: String?
        var signature_value_base64: String?
        var testDescription: String { self.message ?? "" }
    }

    static let vectors: [Vector] = {
        guard SharedFixtures.exist, let bytes = try? SharedFixtures.bytes("eet/vectors.json") else { return [] }
        return ((try? JSONDecoder().decode([Vector].self, from: Data(bytes))) ?? []).filter { $0.message != nil }
    }()

    @Test("There are five samples with their keys")
    func samplesAreThere() {
        #expect(Self.vectors.count == 5)
    }

    @Test("Canonical Body and SignedInfo give the sample's DigestValue and SignatureValue", arguments: vectors)
    func madeAgain(_ vector: Vector) throws {
        let document = try XMLTree(SharedFixtures.bytes("eet/\(#require(vector.message))"))
        let key = try PKCS12.read(SharedFixtures.bytes("eet/\(vector.p12)"), password: vector.password).key
        let body = try #require(document.root.elements("Body", XMLNamespace.soap).first)
        let signedInfo = try #require(
            document.root.selfAndDescendants.first { $0.name.isNamed("SignedInfo", XMLNamespace.signature) })
        let transform = try #require(
            signedInfo.selfAndDescendants.first { $0.name.isNamed("Transform", XMLNamespace.signature) })
        let method = try #require(
            signedInfo.elements("CanonicalizationMethod", XMLNamespace.signature).first)

        let digest = Digest.hash(
            .sha256, ExclusiveC14N.canonicalize(body, inclusivePrefixes: Self.prefixes(transform)))
        #expect(Base64.encode(digest) == vector.body_sha256_digest_base64)
        let value = try key.sign(
            ExclusiveC14N.canonicalize(signedInfo, inclusivePrefixes: Self.prefixes(method)), .rsaPKCS1(.sha256))
        #expect(Base64.encode(value) == vector.signature_value_base64)
    }

    private static func prefixes(_ element: XMLElementNode) -> [XMLString] {
        element.elements("InclusiveNamespaces", XMLNamespace.exclusiveC14N).first?.attribute("PrefixList")?.words ?? []
    }
}
