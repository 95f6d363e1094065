public import FiscalCore

/// The operating system's cryptographically secure random bytes (`getrandom`, `arc4random_buf`).
public struct SystemRandomSource: RandomSource {
    public init() {}

    public func bytes(count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            withUnsafeBytes(of: generator.next() as UInt64) { bytes.append(contentsOf: $0.prefix(count - bytes.count)) }
        }
        return bytes
    }
}

extension RandomSource where Self == SystemRandomSource {
    /// The operating system's random bytes.
    public static var system: SystemRandomSource { SystemRandomSource() }
}
