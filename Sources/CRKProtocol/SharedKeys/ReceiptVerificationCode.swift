import FiscalCore

/// The primitive behind the code by which anybody checks a receipt of a software register.
///
/// Keys of 32 bytes suggest HMAC-SHA-256. Which fields go in, in which order, and how the result is shortened and spelled,
/// stands in a document that is not public (facts, section 8): the caller brings the bytes, and nothing is made up here.
public enum ReceiptVerificationCode {
    /// HMAC-SHA-256 of bytes in the caller's order, under the key of the day that stands on the receipt: 32 bytes.
    public static func hmac(_ bytes: [UInt8], with key: SharedKey) -> [UInt8] {
        HMAC.authenticationCode(.sha256, over: bytes, key: key.secret)
    }
}
