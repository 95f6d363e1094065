import FiscalCore

/// Takes a signed message apart, refusing everything that the profile of EET does not have.
///
/// Most attacks on XML signatures make the verifier look at one element and the reader at another. Here every element
/// of the profile stands in one place only, there is one of each, and identifiers occur once in the document.
struct SOAPSignatureReader {
    typealias Problem = SOAPSignature.Problem

    let body: XMLElementNode
    private let security: XMLElementNode
    private let signedInfo: XMLElementNode
    private let signatureValue: XMLElementNode
    private let keyInfo: XMLElementNode

    init(_ document: XMLTree) throws(Problem) {
        let all = document.root.selfAndDescendants
        for name: XMLString in ["Envelope", "Header", "Body"] {
            guard all.count(where: { $0.name.isNamed(name, XMLNamespace.soap) }) == 1 else {
                throw Problem(.envelope, "there is not exactly one \(name)")
            }
        }
        let soap = XMLNamespace.soap
        let parts = try Self.children(of: document.root, [("Header", soap), ("Body", soap)], or: .envelope)
        self.body = parts[1]
        for (name, namespace): (XMLString, XMLString) in [
            ("Security", XMLNamespace.wsse), ("Signature", XMLNamespace.signature),
            ("SignedInfo", XMLNamespace.signature),
        ] {
            guard all.count(where: { $0.name.isNamed(name, namespace) }) == 1 else {
                throw Problem(.profile, "there is not exactly one \(name)")
            }
        }
        guard let security = parts[0].elements("Security", XMLNamespace.wsse).first,
            let signature = security.elements("Signature", XMLNamespace.signature).first
        else { throw Problem(.profile, "the Signature is not directly in the Security header") }
        self.security = security
        let signatureNamespace = XMLNamespace.signature
        let signed = try Self.children(
            of: signature,
            [
                ("SignedInfo", signatureNamespace), ("SignatureValue", signatureNamespace),
                ("KeyInfo", signatureNamespace),
            ])
        (self.signedInfo, self.signatureValue, self.keyInfo) = (signed[0], signed[1], signed[2])
        try Self.checkIdentifiers(all)
    }

    /// Every identifier belongs to one element, whatever attribute it is written in. One element may carry the same one
    /// twice, as `xml:id` and `wsu:Id`.
    private static func checkIdentifiers(_ elements: [XMLElementNode]) throws(Problem) {
        var owners: [XMLString: Int] = [:]
        for element in elements {
            for attribute in element.attributes where attribute.name.local.equalsIgnoringASCIICase("id") {
                let owner = owners.updateValue(element.offset, forKey: attribute.value)
                guard owner == nil || owner == element.offset else {
                    throw Problem(.duplicateID, "two elements have one identifier")
                }
            }
        }
    }

    /// Digest, then RSA, with the key of the certificate that the message names.
    func verify() throws(Problem) -> Certificate {
        let signature = XMLNamespace.signature
        let parts = try Self.children(
            of: self.signedInfo,
            [("CanonicalizationMethod", signature), ("SignatureMethod", signature), ("Reference", signature)])
        try Self.checkAttributes(of: self.signedInfo, ["Id"])
        let signedInfoPrefixes = try Self.exclusivePrefixes(parts[0])
        try Self.checkAlgorithm(parts[1], XMLString(WSS.rsaSHA256))
        let digest = try self.reference(parts[2])

        let certificate = try self.certificate()
        let body = ExclusiveC14N.canonicalize(self.body, inclusivePrefixes: digest.prefixes)
        guard Digest.hash(.sha256, body) == digest.value else {
            throw Problem(.digest, "the Body was changed after it was signed")
        }
        guard let value = Base64.decodeIgnoringWhitespace(try Self.text(of: self.signatureValue)) else {
            throw Problem(.value, "it is not base64")
        }
        let signed = ExclusiveC14N.canonicalize(self.signedInfo, inclusivePrefixes: signedInfoPrefixes)
        guard certificate.publicKey.verify(value, over: signed, .rsaPKCS1(.sha256)) else {
            throw Problem(.value, "it was not made over this SignedInfo with this key")
        }
        return certificate
    }

    // MARK: Reference and token

    private func reference(_ reference: XMLElementNode) throws(Problem) -> (prefixes: [XMLString], value: [UInt8]) {
        let signature = XMLNamespace.signature
        let parts = try Self.children(
            of: reference, [("Transforms", signature), ("DigestMethod", signature), ("DigestValue", signature)])
        try Self.checkAttributes(of: reference, ["Id", "URI"])
        guard let id = self.body.attribute("Id", XMLNamespace.wsu), !id.isEmpty,
            reference.attribute("URI") == XMLString("#\(id)")
        else { throw Problem(.reference, "it is not to the wsu:Id of the Body") }
        try Self.checkAttributes(of: parts[0], [])
        let transforms = try Self.children(of: parts[0], [("Transform", signature)])
        let prefixes = try Self.exclusivePrefixes(transforms[0])
        try Self.checkAlgorithm(parts[1], XMLString(WSS.sha256))
        try Self.checkAttributes(of: parts[2], [])
        guard let value = Base64.decodeIgnoringWhitespace(try Self.text(of: parts[2])) else {
            throw Problem(.digest, "it is not base64")
        }
        return (prefixes, value)
    }

