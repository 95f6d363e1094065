import FiscalCore
import Synchronization

/// Bytes that nobody without the secret can tell: a value cannot hold a source of randomness, but it can hold a secret.
final class CRKDrawnBytes: RandomSource {
    private let key: [UInt8]
    private let block = Mutex(0)

    init(secret: [UInt8], label: String) {
        self.key = HMAC.authenticationCode(.sha256, over: Array(label.utf8), key: secret)
    }

    func bytes(count: Int) -> [UInt8] {
        self.block.withLock { block in
            var bytes: [UInt8] = []
            while bytes.count < count {
                bytes += HMAC.authenticationCode(.sha256, over: Array("\(block)".utf8), key: self.key)
                block += 1
            }
            return Array(bytes.prefix(max(0, count)))
        }
    }
}
