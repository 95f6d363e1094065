import FiscalCore

@testable import EETProtocol

/// Writes answers as the authority does, white space and stray `xmlns=""` included, and seals them.
struct SealedAnswer {
    var edition = Edition.v3
    var header = """
        uuid_zpravy="e0e80d09-1a19-45da-91d0-56121088ed49" bkp="36FA2953-0E365CE7-5829441B-8CAFFB11-A89C7372" \
        dat_prij="2021-09-27T10:39:03+02:00"
        """
    /// Potvrzeni or Chyba, and Varovani; nil for a confirmation of the edition.
    var content: String?
    var bodyID = "Body-6c685211-c41e-479a-a87b-46bcf8efe914"
    /// What the Reference is to; nil for the Body.
    var referenceURI: String?
    var tokenID = "SecurityToken-9552fc45-1c1f-42c5-a57c-46bcf8ef9161"

    var canonicalization: String = XMLNamespace.exclusiveC14N.string
    var signatureMethod = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    var transforms = [XMLNamespace.exclusiveC14N.string]
    var digestMethod = "http://www.w3.org/2001/04/xmlenc#sha256"
    var digestAlgorithm = DigestAlgorithm.sha256
    var signedInfoPrefixes: [XMLString] = []
    var bodyPrefixes: [XMLString] = []
    /// Whether an empty list is written, as the official samples of 2016 do, or none.
    var writesEmptyLists = false
    var tokenType = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
    var referenceType = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
    var encodingType =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"

    static let fik = "19468188-f3a0-47a3-932a-46bcf8ef4041-fa"

    /// The answer sealed with a certificate and its key.
    func sealed(_ sealer: TestAuthority.Sealer) throws -> String {
        try self.sealed(sealer.certificate.der) { try sealer.key.sign($0, .rsaPKCS1(.sha256)) }
    }

    /// The answer with any token, its SignedInfo signed by any means.
    func sealed(_ token: [UInt8], sign: ([UInt8]) throws -> [UInt8]) throws -> String {
        func part(_ name: XMLString, of text: String, _ prefixes: [XMLString]) throws -> [UInt8] {
            let elements = try XMLTree(Array(text.utf8)).root.selfAndDescendants
            guard let found = elements.first(where: { $0.name.local == name }) else { throw XMLTreeError(.structure) }
            return ExclusiveC14N.canonicalize(found, inclusivePrefixes: prefixes)
        }
        let token = Base64.encode(token)
        let body = try part("Body", of: self.text(token, digest: "", value: ""), self.bodyPrefixes)
        let digest = Base64.encode(Digest.hash(self.digestAlgorithm, body))
        let signedInfo = try part(
            "SignedInfo", of: self.text(token, digest: digest, value: ""), self.signedInfoPrefixes)
        return self.text(token, digest: digest, value: Base64.encode(try sign(signedInfo)))
    }

    /// The answer without a security header.
    var unsigned: String { self.envelope(header: "<soapenv:Header/>") }

    private func list(_ prefixes: [XMLString]) -> String {
        guard !prefixes.isEmpty || self.writesEmptyLists else { return "" }
        let list = prefixes.map(\.string).joined(separator: " ")
        return "<ec:InclusiveNamespaces xmlns:ec=\"\(XMLNamespace.exclusiveC14N)\" PrefixList=\"\(list)\"/>"
    }

    private func text(_ token: String, digest: String, value: String) -> String {
        let transforms = self.transforms.map {
            "<Transform Algorithm=\"\($0)\">\(self.list(self.bodyPrefixes))</Transform>"
        }
        return self.envelope(
            header: """
                <soapenv:Header><wsse:Security soapenv:mustUnderstand="1"><wsse:BinarySecurityToken \
                wsu:Id="\(self.tokenID)" EncodingType="\(self.encodingType)" \
                ValueType="\(self.tokenType)">\(token)</wsse:BinarySecurityToken><Signature \
                xmlns="http://www.w3.org/2000/09/xmldsig#">
                <SignedInfo>
                  <CanonicalizationMethod Algorithm="\(self.canonicalization)">\
                \(self.list(self.signedInfoPrefixes))</CanonicalizationMethod>
                  <SignatureMethod Algorithm="\(self.signatureMethod)"/>
                  <Reference URI="\(self.referenceURI ?? "#" + self.bodyID)">
                    <Transforms>
                      \(transforms.joined())
                    </Transforms>
                    <DigestMethod Algorithm="\(self.digestMethod)"/>
                    <DigestValue>\(digest)</DigestValue>
                  </Reference>
                </SignedInfo>
                    <SignatureValue>\(value)</SignatureValue><KeyInfo><wsse:SecurityTokenReference xmlns="">\
                <wsse:Reference URI="#\(self.tokenID)" \
                ValueType="\(self.referenceType)"/></wsse:SecurityTokenReference></KeyInfo></Signature></wsse:Security>\
                </soapenv:Header>
                """)
    }

    private func envelope(header: String) -> String {
        let content =
            self.content
            ?? "<eet:Potvrzeni \(self.edition.confirmationAttribute)=\"\(Self.fik)\" test=\"true\"/>"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <soapenv:Envelope xmlns:eet="\(self.edition.namespace)" \
            xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:wsu="\(XMLNamespace.wsu)" xmlns:wsse="\(XMLNamespace.wsse)" \
            xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:soapenv="\(XMLNamespace.soap)" \
            xmlns:soap="\(XMLNamespace.soap)">\(header)<soapenv:Body wsu:Id="\(self.bodyID)"><eet:Odpoved>\
            <eet:Hlavicka \(self.header)/>\(content)</eet:Odpoved></soapenv:Body></soapenv:Envelope>
            """
    }
}
