import EETProtocol
import FiscalCore
import FiscalSimulators
import HTTPTypes

/// A message of which everything can be made wrong: attributes, codes, and the XML itself. Written without the
/// library's own encoder, which would not let most of it through.
struct HandmadeMessage {
    var header: [String: String] = [
        "uuid_zpravy": "f582b3e5-51c3-4a6d-aaac-5dc25a0cb7b4", "dat_odesl": "2026-11-20T13:00:00+01:00",
        "prvni_zaslani": "true",
    ]
    var data: [String: String]
    /// Changes the text of `Trzba` before it is signed.
    var editTrzba: (String) -> String = { $0 }
    /// Changes the whole message after it was signed.
    var editMessage: (String) -> String = { $0 }
    /// Changes PKP before BKP is made from it, and BKP.
    var editPKP: ([UInt8]) -> [UInt8] = { $0 }
    var editBKP: (String) -> String = { $0 }
    var credentials: Result<EETCredentials, any Error> = SimulatedOffice.credentials

    init(_ edition: Edition = .v3) {
        switch edition {
        case .v3:
            self.data = [
                "dic_popl": "CZ1212121218", "id_provoz": "273", "id_pokl": "/5546/RO24", "porad_cis": "0/6460/ZQ42",
                "dat_trzby": "2026-11-20T12:59:58+01:00", "celk_trzba": "34113.00", "rezim": "0",
            ]
        case .v4:
            self.data = [
                "eic_popl": "CZ1212121218", "id_jednotky": "273", "id_pokl": "/5546/RO24",
                "porad_cis": "0/6460/ZQ42", "dat_trzby": "2026-11-20T12:59:58+01:00", "celk_trzba": "34113.00",
            ]
        }
    }

    /// The element `Trzba` in canonical form.
    func trzba(_ edition: Edition) throws -> String {
        func element(_ name: String, _ attributes: [String: String]) -> String {
            let text = attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\"\($0.value)\"" }.joined()
            return "<\(name)\(text)></\(name)>"
        }
        var codes = ""
        if edition == .v3 {
            let names = ["dic_popl", "id_provoz", "id_pokl", "porad_cis", "dat_trzby", "celk_trzba"]
            let plaintext = names.map { self.data[$0] ?? "" }.joined(separator: "|")
            let pkp = self.editPKP(try self.credentials.get().key.sign(Array(plaintext.utf8), .rsaPKCS1(.sha256)))
            let hex = Array(Hex.encode(Digest.hash(.sha1, pkp), uppercase: true))
            let bkp = self.editBKP(
                stride(from: 0, to: 40, by: 8).map { String(hex[$0..<$0 + 8]) }.joined(separator: "-"))
            codes =
                #"<KontrolniKody><pkp cipher="RSA2048" digest="SHA256" encoding="base64">\#(Base64.encode(pkp))</pkp>"#
                + #"<bkp digest="SHA1" encoding="base16">\#(bkp)</bkp></KontrolniKody>"#
        }
        let text =
            #"<Trzba xmlns="\#(edition.namespace)">"# + element("Hlavicka", self.header)
            + element("Data", self.data) + codes + "</Trzba>"
        return self.editTrzba(text)
    }

    /// The whole message. What is signed are the bytes as they stand, so they have to be canonical to be accepted.
    func signed(_ edition: Edition) throws -> [UInt8] {
        let credentials = try self.credentials.get()
        let oasis = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
        let body =
            #"<s:Body xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:u="\#(oasis)wssecurity-utility-1.0.xsd" "#
            + #"u:Id="b">\#(try self.trzba(edition))</s:Body>"#
        let digest = Base64.encode(Digest.hash(.sha256, Array(body.utf8)))
        let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
        let info =
            ##"<d:SignedInfo xmlns:d="http://www.w3.org/2000/09/xmldsig#"><d:CanonicalizationMethod "##
            + ##"Algorithm="\##(exclusive)"></d:CanonicalizationMethod><d:SignatureMethod "##
            + ##"Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></d:SignatureMethod>"##
            + ##"<d:Reference URI="#b"><d:Transforms><d:Transform Algorithm="\##(exclusive)"></d:Transform>"##
            + ##"</d:Transforms><d:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256">"##
            + ##"</d:DigestMethod><d:DigestValue>\##(digest)</d:DigestValue></d:Reference></d:SignedInfo>"##
        let value = Base64.encode(try credentials.key.sign(Array(info.utf8), .rsaPKCS1(.sha256)))
        let message =
            ##"<?xml version="1.0" encoding="UTF-8"?>"## + "\n"
            + ##"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>"##
            + ##"<w:Security xmlns:w="\##(oasis)wssecurity-secext-1.0.xsd" "##
            + ##"xmlns:u="\##(oasis)wssecurity-utility-1.0.xsd"><w:BinarySecurityToken u:Id="t" "##
            + ##"EncodingType="\##(oasis)soap-message-security-1.0#Base64Binary" "##
            + ##"ValueType="\##(oasis)x509-token-profile-1.0#X509v3">\##(Base64.encode(credentials.certificate.der))"##
            + ##"</w:BinarySecurityToken><d:Signature xmlns:d="http://www.w3.org/2000/09/xmldsig#">\##(info)"##
            + ##"<d:SignatureValue>\##(value)</d:SignatureValue><d:KeyInfo><w:SecurityTokenReference>"##
            + ##"<w:Reference URI="#t" ValueType="\##(oasis)x509-token-profile-1.0#X509v3"/>"##
            + ##"</w:SecurityTokenReference></d:KeyInfo></d:Signature></w:Security></s:Header>\##(body)</s:Envelope>"##
        return Array(self.editMessage(message).utf8)
    }

    /// The HTTP request that carries a body to the service.
    func request(_ edition: Edition, _ body: [UInt8]) -> HTTPExchangeRequest {
        var head = HTTPRequest(
            method: .post, scheme: "https", authority: "localhost", path: EETAuthority.path(edition))
        head.headerFields[.contentType] = "text/xml; charset=utf-8"
        head.headerFields[.soapAction] = "\"\(edition.soapAction)\""
        return HTTPExchangeRequest(head: head, body: body)
    }
}

extension HTTPField.Name {
    static var soapAction: Self {
        guard let name = Self("SOAPAction") else { preconditionFailure("SOAPAction is a field name") }
        return name
    }
}
