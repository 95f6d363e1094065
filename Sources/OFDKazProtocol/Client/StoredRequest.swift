import FiscalCore
import SwiftProtobuf

/// The request of a queued message, with the edition in which it was made: a register that was updated meanwhile sends
/// it as it is.
struct StoredRequest: Sendable {
    var edition: Edition
    /// Without `service.offline_period`, which each attempt adds (decision K24).
    var request: PBRequest

    init(edition: Edition, request: PBRequest) {
        self.edition = edition
        self.request = request
    }

    /// The version word, low byte first, then the bytes of the `Request`.
    func encoded() throws(OFDError) -> [UInt8] {
        let version = self.edition.rawValue
        do {
            let bytes: [UInt8] = try self.request.serializedBytes()
            return [UInt8(truncatingIfNeeded: version), UInt8(truncatingIfNeeded: version >> 8)] + bytes
        } catch {
            throw OFDError(.damagedJournal, "a request cannot be written")
        }
    }

    /// Nil when the bytes are no stored request.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 2, let edition = Edition(rawValue: UInt16(bytes[0]) | UInt16(bytes[1]) << 8),
            let request = try? PBRequest(serializedBytes: Array(bytes.dropFirst(2)))
        else { return nil }
        self.init(edition: edition, request: request)
    }
}
