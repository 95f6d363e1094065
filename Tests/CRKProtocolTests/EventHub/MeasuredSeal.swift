import CRKProtocol
import Synchronization

/// A seal whose size is the test's choice. It keeps what it sealed and hands it out again.
final class MeasuredSeal: Sendable {
    private struct Sealed {
        var contents: [Int: [UInt8]] = [:]
        var count = 0
        var largest = 0
    }

    private let size: @Sendable ([UInt8]) -> Int
    private let sealed = Mutex(Sealed())

    /// - Parameter size: the octets of the sealed text, at least 20.
    init(size: @escaping @Sendable ([UInt8]) -> Int) {
        self.size = size
    }

    func callAsFunction(_ content: [UInt8]) -> String {
        let size = self.size(content)
        return self.sealed.withLock { sealed in
            sealed.count += 1
            sealed.largest = max(sealed.largest, content.count)
            let name = "\(sealed.count)."
            sealed.contents[sealed.count] = content
            return name + String(repeating: "x", count: max(0, size - name.utf8.count))
        }
    }

    func octets(_ content: [UInt8]) -> Int { self.size(content) }

    /// The content of a text, which is forgotten then together with all that were tried and not used.
    func open(_ text: String) -> [UInt8]? {
        self.sealed.withLock { sealed in
            defer { sealed.contents = [:] }
            return Int(text.prefix { $0 != "." }).flatMap { sealed.contents[$0] }
        }
    }

    /// How many times something was sealed.
    var count: Int { self.sealed.withLock { $0.count } }
    /// The most bytes of content that were sealed at once.
    var largest: Int { self.sealed.withLock { $0.largest } }
}
