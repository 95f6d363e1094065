import Foundation
import ProgramTestSupport

/// jwcrypto, another implementation of JOSE: it makes the keys, opens what `crk seal` makes, and seals for `crk open`.
struct JOSEProgramOracle {
    /// One packet: how it is sealed, and what is in it.
    struct Packet {
        var number: Int
        var sign: String
        var encrypt: String
        var content: String
        var compression: String
        var nesting = "jws-in-jwe"
        var reference = "x5c"
        var wire = "compact"
        var payload: [UInt8] = []
        /// Empty when the oracle is to make it.
        var sealed = ""

        /// As the programs take it.
        var profile: String {
            let unsafe = self.encrypt == "RSA1_5" ? #","allowUnsafeRSA1_5":true"# : ""
            return """
                {"nesting":"\(self.nesting)","sign":"\(self.sign)","encrypt":"\(self.encrypt)",\
                "content":"\(self.content)","compression":"\(self.compression)",\
                "signerReference":"\(self.reference)","kid":null,"wire":"\(self.wire)"\(unsafe)}
                """
        }

        /// The files of the keys that fit.
        var signerName: String { self.sign.hasPrefix("ES") ? "signer-\(self.sign)" : "signer-RSA" }
        var recipientName: String { self.encrypt.hasPrefix("RSA") ? "recipient-RSA" : "recipient-EC" }

        fileprivate var line: String {
            """
            {"profile":\(self.profile),"signer":"\(self.signerName)","recipient":"\(self.recipientName)",\
            "payload":"\(Data(self.payload).base64EncodedString())","sealed":"\(self.sealed)"}
            """
        }
    }

    static let signatures = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
    static let keyEncryptions = ["RSA-OAEP", "RSA-OAEP-256", "ECDH-ES+A256KW", "RSA1_5"]
    static let contents = ["A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"]
    static let compressions = ["none", "zip-def", "deflate-before-sign", "zlib-before-sign", "gzip-before-sign"]

    /// Keys and certificates as PEM: `signer-RSA.pem`, `signer-RSA.crt` and so on.
    let folder: TestFolder

    init() async throws {
        self.folder = try TestFolder()
        _ = try await self.run("keys", "")
    }

    func key(_ name: String) -> String { self.folder.url("\(name).pem").path }
    func certificate(_ name: String) -> String { self.folder.url("\(name).crt").path }

    /// What it finds in packets, Base64 behind `=`; an error text behind `!` where it finds nothing.
    func contents(of packets: [Packet]) async throws -> [String] { try await self.lines("open", packets) }

    /// Packets that it makes.
    func sealed(_ packets: [Packet]) async throws -> [String] { try await self.lines("seal", packets) }

    private func lines(_ verb: String, _ packets: [Packet]) async throws -> [String] {
        try await self.run(verb, packets.map(\.line).joined(separator: "\n")).split(separator: "\n").map(String.init)
    }

    private func run(_ verb: String, _ input: String) async throws -> String {
        let ending = try await PythonEnvironment.interpreter(with: "jwcrypto==1.5.6").run(
            ["-c", Self.program, verb, self.folder.path], input: Array(input.utf8))
        guard ending.status == 0 else { throw PythonEnvironment.Failure(description: ending.errors) }
        return ending.text
    }

