import CRKProtocol
import FiscalCore
import FiscalTestSupport
import Synchronization

/// A protected memory that makes its documents when they are read, and counts what it gave out at once.
final class MadeDocuments: DocumentSource {
    let last: Int64
    private let make: @Sendable (Int64) throws -> CRKDocument?
    private let largest = Mutex(0)

    /// - Parameter make: the document under a number; nil for a gap.
    init(through last: Int64, _ make: @escaping @Sendable (Int64) throws -> CRKDocument?) {
        self.last = last
        self.make = make
    }

    /// The most documents that were asked for at once.
    var largestPage: Int { self.largest.withLock { $0 } }

    func lastNumber() async throws -> Int64 { self.last }

    func documents(in range: ClosedRange<Int64>, limit: Int) async throws -> [CRKDocument] {
        self.largest.withLock { $0 = max($0, limit) }
        var page: [CRKDocument] = []
        var number = range.lowerBound
        while page.count < limit, number <= min(range.upperBound, self.last) {
            if let document = try self.make(number) { page.append(document) }
            number += 1
        }
        return page
    }

    /// A document of about so many bytes, different from any other.
    static func document(_ number: Int64, bytes: Int, type: ShipmentType? = .pr) throws -> CRKDocument {
        let random = CountingRandomSource(seed: UInt64(number))
        let noise = Base64.encode(random.bytes(count: max(0, bytes - 40) * 3 / 4))
        let text = Array("{\"d\":{\"JPKID\":\(number),\"x\":\"\(noise)\"}}".utf8)
        return try CRKDocument(number: number, type: type, detailed: text, short: text)
    }
}
