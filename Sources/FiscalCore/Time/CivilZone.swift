/// Says how far the clocks of a place are ahead of UTC at an instant.
public protocol CivilZone: Sendable {
    func offset(at instant: FiscalInstant) -> UTCOffset
}

/// The same offset all year.
public struct FixedZone: CivilZone, Hashable {
    public var offset: UTCOffset

    public init(_ offset: UTCOffset) {
        self.offset = offset
    }

    /// UTC, spelled `Z`.
    public static let utc = Self(.zulu)

    public func offset(at instant: FiscalInstant) -> UTCOffset { self.offset }
}