    private func certificate() throws(Problem) -> Certificate {
        let holder = try Self.children(of: self.keyInfo, [("SecurityTokenReference", XMLNamespace.wsse)])
        let reference = try Self.children(of: holder[0], [("Reference", XMLNamespace.wsse)])[0]
        _ = try Self.children(of: reference, [])
        // The official requests of 2019 write the unversioned type on the reference.
        let types = [Self.certificateType, Self.certificateType.droppingVersion]
        guard reference.attribute("ValueType").map({ types.contains($0) }) ?? true else {
            throw Problem(.token, "the reference is to another type of token")
        }
        let tokens = self.security.elements("BinarySecurityToken", XMLNamespace.wsse).filter { token in
            guard let id = token.attribute("Id", XMLNamespace.wsu), !id.isEmpty else { return false }
            return reference.attribute("URI") == XMLString("#\(id)")
        }
        guard tokens.count == 1 else { throw Problem(.token, "the reference is to no token of the Security header") }
        guard tokens[0].attribute("ValueType").map({ $0 == Self.certificateType }) ?? true,
            tokens[0].attribute("EncodingType").map({ $0 == Self.base64Type }) ?? true
        else { throw Problem(.token, "it is of another type") }
        guard let der = Base64.decodeIgnoringWhitespace(try Self.text(of: tokens[0])),
            let certificate = try? Certificate(der: der)
        else { throw Problem(.token, "it is no certificate") }
        guard case .rsa(let bits) = certificate.publicKey.kind, bits >= 2048 else {
            throw Problem(.token, "its key is \(certificate.publicKey.kind), not RSA of 2048 bits or more")
        }
        return certificate
    }

    private static let certificateType = XMLString(WSS.x509v3)
    private static let base64Type = XMLString(WSS.base64Binary)

    // MARK: Elements of the profile

    /// The child elements, which must be exactly these, with nothing but white space between them.
    private static func children(
        of element: XMLElementNode, _ expected: [(local: XMLString, namespace: XMLString)],
        or code: Problem.Code = .profile
    ) throws(Problem) -> [XMLElementNode] {
        let elements = element.elements
        let fits = zip(elements, expected).allSatisfy { $0.name.isNamed($1.local, $1.namespace) }
        guard elements.count == expected.count, fits else {
            throw Problem(code, "the content of \(element.name.local) is not the usual one")
        }
        for child in element.children {
            switch child {
            case .element: continue
            case .text(let text) where text.isWhitespace: continue
            case .text, .instruction: throw Problem(code, "there is text in \(element.name.local)")
            }
        }
        return elements
    }

    /// The text of an element that has nothing else.
    private static func text(of element: XMLElementNode) throws(Problem) -> String {
        let isPlain = element.children.allSatisfy { if case .text = $0 { true } else { false } }
        guard isPlain else { throw Problem(.profile, "there is more than text in \(element.name.local)") }
        return element.ownText.string
    }

    private static func checkAttributes(of element: XMLElementNode, _ allowed: [XMLString]) throws(Problem) {
        guard element.attributes.allSatisfy({ $0.name.namespace.isEmpty && allowed.contains($0.name.local) }) else {
            throw Problem(.profile, "\(element.name.local) has an unusual attribute")
        }
    }

    private static func checkAlgorithm(_ element: XMLElementNode, _ algorithm: XMLString) throws(Problem) {
        try self.checkAttributes(of: element, ["Algorithm"])
        guard element.attribute("Algorithm") == algorithm else {
            throw Problem(.algorithm, "\(element.name.local) is not \(algorithm)")
        }
        _ = try self.children(of: element, [])
    }

    /// The `PrefixList` of exclusive canonicalisation, the only one that is accepted.
    private static func exclusivePrefixes(_ element: XMLElementNode) throws(Problem) -> [XMLString] {
        try self.checkAttributes(of: element, ["Algorithm"])
        guard element.attribute("Algorithm") == XMLNamespace.exclusiveC14N else {
            throw Problem(.algorithm, "\(element.name.local) is not \(XMLNamespace.exclusiveC14N)")
        }
        guard !element.elements.isEmpty else {
            _ = try self.children(of: element, [])
            return []
        }
        let list = try self.children(of: element, [("InclusiveNamespaces", XMLNamespace.exclusiveC14N)])[0]
        try self.checkAttributes(of: list, ["PrefixList"])
        _ = try self.children(of: list, [])
        let prefixes = list.attribute("PrefixList")?.words ?? []
        guard prefixes.count <= 64 else { throw Problem(.profile, "the PrefixList is too long") }
        return prefixes
    }
}

extension XMLString {
    /// `…#X509` of `…#X509v3`.
    fileprivate var droppingVersion: XMLString { XMLString(String(self.string.dropLast(2))) }
}
