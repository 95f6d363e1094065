/// Bytes that are no frame, or a frame that is no answer to the request. Nothing after them on the connection can be
/// trusted: it is dropped (sections 2.1, 2.2).
public struct FrameError: Error, Sendable, Hashable {
    /// What is wrong.
    public var code: Code
    /// The byte of the frame at which the field begins; for `incomplete` how many bytes there are.
    public var offset: Int
    /// More for a person: the number and its limit. Never TOKEN, never the payload.
    public var detail: String

    public init(_ code: Code, offset: Int, detail: String) {
        self.code = code
        self.offset = offset
        self.detail = detail
    }

    /// The kinds of faults. Open: later versions may add some.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: String, Sendable {
            case appcode, version, sizeTooSmall, sizeTooLarge, incomplete
            case incompatibleVersion, foreignID, foreignREQNUM
        }
        private let base: Base
        /// APPCODE is not 81A2h: another protocol, or a layout from before 1.0.1.
        public static let appcode = Self(base: .appcode)
        /// VERSION is 0 or any other number below 100, which no edition has.
        public static let version = Self(base: .version)
        /// SIZE is smaller than the header.
        public static let sizeTooSmall = Self(base: .sizeTooSmall)
        /// SIZE is above the limit (decision K19).
        public static let sizeTooLarge = Self(base: .sizeTooLarge)
        /// The bytes end before the frame does.
        public static let incomplete = Self(base: .incomplete)
        /// The frame is whole, but of an edition whose first digit differs from the request's.
        public static let incompatibleVersion = Self(base: .incompatibleVersion)
        /// The frame is whole, but its ID is not the request's.
        public static let foreignID = Self(base: .foreignID)
        /// The frame is whole, but its REQNUM is not the request's.
        public static let foreignREQNUM = Self(base: .foreignREQNUM)

        public var description: String { self.base.rawValue }
    }
}

extension FrameError: CustomStringConvertible {
    public var description: String { "\(self.code), byte \(self.offset): \(self.detail)" }
}
