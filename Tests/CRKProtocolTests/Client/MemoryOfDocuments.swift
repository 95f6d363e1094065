import CRKProtocol
import FiscalCore
import FiscalTestSupport
import Synchronization

/// A protected memory in RAM, to which a test adds documents.
final class MemoryOfDocuments: DocumentSource {
    private let documents = Mutex<[Int64: CRKDocument]>([:])
    private let reads = Mutex(0)

    func lastNumber() async throws -> Int64 { self.last }

    func documents(in range: ClosedRange<Int64>, limit: Int) async throws -> [CRKDocument] {
        self.reads.withLock { $0 += 1 }
        return self.documents.withLock { all in
            all.keys.filter(range.contains).sorted().prefix(limit).compactMap { all[$0] }
        }
    }

    var last: Int64 { self.documents.withLock { $0.keys.max() ?? 0 } }

    /// Adds a document under the next number, or under one behind a gap.
    /// - Parameter padding: bytes of incompressible text inside.
    @discardableResult
    func add(
        _ type: ShipmentType?, event: Int? = nil, number: Int64? = nil, padding: Int = 0,
        random: CountingRandomSource = CountingRandomSource()
    ) throws -> Int64 {
        let number = number ?? self.last + 1
        let noise = padding == 0 ? "" : ",\"szum\":\"\(Base64.encode(random.bytes(count: padding * 3 / 4)))\""
        let kind = type?.rawValue ?? "inny"
        func form(_ form: String) -> [UInt8] {
            Array("{\"dokument\":{\"JPKID\":\(number),\"rodzaj\":\"\(kind)\",\"postac\":\"\(form)\"\(noise)}}".utf8)
        }
        let document = try CRKDocument(
            number: number, type: type, eventNumber: event, detailed: form("szczegolowa"),
            short: type == nil ? nil : form("skrocona"))
        self.documents.withLock { $0[number] = document }
        return number
    }
}