    private static let program = #"""
        import base64, datetime, functools, gzip, hashlib, json, sys, zlib
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec, rsa
        from jwcrypto import jwe, jwk, jws
        verb, folder = sys.argv[1:]
        jwe.default_max_compressed_size = 64 << 20
        ALGS = jws.default_allowed_algs + jwe.default_allowed_algs + ["RSA1_5"]
        def raw(data):
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            return packer.compress(data) + packer.flush()
        BEFORE = {
            "deflate-before-sign": (raw, lambda b: zlib.decompress(b, -15)),
            "zlib-before-sign": (zlib.compress, zlib.decompress), "gzip-before-sign": (gzip.compress, gzip.decompress),
        }
        def make(name, key):
            with open(f"{folder}/{name}.pem", "wb") as f:
                f.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                          serialization.NoEncryption()))
            title = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
            start = datetime.datetime(2020, 1, 1)
            certificate = x509.CertificateBuilder().subject_name(title).issuer_name(title).public_key(key.public_key())
            certificate = certificate.serial_number(x509.random_serial_number()).not_valid_before(start)
            certificate = certificate.not_valid_after(start.replace(year=2040)).sign(key, hashes.SHA256())
            with open(f"{folder}/{name}.crt", "wb") as f:
                f.write(certificate.public_bytes(serialization.Encoding.PEM))
        if verb == "keys":
            for name in ["signer-RSA", "recipient-RSA", "stranger-RSA"]: make(name, rsa.generate_private_key(65537, 2048))
            for name, curve in [("signer-ES256", ec.SECP256R1()), ("signer-ES384", ec.SECP384R1()),
                                ("signer-ES512", ec.SECP521R1()), ("recipient-EC", ec.SECP256R1())]:
                make(name, ec.generate_private_key(curve))
        @functools.cache
        def key(name):
            with open(f"{folder}/{name}.pem", "rb") as f: return jwk.JWK.from_pem(f.read())
        @functools.cache
        def der(name):
            with open(f"{folder}/{name}.crt", "rb") as f:
                return x509.load_pem_x509_certificate(f.read()).public_bytes(serialization.Encoding.DER)
        def references(p, name):
            digest = base64.urlsafe_b64encode(hashlib.sha256(der(name)).digest()).decode().rstrip("=")
            return {"x5c": {"x5c": [base64.b64encode(der(name)).decode()]}, "x5t#S256": {"x5t#S256": digest},
                    "none": {}}[p["signerReference"]]
        def sign(p, line, payload):
            token = jws.JWS(payload)
            token.allowed_algs = ALGS
            header = {"alg": p["sign"], **references(p, line["signer"])}
            token.add_signature(key(line["signer"]), None, json.dumps(header), None)
            return token.serialize(compact=True).encode()
        def encrypt(p, line, payload):
            header = {"alg": p["encrypt"], "enc": p["content"]}
            if p["compression"] == "zip-def": header["zip"] = "DEF"
            token = jwe.JWE(payload, json.dumps(header), algs=ALGS)
            token.add_recipient(key(line["recipient"]))
            return token.serialize(compact=True).encode()
        def verify(p, line, text):
            token = jws.JWS()
            token.allowed_algs = ALGS
            token.deserialize(text.decode())
            token.verify(key(line["signer"]))
            header = token.jose_header
            assert header["alg"] == p["sign"], header
            for name, value in references(p, line["signer"]).items(): assert header[name] == value, header
            return token.payload
        def decrypt(p, line, text):
            token = jwe.JWE(algs=ALGS)
            token.deserialize(text.decode(), key(line["recipient"]))
            assert token.jose_header["alg"] == p["encrypt"] and token.jose_header["enc"] == p["content"]
            assert (token.jose_header.get("zip") == "DEF") == (p["compression"] == "zip-def")
            return token.payload
        for text in sys.stdin:
            line = json.loads(text)
            p = line["profile"]
            pack, unpack = BEFORE.get(p["compression"], (lambda b: b, lambda b: b))
            if verb == "open":
                try:
                    data = line["sealed"].encode()
                    if p["wire"] == "base64": data = base64.b64decode(data, validate=True)
                    data = verify(p, line, decrypt(p, line, data)) if p["nesting"] == "jws-in-jwe" \
                        else decrypt(p, line, verify(p, line, data))
                    print("=" + base64.b64encode(unpack(data)).decode())
                except Exception as error: print("!" + repr(error).replace("\n", " "))
            else:
                data = pack(base64.b64decode(line["payload"]))
                data = encrypt(p, line, sign(p, line, data)) if p["nesting"] == "jws-in-jwe" \
                    else sign(p, line, encrypt(p, line, data))
                print(base64.b64encode(data).decode() if p["wire"] == "base64" else data.decode())
        """#
}
