import FiscalCore
import TSEOffline
import Testing

@Suite("Signature of a finished transaction") struct TSESignatureTests {
    static func signature(
        client: String = "KASSE-1", processType: String = "Kassenbeleg-V1", algorithm: String = "ecdsa-plain-SHA256",
        timeFormat: String = "unixTime", logTime: FiscalInstant = FiscalInstant(secondsSinceEpoch: 1)
    ) throws -> TSESignature {
        try TSESignature(
            client: client, transactionNumber: 1, signatureCounter: 2, startTime: FiscalInstant(secondsSinceEpoch: 0),
            logTime: logTime, algorithm: algorithm, timeFormat: timeFormat, processType: processType, processData: ";",
            signature: [], publicKey: [])
    }

    @Test("what openssl signed makes the QR text again, and verifies")
    func fromQR() throws {
        let signature = try TSESignature(ReceiptQR(SyntheticQR.brainpoolP512r1.text))
        #expect(signature.qr().text == SyntheticQR.brainpoolP512r1.text)
        #expect(signature.serial == SyntheticQR.brainpoolP512r1.serial)
        #expect(signature.verify().verdict == .valid)
        #expect(signature.signature.count == 128 && signature.publicKey.count == 129)
    }

    @Test("a key written as SubjectPublicKeyInfo becomes its point")
    func keyInfo() throws {
        let signature = try TSESignature(ReceiptQR(SyntheticQR.oneChunk.text))
        #expect(signature.publicKey.count == 97 && signature.publicKey.first == 4)
        #expect(signature.verify().layout == .constructed)
    }

    @Test("a signature in another form, and a key that is none, are refused")
    func otherForms() throws {
        for vector in [SyntheticQR.hexSignature, SyntheticQR.derSignature] {
            #expect(throws: InvalidField.self) { try TSESignature(ReceiptQR(vector.text)) }
        }
        for (_, text) in SyntheticQR.badKeys {
            #expect(throws: InvalidField.self) { try TSESignature(ReceiptQR(text)) }
        }
    }

    @Test("what a QR text cannot hold is refused")
    func limits() throws {
        func refuses(_ field: String, _ make: () throws -> TSESignature) {
            #expect(throws: InvalidField.self) { try make() }
            #expect { try make() } throws: { ($0 as? InvalidField)?.field == field }
        }
        _ = try Self.signature()
        refuses("client") { try Self.signature(client: "a;b") }
        refuses("processType") { try Self.signature(processType: ";") }
        refuses("algorithm") { try Self.signature(algorithm: "a;\u{301}") }
        refuses("timeFormat") { try Self.signature(timeFormat: "sundial") }
        refuses("logTime") { try Self.signature(logTime: FiscalInstant(millisecondsSinceEpoch: .max)) }
    }
}
