import FiscalCore
import Testing

@testable import EETProtocol

/// An edit of a sealed answer that must not be accepted, and what the verdict has to be.
struct SealAttack: Sendable, CustomTestStringConvertible {
    enum Verdict: Sendable, Hashable {
        case seal(EETAnswer.Seal)
        /// Refused unread.
        case unreadable
    }
    var name: String
    var verdict: Verdict
    var edit: @Sendable (String) throws -> String

    init(_ name: String, _ verdict: Verdict = .seal(.invalid), _ edit: @escaping @Sendable (String) throws -> String) {
        self.name = name
        self.verdict = verdict
        self.edit = edit
    }

    var testDescription: String { self.name }
}

/// The parts of a sealed answer, as text.
struct AnswerParts {
    var text: String
    var body: String
    var bodyID: String
    var signature: String
    var signedInfo: String
    var token: String
    var security: String
    /// The whole Envelope.
    var envelope: String

    init(_ text: String) throws {
        self.text = text
        self.body = try text.part("<soapenv:Body", "</soapenv:Body>")
        self.bodyID = try self.body.inner("wsu:Id=\"", "\"")
        self.signature = try text.part("<Signature ", "</Signature>")
        self.signedInfo = try text.part("<SignedInfo>", "</SignedInfo>")
        self.token = try text.part("<wsse:BinarySecurityToken", "</wsse:BinarySecurityToken>")
        self.security = try text.part("<wsse:Security ", "</wsse:Security>")
        self.envelope = try text.part("<soapenv:Envelope", "</soapenv:Envelope>")
    }

    /// The Body with another FIK, under another id or the same.
    func forgedBody(id: String? = nil) throws -> String {
        let fik = try self.body.part("fik=\"", "\"")
        let forged = try self.body.edit(fik, "fik=\"00000000-0000-4000-8000-000000000000-ff\"")
        return id.map { forged.replacing(self.bodyID, with: $0) } ?? forged
    }
}

extension SealAttack {
    /// What can be done to an answer without the key of the seal. Works on official answers and on ours alike.
    static let all: [SealAttack] = content + wrapping + identifiers + algorithms + structure + tokens + encodings

    private static let content: [SealAttack] = [
        SealAttack("another FIK") { try $0.edit(AnswerParts($0).body, AnswerParts($0).forgedBody()) },
        SealAttack("another letter case of the FIK") { text in
            let fik = try text.part("fik=\"", "\"")
            return try text.edit(fik, "fik" + fik.dropFirst(3).uppercased())
        },
        SealAttack("another uuid_zpravy") { text in
            try text.edit(text.part("uuid_zpravy=\"", "\""), "uuid_zpravy=\"00000000-0000-4000-8000-000000000000\"")
        },
        SealAttack("another BKP") { text in
            let bkp = try text.part("bkp=\"", "\"")
            return try text.edit(bkp, "bkp=\"00000000-00000000-00000000-00000000-00000000\"")
        },
        SealAttack("test made false") { try $0.edit("test=\"true\"", "test=\"false\"") },
        SealAttack("test taken out") { try $0.edit(" test=\"true\"", "") },
        SealAttack("another dat_prij") { text in
            try text.edit(text.part("dat_prij=\"", "\""), "dat_prij=\"2021-09-27T10:39:04+02:00\"")
        },
        SealAttack("a warning put in") {
            try $0.edit("</eet:Odpoved>", "<eet:Varovani kod_varov=\"1\">x</eet:Varovani></eet:Odpoved>")
        },
        SealAttack("Potvrzeni turned into Chyba") { text in
            try text.edit(text.part("<eet:Potvrzeni", "/>"), "<eet:Chyba kod=\"4\" test=\"true\">x</eet:Chyba>")
        },
        SealAttack("an attribute added to the signed part") { try $0.edit("<eet:Odpoved>", "<eet:Odpoved x=\"\">") },
        SealAttack("a line feed in the signed Body") { try $0.edit("<eet:Odpoved>", "<eet:Odpoved>\n") },
        SealAttack("a space in an attribute") { try $0.edit("fik=\"", "fik=\" ") },
        SealAttack("an instruction in the signed Body") { try $0.edit("<eet:Odpoved>", "<eet:Odpoved><?x?>") },
        SealAttack("white space in SignedInfo") { try $0.edit("<SignedInfo>", "<SignedInfo> ") },
        SealAttack("the prefix of the answer renamed") {
            $0.replacing("eet:", with: "e:").replacing("xmlns:eet=", with: "xmlns:e=")
        },
        SealAttack("the answer's namespace swapped for that of the other edition") {
            try $0.edit("xmlns:eet=\"\(Edition.v3.namespace)\"", "xmlns:eet=\"\(Edition.v4.namespace)\"")
        },
        SealAttack("the namespace redeclared within the Body") {
            try $0.edit("<eet:Odpoved>", "<eet:Odpoved xmlns:eet=\"\(Edition.v4.namespace)\">")
        },
        SealAttack("a comment in the FIK", .unreadable) { try $0.edit("fik=\"", "fik=\"<!-- x -->") },
        SealAttack("the digest made to fit a forged Body") { text in
            let parts = try AnswerParts(text)
            let forged = try text.edit(parts.body, parts.forgedBody())
            let body = try #require(XMLTree(forged.bytes).root.elements.last)
            let digest = Base64.encode(Digest.hash(.sha256, ExclusiveC14N.canonicalize(body)))
            return try forged.edit(text.part("<DigestValue>", "</DigestValue>"), "<DigestValue>\(digest)</DigestValue>")
        },
    ]

