import CRKProtocol
import FiscalCore
import FiscalTestSupport
import Foundation

/// jwcrypto, another implementation of JOSE: it opens what we seal, and seals for us.
enum JOSEOracle {
    /// One packet: what is in it, how, and under whose keys.
    struct Packet {
        var profile: SealingProfile
        var content: [UInt8]
        /// Empty when jwcrypto is to make it.
        var sealed = ""
    }

    /// The contents that it finds in our packets, in hexadecimal; an error text where it finds none.
    static func contents(of packets: [Packet], _ parties: SealParties) throws -> [String] {
        try self.run("open", packets, parties)
    }

    /// Packets that it makes.
    static func sealed(_ packets: [Packet], _ parties: SealParties) throws -> [String] {
        try self.run("seal", packets, parties)
    }

    private static func run(_ verb: String, _ packets: [Packet], _ parties: SealParties) throws -> [String] {
        let lines = try packets.map { packet -> String in
            let profile = packet.profile
            let signer = parties.signer(for: profile.signature)
            let recipient = parties.recipient(for: profile.keyEncryption)
            let members: [JSON.Member] = [
                .init("nesting", .string(profile.nesting.rawValue)), .init("sign", .string(profile.signature.rawValue)),
                .init("encrypt", .string(profile.keyEncryption.rawValue)),
                .init("content", .string(profile.contentEncryption.rawValue)),
                .init("compression", .string(profile.compression.rawValue)),
                .init("reference", .string(profile.signerReference.rawValue)),
                .init("wire", .string(profile.wire.rawValue)), .init("payload", .string(Hex.encode(packet.content))),
                .init("sealed", .string(packet.sealed)),
                .init("signerKey", .string(try signer.key.pkcs8PEM())),
                .init("signerCertificate", .string(Base64.encode(signer.certificate.der))),
                .init("signerDigest", .string(Base64URL.encode(signer.certificate.fingerprint(.sha256)))),
                .init("signerKid", .optional(Self.kid(profile, signer.certificate))),
                .init("recipientKey", .string(try recipient.key.pkcs8PEM())),
                .init("recipientKid", .optional(Self.kid(profile, recipient.certificate))),
            ]
            return JSON.object(members).text
        }
        let result = try OutsideTool.run(
            PythonEnvironment.interpreter(with: "jwcrypto==1.5.6"), ["-c", self.program, verb],
            input: Array(lines.joined(separator: "\n").utf8))
        guard result.status == 0 else { throw PythonEnvironment.Failure(description: result.errorText) }
        return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static func kid(_ profile: SealingProfile, _ certificate: Certificate) -> String? {
        switch profile.keyID {
        case .text(let text): text
        case .sha256Hex: Hex.encode(certificate.fingerprint(.sha256))
        case .serialHex: certificate.serialNumberHex.lowercased()
        default: nil
        }
    }

    private static let program = #"""
        import base64, functools, gzip, json, sys, zlib
        from jwcrypto import jwe, jwk, jws
        jwe.default_max_compressed_size = 64 << 20
        ALGS = jws.default_allowed_algs + jwe.default_allowed_algs + ["RSA1_5"]
        BEFORE = {
            "deflate-before-sign": (lambda b: raw(b), lambda b: zlib.decompress(b, -15)),
            "zlib-before-sign": (zlib.compress, zlib.decompress), "gzip-before-sign": (gzip.compress, gzip.decompress),
        }
        @functools.cache
        def key(pem): return jwk.JWK.from_pem(pem.encode())
        def raw(data):
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            return packer.compress(data) + packer.flush()
        def sign(p, payload):
            header = {"alg": p["sign"]}
            if p["reference"] == "x5c": header["x5c"] = [p["signerCertificate"]]
            if p["reference"] == "x5t#S256": header["x5t#S256"] = p["signerDigest"]
            if p["reference"] == "kid": header["kid"] = p["signerKid"]
            token = jws.JWS(payload)
            token.allowed_algs = ALGS
            token.add_signature(p["signer"], None, json.dumps(header), None)
            return token.serialize(compact=True).encode()
        def encrypt(p, payload):
            header = {"alg": p["encrypt"], "enc": p["content"]}
            if p["compression"] == "zip-def": header["zip"] = "DEF"
            token = jwe.JWE(payload, json.dumps(header), algs=ALGS)
            token.add_recipient(p["recipient"])
            return token.serialize(compact=True).encode()
        def verify(p, text):
            token = jws.JWS()
            token.allowed_algs = ALGS
            token.deserialize(text.decode())
            token.verify(p["signer"])
            header = token.jose_header
            assert header["alg"] == p["sign"], header
            if p["reference"] == "x5c": assert header["x5c"][0] == p["signerCertificate"], header
            if p["reference"] == "x5t#S256": assert header["x5t#S256"] == p["signerDigest"], header
            if p["reference"] == "kid": assert header["kid"] == p["signerKid"], header
            return token.payload
        def decrypt(p, text):
            token = jwe.JWE(algs=ALGS)
            token.deserialize(text.decode(), p["recipient"])
            assert token.jose_header["alg"] == p["encrypt"] and token.jose_header["enc"] == p["content"]
            assert token.jose_header.get("kid", p["recipientKid"]) == p["recipientKid"]
            assert (token.jose_header.get("zip") == "DEF") == (p["compression"] == "zip-def")
            return token.payload
        for line in sys.stdin:
            p = json.loads(line)
            p["signer"] = key(p["signerKey"])
            # It looks for a key by the name that the header gives.
            p["recipient"] = jwk.JWK(**{**json.loads(key(p["recipientKey"]).export_private()), "kid": p["recipientKid"]})
            pack, unpack = BEFORE.get(p["compression"], (lambda b: b, lambda b: b))
            if sys.argv[1] == "open":
                try:
                    data = p["sealed"].encode()
                    if p["wire"] == "base64": data = base64.b64decode(data, validate=True)
                    if p["nesting"] == "jws-in-jwe": data = verify(p, decrypt(p, data))
                    elif p["nesting"] == "jwe-in-jws": data = decrypt(p, verify(p, data))
                    else: data = decrypt(p, data)
                    print("=" + unpack(data).hex())
                except Exception as error: print("!" + repr(error).replace("\n", " "))
            else:
                data = pack(bytes.fromhex(p["payload"]))
                if p["nesting"] == "jws-in-jwe": data = encrypt(p, sign(p, data))
                elif p["nesting"] == "jwe-in-jws": data = sign(p, encrypt(p, data))
                else: data = encrypt(p, data)
                print(base64.b64encode(data).decode() if p["wire"] == "base64" else data.decode())
        """#
}
