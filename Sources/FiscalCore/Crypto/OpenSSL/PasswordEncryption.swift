import COpenSSL

/// How an encrypted key or bag was encrypted under a password: read from its `AlgorithmIdentifier`, before trying.
struct PasswordEncryption {
    /// The scheme by its usual name (`pbeWithSHA1And40BitRC2-CBC`), with the cipher for PBES2 (`PBES2 with AES-256-CBC`).
    let name: String
    /// How often the password is hashed; nil where there is no such number or it cannot be read.
    let iterations: Int?
    private let ciphers: [Int32]

    /// More rounds than any real file has: such a number comes from damage, and would only keep the machine busy.
    static let iterationLimit = 10_000_000

    init(_ algorithm: UnsafePointer<X509_ALGOR>?) {
        var object: OpaquePointer?
        var parameterType: Int32 = 0
        var parameter: UnsafeRawPointer?
        X509_ALGOR_get0(&object, &parameterType, &parameter, algorithm)
        let number = OBJ_obj2nid(object)
        let sequence =
            parameterType == V_ASN1_SEQUENCE
            ? parameter?.assumingMemoryBound(to: ASN1_STRING.self) : nil
        if number == NID_pbes2 {
            (self.name, self.iterations, self.ciphers) = Self.readPBES2(sequence)
            return
        }
        self.name = objectName(object)
        self.iterations = sequence.flatMap(Self.readIterations)
        var cipher: Int32 = NID_undef
        self.ciphers =
            EVP_PBE_find(EVP_PBE_TYPE_OUTER, number, &cipher, nil, nil) == 1 ? [cipher] : []
        OpenSSLErrors.clear()
    }

    func isSupported(in context: LibraryContext) -> Bool {
        !self.ciphers.isEmpty && self.ciphers.allSatisfy(context.hasCipher)
    }

    var isPlausible: Bool { self.iterations.map { (1...Self.iterationLimit).contains($0) } ?? true }

    private static func readPBES2(_ sequence: UnsafePointer<ASN1_STRING>?) -> (String, Int?, [Int32]) {
        guard let sequence, let parameters = unpack(sequence, { d2i_PBE2PARAM(nil, $0, $1) }) else {
            return ("PBES2", nil, [])
        }
        defer { PBE2PARAM_free(parameters) }
        var cipher: OpaquePointer?
        X509_ALGOR_get0(&cipher, nil, nil, parameters.pointee.encryption)
        var function: OpaquePointer?
        var type: Int32 = 0
        var parameter: UnsafeRawPointer?
        X509_ALGOR_get0(&function, &type, &parameter, parameters.pointee.keyfunc)
        let name = "PBES2 with \(objectName(cipher))"
        guard OBJ_obj2nid(function) == NID_id_pbkdf2 else {
            return ("\(name) and \(objectName(function))", nil, [OBJ_obj2nid(cipher)])
        }
        guard type == V_ASN1_SEQUENCE, let inner = parameter?.assumingMemoryBound(to: ASN1_STRING.self),
            let pbkdf2 = unpack(inner, { d2i_PBKDF2PARAM(nil, $0, $1) })
        else { return (name, nil, [OBJ_obj2nid(cipher)]) }
        defer { PBKDF2PARAM_free(pbkdf2) }
        return (name, ASN1_INTEGER_get(pbkdf2.pointee.iter), [OBJ_obj2nid(cipher)])
    }

    private static func readIterations(_ sequence: UnsafePointer<ASN1_STRING>) -> Int? {
        guard let parameters = unpack(sequence, { d2i_PBEPARAM(nil, $0, $1) }) else { return nil }
        defer { PBEPARAM_free(parameters) }
        return ASN1_INTEGER_get(parameters.pointee.iter)
    }
}

/// Decodes the DER that an ASN.1 string holds.
private func unpack<Value>(
    _ string: UnsafePointer<ASN1_STRING>,
    _ decode: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> Value?
) -> Value? {
    var next = ASN1_STRING_get0_data(string)
    defer { OpenSSLErrors.clear() }
    return decode(&next, Int(ASN1_STRING_length(string)))
}

/// The usual name of an object identifier, its numbers when it has none.
func objectName(_ object: OpaquePointer?) -> String {
    guard let object else { return "nothing" }
    let number = OBJ_obj2nid(object)
    if number != NID_undef, let name = OBJ_nid2ln(number) { return String(cString: name) }
    return objectIdentifier(object)
}

/// An object identifier in numbers: `2.5.4.97`.
func objectIdentifier(_ object: OpaquePointer?) -> String {
    var text = [CChar](repeating: 0, count: 128)
    guard let object, OBJ_obj2txt(&text, Int32(text.count), object, 1) > 0 else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