    private static let wrapping: [SealAttack] = [
        SealAttack("the signed Body moved into a ds:Object, a forged one in its place") { text in
            let parts = try AnswerParts(text)
            return try text.edit(parts.body, parts.forgedBody(id: "forged"))
                .edit("</Signature>", "<Object>\(parts.body)</Object></Signature>")
        },
        SealAttack("the signed Body moved into the Header, a forged one in its place") { text in
            let parts = try AnswerParts(text)
            return try text.edit(parts.body, parts.forgedBody(id: "forged"))
                .edit("</soapenv:Header>", "<x>\(parts.body)</x></soapenv:Header>")
        },
        SealAttack("the signed Body moved into the Header, a forged one with its id in its place") { text in
            let parts = try AnswerParts(text)
            return try text.edit(parts.body, parts.forgedBody())
                .edit("</soapenv:Header>", "<x>\(parts.body)</x></soapenv:Header>")
        },
        SealAttack("the signed Body moved into a second Header") { text in
            let parts = try AnswerParts(text)
            return try text.edit(parts.body, parts.forgedBody(id: "forged"))
                .edit("</soapenv:Header>", "</soapenv:Header><soapenv:Header>\(parts.body)</soapenv:Header>")
        },
        SealAttack("a forged Body before the signed one") { text in
            let parts = try AnswerParts(text)
            return try text.edit(parts.body, parts.forgedBody(id: "forged") + parts.body)
        },
        SealAttack("a forged Body behind the signed one") { text in
            let parts = try AnswerParts(text)
            return try text.edit(parts.body, parts.body + parts.forgedBody(id: "forged"))
        },
        SealAttack("a forged Body behind the signed one, with its id") { text in
            let parts = try AnswerParts(text)
            return try text.edit(parts.body, parts.body + parts.forgedBody())
        },
        SealAttack("the signed Body inside a forged one") { text in
            let parts = try AnswerParts(text)
            let forged = try parts.forgedBody(id: "forged").edit("</eet:Odpoved>", "</eet:Odpoved>\(parts.body)")
            return try text.edit(parts.body, forged)
        },
        SealAttack("the signed Body inside the forged Odpoved") { text in
            let parts = try AnswerParts(text)
            let forged = try parts.forgedBody(id: "forged").edit("</eet:Odpoved>", "\(parts.body)</eet:Odpoved>")
            return try text.edit(parts.body, forged)
        },
        SealAttack("a forged answer beside the signed one in its Body") { text in
            let parts = try AnswerParts(text)
            let forged = try parts.forgedBody().part("<eet:Odpoved>", "</eet:Odpoved>")
            return try text.edit("<eet:Odpoved>", forged + "<eet:Odpoved>")
        },
        SealAttack("the whole Envelope inside the Body of a forged one", .seal(.absent)) { text in
            let parts = try AnswerParts(text)
            let start = try text.part("<soapenv:Envelope", ">")
            let forged = try parts.forgedBody(id: "forged").edit("</soapenv:Body>", "\(parts.envelope)</soapenv:Body>")
            return "\(start)<soapenv:Header/>\(forged)</soapenv:Envelope>"
        },
        SealAttack("the whole Envelope inside the Header of a forged one", .seal(.absent)) { text in
            let parts = try AnswerParts(text)
            let start = try text.part("<soapenv:Envelope", ">")
            let forged = try parts.forgedBody(id: "forged")
            return "\(start)<soapenv:Header>\(parts.envelope)</soapenv:Header>\(forged)</soapenv:Envelope>"
        },
        SealAttack("the signed Envelope nested, its Security header taken outside") { text in
            let parts = try AnswerParts(text)
            let start = try text.part("<soapenv:Envelope", ">")
            let inner = try parts.envelope.edit(parts.security, "")
            let forged = try parts.forgedBody(id: "forged").edit("</soapenv:Body>", "\(inner)</soapenv:Body>")
            return "\(start)<soapenv:Header>\(parts.security)</soapenv:Header>\(forged)</soapenv:Envelope>"
        },
        SealAttack("a wrapper around the signed Body") { text in
            let parts = try AnswerParts(text)
            return try text.edit(parts.body, "<x>\(parts.body)</x>")
        },
        SealAttack("a forged Body in the Header, the signed one left alone") { text in
            let forged = try AnswerParts(text).forgedBody(id: "forged")
            return try text.edit("</soapenv:Header>", "<x>\(forged)</x></soapenv:Header>")
        },
        SealAttack("a forged Envelope in the Header, the signed one left alone") { text in
            try text.edit("</soapenv:Header>", "<x><soapenv:Envelope/></x></soapenv:Header>")
        },
        SealAttack("a wrapper around Header and Body", .seal(.absent)) { text in
            try text.edit("<soapenv:Header>", "<x><soapenv:Header>").edit("</soapenv:Body>", "</soapenv:Body></x>")
        },
        SealAttack("a wrapper around Odpoved") {
            try $0.edit("<eet:Odpoved>", "<x><eet:Odpoved>").edit("</eet:Odpoved>", "</eet:Odpoved></x>")
        },
        SealAttack("an element between Header and Body") {
            try $0.edit("</soapenv:Header>", "</soapenv:Header><x/>")
        },
        SealAttack("the Envelope of SOAP 1.2", .seal(.absent)) {
            try $0.edit(
                "xmlns:soapenv=\"\(XMLNamespace.soap)\"", "xmlns:soapenv=\"http://www.w3.org/2003/05/soap-envelope\"")
        },
    ]

