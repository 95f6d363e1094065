public import FiscalCore
import HTTPTypes

/// A signed SOAP message, ready for any HTTP stack.
///
/// SOAP 1.1 with one WS-Security 1.1 signature over the Body. Body and SignedInfo are written straight in exclusive
/// canonical form, so what is hashed and signed are the very bytes that are sent.
public struct SignedMessage: Sendable, Hashable {
    /// A longer message is not made: the authority answers 7 above 12 kB, which may mean 12,000.
    public static let maximumBytes = 12_000

    /// The whole document, UTF-8 with XML declaration.
    public let bytes: [UInt8]
    /// SHA-256 of the canonical Body, Base64 (`DigestValue`).
    public let digest: String
    /// RSA-SHA-256 over the canonical SignedInfo, Base64 (`SignatureValue`).
    public let signature: String
    /// What was signed.
    public let message: EETMessage

    init(_ message: EETMessage, by taxpayer: Taxpayer) throws(EETError) {
        let bodyID = "Body-\(message.header.uuid)"
        let tokenID = "Token-\(message.header.uuid)"
        let body = Self.body(message, id: bodyID)
        self.digest = Base64.encode(Digest.hash(.sha256, body))
        let signedInfo = Self.signedInfo(bodyID: bodyID, digest: self.digest)
        do {
            self.signature = Base64.encode(try taxpayer.signer.sign(signedInfo, .rsaPKCS1(.sha256)))
        } catch {
            throw EETError(.signingFailed, "the message could not be signed", underlying: error)
        }
        self.bytes = Self.envelope(
            body: body, signedInfo: signedInfo, signature: self.signature, tokenID: tokenID,
            certificate: taxpayer.certificate)
        self.message = message
        guard self.bytes.count <= Self.maximumBytes else {
            throw EETError(
                .messageTooLarge, "the message has \(self.bytes.count) bytes, allowed are \(Self.maximumBytes)")
        }
    }

    /// The HTTP request that carries the message to an address.
    /// - Parameter endpoint: an absolute `https` URL; nil is returned for anything else.
    public func httpRequest(to endpoint: String) -> HTTPExchangeRequest? {
        guard let address = EndpointAddress(endpoint) else { return nil }
        var head = HTTPRequest(
            method: .post, scheme: address.scheme, authority: address.authority, path: address.path)
        // The quoted form is the one of SOAP 1.1; v4 demands the charset here or in the XML declaration.
        head.headerFields[.contentType] = "text/xml; charset=utf-8"
        if let soapAction = HTTPField.Name("SOAPAction") {
            head.headerFields[soapAction] = "\"\(self.message.edition.soapAction)\""
        }
        return HTTPExchangeRequest(head: head, body: self.bytes, maximumAnswerBytes: 256 * 1024)
    }
}

extension SignedMessage {
    /// `soap:Body` in exclusive canonical form.
    private static func body(_ message: EETMessage, id: String) -> [UInt8] {
        var xml = CanonicalWriter(capacity: 2048)
        xml.write(#"<soap:Body xmlns:soap="\#(WSS.soap)" xmlns:wsu="\#(WSS.wsu)" wsu:Id="\#(id)">"#)
        xml.write(#"<Trzba xmlns="\#(message.edition.namespace)">"#)
        xml.writeEmptyElement("Hlavicka", message.header.attributes)
        xml.writeEmptyElement("Data", message.data.attributes)
        if let codes = message.codes {
            xml.write(#"<KontrolniKody><pkp cipher="RSA2048" digest="SHA256" encoding="base64">"#)
            xml.write(codes.pkp)
            xml.write(#"</pkp><bkp digest="SHA1" encoding="base16">"#)
            xml.write(codes.bkp)
            xml.write("</bkp></KontrolniKody>")
        }
        xml.write("</Trzba></soap:Body>")
        return xml.bytes
    }

    /// `ds:SignedInfo` in exclusive canonical form.
    private static func signedInfo(bodyID: String, digest: String) -> [UInt8] {
        var xml = CanonicalWriter(capacity: 1024)
        xml.write(#"<SignedInfo xmlns="\#(WSS.ds)">"#)
        xml.write(#"<CanonicalizationMethod Algorithm="\#(WSS.exclusiveC14N)"></CanonicalizationMethod>"#)
        xml.write(#"<SignatureMethod Algorithm="\#(WSS.rsaSHA256)"></SignatureMethod>"#)
        xml.write(##"<Reference URI="#\##(bodyID)"><Transforms>"##)
        xml.write(#"<Transform Algorithm="\#(WSS.exclusiveC14N)"></Transform></Transforms>"#)
        xml.write(#"<DigestMethod Algorithm="\#(WSS.sha256)"></DigestMethod>"#)
        xml.write("<DigestValue>")
        xml.write(digest)
        xml.write("</DigestValue></Reference></SignedInfo>")
        return xml.bytes
    }

    private static func envelope(
        body: [UInt8], signedInfo: [UInt8], signature: String, tokenID: String, certificate: Certificate
    ) -> [UInt8] {
        var xml = CanonicalWriter(capacity: 3072 + certificate.der.count * 4 / 3 + body.count + signedInfo.count)
        xml.write(#"<?xml version="1.0" encoding="UTF-8"?>"#)
        xml.write("\n")
        xml.write(#"<soap:Envelope xmlns:soap="\#(WSS.soap)"><soap:Header>"#)
        xml.write(#"<wsse:Security xmlns:wsse="\#(WSS.wsse)" xmlns:wsu="\#(WSS.wsu)" soap:mustUnderstand="1">"#)
        xml.write(#"<wsse:BinarySecurityToken EncodingType="\#(WSS.base64Binary)" ValueType="\#(WSS.x509v3)" "#)
        xml.write(#"wsu:Id="\#(tokenID)">"#)
        xml.write(Base64.encode(certificate.der))
        xml.write(#"</wsse:BinarySecurityToken><Signature xmlns="\#(WSS.ds)">"#)
        xml.write(signedInfo)
        xml.write("<SignatureValue>")
        xml.write(signature)
        xml.write("</SignatureValue><KeyInfo><wsse:SecurityTokenReference>")
        xml.write(##"<wsse:Reference URI="#\##(tokenID)" ValueType="\##(WSS.x509v3)"></wsse:Reference>"##)
        xml.write("</wsse:SecurityTokenReference></KeyInfo></Signature></wsse:Security></soap:Header>")
        xml.write(body)
        xml.write("</soap:Envelope>")
        return xml.bytes
    }
}
