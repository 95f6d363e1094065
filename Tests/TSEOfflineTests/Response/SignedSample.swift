import FiscalCore
import TSEOffline
import Testing

/// A regular answer around a signature that openssl made.
enum SignedSample {
    static func signature() throws -> TSESignature {
        try TSESignature(ReceiptQR(SyntheticQR.generalizedTime.text))
    }

    static func response() throws -> FiscalResponse {
        let signature = try Self.signature()
        return .regular(
            number: 561, register: signature.client, signature: signature, certificate: "MIIB",
            requestTime: try #require(ServiceTime("2026-02-03T05:05:06.1234567+01:00")),
            completionTime: try #require(ServiceTime("2026-02-03T05:05:06.2345678+01:00")))
    }
}