    private static let identifiers: [SealAttack] = [
        SealAttack("a second element with the id of the Body") { text in
            let parts = try AnswerParts(text)
            return try text.edit("</soapenv:Header>", "<x wsu:Id=\"\(parts.bodyID)\"/></soapenv:Header>")
        },
        SealAttack("a second element with that id, written Id") { text in
            let parts = try AnswerParts(text)
            return try text.edit("</soapenv:Header>", "<x Id=\"\(parts.bodyID)\"/></soapenv:Header>")
        },
        SealAttack("a second element with that id, written ID") { text in
            let parts = try AnswerParts(text)
            return try text.edit("</soapenv:Header>", "<x ID=\"\(parts.bodyID)\"/></soapenv:Header>")
        },
        SealAttack("a second element with that id, written xml:id") { text in
            let parts = try AnswerParts(text)
            return try text.edit("</soapenv:Header>", "<x xml:id=\"\(parts.bodyID)\"/></soapenv:Header>")
        },
        SealAttack("that id on the Signature") { text in
            let parts = try AnswerParts(text)
            return try text.edit("<Signature ", "<Signature Id=\"\(parts.bodyID)\" ")
        },
        SealAttack("the id of the Body without its namespace") {
            try $0.edit("<soapenv:Body wsu:Id", "<soapenv:Body Id")
        },
        SealAttack("the id of the Body in another namespace") {
            try $0.edit("<soapenv:Body wsu:Id", "<soapenv:Body ds:Id")
        },
        SealAttack("the id of the Body as xml:id") { try $0.edit("<soapenv:Body wsu:Id", "<soapenv:Body xml:id") },
        SealAttack("the id moved from the Body to Odpoved") { text in
            let id = try "wsu:Id=\"\(AnswerParts(text).bodyID)\""
            return try text.edit("<soapenv:Body \(id)>", "<soapenv:Body>").edit("<eet:Odpoved>", "<eet:Odpoved \(id)>")
        },
        SealAttack("an empty reference") { text in
            try text.edit(text.part("<Reference URI=\"", "\""), "<Reference URI=\"\"")
        },
        SealAttack("a reference without an address") { text in
            try text.edit(text.part("<Reference URI=\"", "\""), "<Reference")
        },
        SealAttack("a reference to the token") { text in
            let id = try text.inner("<wsse:BinarySecurityToken wsu:Id=\"", "\"")
            return try text.edit(text.part("<Reference URI=\"", "\""), "<Reference URI=\"#\(id)\"")
        },
        SealAttack("a reference by XPointer") { text in
            let id = try AnswerParts(text).bodyID
            return try text.edit("URI=\"#\(id)\"", "URI=\"#xpointer(id('\(id)'))\"")
        },
        SealAttack("a reference without #") { text in
            let id = try AnswerParts(text).bodyID
            return try text.edit("URI=\"#\(id)\"", "URI=\"\(id)\"")
        },
        SealAttack("an empty id") { text in
            let id = try AnswerParts(text).bodyID
            return text.replacing(id, with: "")
        },
        SealAttack("a reference to an outside document") { text in
            let id = try AnswerParts(text).bodyID
            return try text.edit("URI=\"#\(id)\"", "URI=\"http://localhost/#\(id)\"")
        },
    ]

