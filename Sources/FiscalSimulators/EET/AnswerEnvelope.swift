import EETProtocol
import FiscalCore

/// SOAP envelopes in the shape of the real answers: prefixes, order, white space inside SignedInfo, and the stray
/// `xmlns=""` on the SecurityTokenReference.
enum AnswerEnvelope {
    /// Unsealed, as every error is.
    static func plain(_ answer: OutgoingAnswer) -> String {
        self.declaration + "<soapenv:Envelope xmlns:eet=\"\(answer.edition.namespace)\" \(self.wsNamespaces)>"
            + "<soapenv:Header/><soapenv:Body>\(answer.odpoved.wire)</soapenv:Body></soapenv:Envelope>"
    }

    /// What is done wrong when an answer is sealed.
    enum Flaw: Sendable {
        case digest, signature
    }

    /// Sealed with a certificate and its key.
    static func sealed(
        _ answer: OutgoingAnswer, by seal: EETAuthorityIdentity.Holder, random: any RandomSource, flaw: Flaw? = nil
    ) throws(CryptoError) -> String {
        let bodyID = "Body-\(random.uuid())"
        let tokenID = "SecurityToken-\(random.uuid())"
        let body = AnswerElement(
            name: "soapenv:Body", attributes: [("wsu:Id", bodyID)], children: [.element(answer.odpoved)],
            namespaces: [("soapenv", self.soap), ("wsu", self.wsu)])
        var digest = Digest.hash(.sha256, Array(body.canonical.utf8))
        if flaw == .digest { digest[0] ^= 1 }
        let signedInfo = self.signedInfo(bodyID: bodyID, digest: Base64.encode(digest))
        var signature = try seal.key.sign(Array(signedInfo.canonical.utf8), .rsaPKCS1(.sha256))
        if flaw == .signature { signature[signature.count - 1] ^= 1 }

        let token = AnswerElement(
            name: "wsse:BinarySecurityToken",
            attributes: [("wsu:Id", tokenID), ("EncodingType", self.base64Binary), ("ValueType", self.x509v3)],
            children: [.text(Base64.encode(seal.certificate.der))])
        let reference = AnswerElement(
            name: "wsse:Reference", attributes: [("URI", "#" + tokenID), ("ValueType", self.x509v3)])
        return self.declaration + "<soapenv:Envelope xmlns:eet=\"\(answer.edition.namespace)\" "
            + "xmlns:ds=\"\(self.ds)\" \(self.wsNamespaces) xmlns:soap=\"\(self.soap)\">"
            + "<soapenv:Header><wsse:Security soapenv:mustUnderstand=\"1\">\(token.wire)"
            + "<Signature xmlns=\"\(self.ds)\">\n\(signedInfo.wire)\n"
            + "    <SignatureValue>\(Base64.encode(signature))</SignatureValue>"
            + "<KeyInfo><wsse:SecurityTokenReference xmlns=\"\">\(reference.wire)</wsse:SecurityTokenReference>"
            + "</KeyInfo></Signature></wsse:Security></soapenv:Header>\(body.wire)</soapenv:Envelope>"
    }

    /// A fault of SOAP 1.1.
    static func fault(_ code: String, _ text: String) -> String {
        let reason = AnswerElement(name: "faultstring", children: [.text(text.xmlText)])
        return self.declaration + "<soapenv:Envelope xmlns:soapenv=\"\(self.soap)\"><soapenv:Body><soapenv:Fault>"
            + "<faultcode>soapenv:\(code)</faultcode>\(reason.wire)</soapenv:Fault></soapenv:Body></soapenv:Envelope>"
    }

    /// An envelope that holds something else.
    static func other(_ edition: Edition) -> String {
        self.declaration + "<soapenv:Envelope xmlns:eet=\"\(edition.namespace)\" \(self.wsNamespaces)>"
            + "<soapenv:Header/><soapenv:Body><eet:Oznameni/></soapenv:Body></soapenv:Envelope>"
    }

    private static func signedInfo(bodyID: String, digest: String) -> AnswerElement {
        func line(_ spaces: Int) -> AnswerElement.Child { .text("\n" + String(repeating: " ", count: spaces)) }
        let transform = AnswerElement(name: "Transform", attributes: [("Algorithm", self.exclusive)])
        let reference = AnswerElement(
            name: "Reference", attributes: [("URI", "#" + bodyID)],
            children: [
                line(4),
                .element(
                    AnswerElement(name: "Transforms", children: [line(6), .element(transform), line(4)])),
                line(4),
                .element(AnswerElement(name: "DigestMethod", attributes: [("Algorithm", self.sha256)])),
                line(4),
                .element(AnswerElement(name: "DigestValue", children: [.text(digest)])),
                line(2),
            ])
        return AnswerElement(
            name: "SignedInfo",
            children: [
                line(2),
                .element(AnswerElement(name: "CanonicalizationMethod", attributes: [("Algorithm", self.exclusive)])),
                line(2),
                .element(AnswerElement(name: "SignatureMethod", attributes: [("Algorithm", self.rsaSHA256)])),
                line(2),
                .element(reference),
                line(0),
            ],
            namespaces: [("", self.ds)])
    }

    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private static let oasis = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
    private static let soap = "http://schemas.xmlsoap.org/soap/envelope/"
    private static let wsu = oasis + "wssecurity-utility-1.0.xsd"
    private static let wsse = oasis + "wssecurity-secext-1.0.xsd"
    private static let ds = "http://www.w3.org/2000/09/xmldsig#"
    private static let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
    private static let sha256 = "http://www.w3.org/2001/04/xmlenc#sha256"
    private static let rsaSHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    private static let base64Binary = oasis + "soap-message-security-1.0#Base64Binary"
    private static let x509v3 = oasis + "x509-token-profile-1.0#X509v3"
    private static let wsNamespaces =
        "xmlns:wsu=\"\(wsu)\" xmlns:wsse=\"\(wsse)\" "
        + "xmlns:soapenc=\"http://schemas.xmlsoap.org/soap/encoding/\" xmlns:soapenv=\"\(soap)\""
}