    private static let algorithms: [SealAttack] =
        [
            "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11",
            "http://www.w3.org/2001/10/xml-exc-c14n#WithComments", "", "http://www.w3.org/2001/10/xml-exc-c14n",
        ].map { name in
            SealAttack("CanonicalizationMethod \(name)") {
                try $0.edit(
                    "<CanonicalizationMethod Algorithm=\"\(XMLNamespace.exclusiveC14N)\"",
                    "<CanonicalizationMethod Algorithm=\"\(name)\"")
            }
        }
        + [
            "http://www.w3.org/2000/09/xmldsig#rsa-sha1", "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
            "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-md5", "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "none", "",
        ].map { name in
            SealAttack("SignatureMethod \(name)") {
                try $0.edit("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", name)
            }
        }
        + [
            "http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/TR/1999/REC-xpath-19991116",
            "http://www.w3.org/2002/06/xmldsig-filter2", "http://www.w3.org/TR/1999/REC-xslt-19991116",
            "http://www.w3.org/2000/09/xmldsig#base64", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        ].flatMap { name in
            [
                SealAttack("Transform \(name)") {
                    try $0.edit(
                        "<Transform Algorithm=\"\(XMLNamespace.exclusiveC14N)\"", "<Transform Algorithm=\"\(name)\"")
                },
                SealAttack("Transform \(name) before the right one") {
                    try $0.edit("<Transform ", "<Transform Algorithm=\"\(name)\"/><Transform ")
                },
            ]
        }
        + ["http://www.w3.org/2000/09/xmldsig#sha1", "http://www.w3.org/2001/04/xmlenc#sha512", ""].map { name in
            SealAttack("DigestMethod \(name)") { try $0.edit("http://www.w3.org/2001/04/xmlenc#sha256", name) }
        }
        + [
            SealAttack("no Transform") { text in
                try text.edit(text.inner("<Transforms>", "</Transforms>"), "")
            },
            SealAttack("no Transforms") { text in try text.edit(text.part("<Transforms>", "</Transforms>"), "") },
            SealAttack("an HMACOutputLength") {
                try $0.edit(
                    "#rsa-sha256\"/>", "#rsa-sha256\"><HMACOutputLength>0</HMACOutputLength></SignatureMethod>")
            },
            SealAttack("a PrefixList put into the Transform") { text in
                let list = "<InclusiveNamespaces xmlns=\"\(XMLNamespace.exclusiveC14N)\" PrefixList=\"soapenc\"/>"
                let transform = try text.part("<Transform ", ">")
                let start = transform.hasSuffix("/>") ? transform.dropLast(2) : transform.dropLast()
                let end = transform.hasSuffix("/>") ? "</Transform>" : ""
                return try text.edit(transform, "\(start)>\(list)\(end)")
            },
            SealAttack("a PrefixList put into the CanonicalizationMethod") { text in
                let list = "<InclusiveNamespaces xmlns=\"\(XMLNamespace.exclusiveC14N)\" PrefixList=\"soapenc\"/>"
                let method = try text.part("<CanonicalizationMethod ", ">")
                let start = method.hasSuffix("/>") ? method.dropLast(2) : method.dropLast()
                let end = method.hasSuffix("/>") ? "</CanonicalizationMethod>" : ""
                return try text.edit(method, "\(start)>\(list)\(end)")
            },
        ]

    private static let structure: [SealAttack] = [
        SealAttack("the Signature twice") { text in
            let signature = try AnswerParts(text).signature
            return try text.edit(signature, signature + signature)
        },
        SealAttack("the Security header twice") { text in
            let parts = try AnswerParts(text)
            return try text.edit(parts.security, parts.security + parts.security)
        },
        SealAttack("an empty Security header before the right one") {
            try $0.edit("<wsse:Security ", "<wsse:Security/><wsse:Security ")
        },
        SealAttack("the Signature moved into a second Security header") { text in
            let signature = try AnswerParts(text).signature
            return try text.edit(signature, "")
                .edit("</soapenv:Header>", "<wsse:Security>\(signature)</wsse:Security></soapenv:Header>")
        },
        SealAttack("the Signature moved out of the Security header", .seal(.absent)) { text in
            let signature = try AnswerParts(text).signature
            return try text.edit(signature, "").edit("</soapenv:Header>", "\(signature)</soapenv:Header>")
        },
        SealAttack("the Signature moved into the Body", .seal(.absent)) { text in
            let signature = try AnswerParts(text).signature
            return try text.edit(signature, "").edit("</soapenv:Body>", "\(signature)</soapenv:Body>")
        },
        SealAttack("the Signature wrapped within the Security header") { text in
            let signature = try AnswerParts(text).signature
            return try text.edit(signature, "<x>\(signature)</x>")
        },
        SealAttack("the Security header wrapped", .seal(.absent)) { text in
            let security = try AnswerParts(text).security
            return try text.edit(security, "<x>\(security)</x>")
        },
        SealAttack("the Security header taken out", .seal(.absent)) { text in
            try text.edit(AnswerParts(text).security, "")
        },
        SealAttack("SignedInfo twice") { text in
            let signedInfo = try AnswerParts(text).signedInfo
            return try text.edit(signedInfo, signedInfo + signedInfo)
        },
        SealAttack("the signed SignedInfo moved into an Object, a forged one in its place") { text in
            let parts = try AnswerParts(text)
            return try text.edit(parts.signedInfo, parts.signedInfo.changingReference())
                .edit("</Signature>", "<Object>\(parts.signedInfo)</Object></Signature>")
        },
        SealAttack("the Reference twice") { text in
            let reference = try text.part("<Reference ", "</Reference>")
            return try text.edit(reference, reference + reference)
        },
        SealAttack("no Reference") { text in try text.edit(text.part("<Reference ", "</Reference>"), "") },
        SealAttack("no SignedInfo") { try $0.edit(AnswerParts($0).signedInfo, "") },
        SealAttack("no SignatureValue") { text in
            try text.edit(text.part("<SignatureValue>", "</SignatureValue>"), "")
        },
        SealAttack("an empty SignatureValue") { text in
            try text.edit(text.part("<SignatureValue>", "</SignatureValue>"), "<SignatureValue/>")
        },
        SealAttack("the SignatureValue truncated") { text in
            let value = try text.inner("<SignatureValue>", "</SignatureValue>")
            return try text.edit(value, String(value.prefix(value.count / 8 * 4)))
        },
        SealAttack("the SignatureValue lengthened") { text in
            let value = try text.inner("<SignatureValue>", "</SignatureValue>")
            return try text.edit(value, "AAAA" + value)
        },
        SealAttack("the SignatureValue changed in one place") { text in
            let value = try text.inner("<SignatureValue>", "</SignatureValue>")
            return try text.edit(value, value.changingCharacter(at: 100))
        },
        SealAttack("the SignatureValue not in base64") { text in
            let value = try text.inner("<SignatureValue>", "</SignatureValue>")
            return try text.edit(value, "*" + value.dropFirst())
        },
        SealAttack("the DigestValue changed in one place") { text in
            let value = try text.inner("<DigestValue>", "</DigestValue>")
            return try text.edit(value, value.changingCharacter(at: 7))
        },
        SealAttack("an empty DigestValue") { text in
            try text.edit(text.part("<DigestValue>", "</DigestValue>"), "<DigestValue/>")
        },
        SealAttack("a ds:Object added") { try $0.edit("</Signature>", "<Object/></Signature>") },
        SealAttack("a Manifest in the KeyInfo") { try $0.edit("</KeyInfo>", "<Manifest/></KeyInfo>") },
        SealAttack("text in the Signature") { try $0.edit("<SignedInfo>", "x<SignedInfo>") },
        SealAttack("SignatureValue before SignedInfo") { text in
            let value = try text.part("<SignatureValue>", "</SignatureValue>")
            return try text.edit(value, "").edit("<SignedInfo>", value + "<SignedInfo>")
        },
        SealAttack("KeyInfo twice") { text in
            let keyInfo = try text.part("<KeyInfo>", "</KeyInfo>")
            return try text.edit(keyInfo, keyInfo + keyInfo)
        },
        SealAttack("no KeyInfo") { text in try text.edit(text.part("<KeyInfo>", "</KeyInfo>"), "") },
        SealAttack("the key as a KeyValue") { text in
            try text.edit(text.inner("<KeyInfo>", "</KeyInfo>"), "<KeyValue><RSAKeyValue/></KeyValue>")
        },
        SealAttack("the certificate as X509Data") { text in
            let token = try text.inner("#X509v3\">", "<")
            return try text.edit(
                text.inner("<KeyInfo>", "</KeyInfo>"),
                "<X509Data><X509Certificate>\(token)</X509Certificate></X509Data>")
        },
        SealAttack("KeyInfo written with the Kelvin sign, which String takes for a K") {
            $0.replacing("KeyInfo>", with: "\u{212A}eyInfo>")
        },
    ]

    private static let tokens: [SealAttack] = [
        SealAttack("another certificate in the token") { text in
            let der = try TestAuthority.selfMade().certificate.der
            return try text.edit(text.inner("#X509v3\">", "<"), Base64.encode(der))
        },
        SealAttack("a second token with the same id") { text in
            let parts = try AnswerParts(text)
            let der = try TestAuthority.selfMade().certificate.der
            let other = try parts.token.edit(parts.token.inner("#X509v3\">", "<"), Base64.encode(der))
            return try text.edit(parts.token, other + parts.token)
        },
        SealAttack("a certificate with bytes behind it") { text in
            let token = try text.inner("#X509v3\">", "<")
            let der = try #require(Base64.decode(token))
            return try text.edit(token, Base64.encode(der + [0]))
        },
        SealAttack("no certificate in the token") { text in try text.edit(text.inner("#X509v3\">", "<"), "AAAA") },
        SealAttack("an empty token") { text in try text.edit(text.inner("#X509v3\">", "<"), "") },
        SealAttack("no token") { text in try text.edit(AnswerParts(text).token, "") },
        SealAttack("the token outside the Security header") { text in
            let parts = try AnswerParts(text)
            return try text.edit(parts.token, "").edit("</soapenv:Header>", "\(parts.token)</soapenv:Header>")
        },
        SealAttack("the token wrapped within the Security header") { text in
            let token = try AnswerParts(text).token
            return try text.edit(token, "<x>\(token)</x>")
        },
        SealAttack("a token of type PKCS#7") { text in
            let token = try AnswerParts(text).token
            return try text.edit(token, token.edit("#X509v3", "#PKCS7"))
        },
        SealAttack("a token in hex") { try $0.edit("#Base64Binary", "#HexBinary") },
        SealAttack("a reference to a key identifier") {
            try $0.edit("<wsse:Reference ", "<wsse:KeyIdentifier ")
        },
        SealAttack("a reference to another token") { text in
            let uri = try text.part("<wsse:Reference URI=\"", "\"")
            return try text.edit(uri, "<wsse:Reference URI=\"#other\"")
        },
        SealAttack("a reference to a token of type PKIPath") { text in
            let reference = try text.part("<wsse:Reference", "/>")
            return try text.edit(reference, reference.edit("#X509v3", "#X509PKIPathv1"))
        },
        SealAttack("the token without wsu:Id") {
            try $0.edit("<wsse:BinarySecurityToken wsu:Id", "<wsse:BinarySecurityToken Id")
        },
    ]

    private static let encodings: [SealAttack] = [
        SealAttack("a document type", .unreadable) { try $0.edit("?>\n", "?><!DOCTYPE soapenv:Envelope>\n") },
        SealAttack("a document type that makes id attributes", .unreadable) {
            try $0.edit("?>\n", "?><!DOCTYPE x [<!ATTLIST x y ID #IMPLIED>]>\n")
        },
        SealAttack("an entity for the FIK", .unreadable) { text in
            let fik = try text.inner("fik=\"", "\"")
            return try text.edit("?>\n", "?><!DOCTYPE x [<!ENTITY fik \"\(fik)\">]>\n").edit(
                "fik=\"\(fik)\"", "fik=\"&fik;\"")
        },
        SealAttack("an entity that is not defined", .unreadable) { try $0.edit("fik=\"", "fik=\"&x;") },
        SealAttack("another encoding declared", .unreadable) {
            try $0.edit("encoding=\"UTF-8\"", "encoding=\"UTF-16\"")
        },
        SealAttack("the end cut off", .unreadable) { try $0.edit("</soapenv:Envelope>", "") },
        SealAttack("a second answer behind it", .unreadable) { try $0 + AnswerParts($0).envelope },
    ]
}

extension String {
    /// A SignedInfo whose reference is to something else.
    fileprivate func changingReference() throws -> String {
        try self.edit(self.part("<Reference URI=\"", "\""), "<Reference URI=\"#forged\"")
    }
}
