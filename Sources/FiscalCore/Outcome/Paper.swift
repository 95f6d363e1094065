/// What a receipt must carry, in printing order. Layout is the host's.
public struct Paper: Sendable, Hashable {
    public enum Item: Sendable, Hashable {
        /// A line of plain text.
        case text(String)
        /// A named value, such as `FIK` or `BKP`, printed exactly as it stands.
        case code(name: String, value: String)
        /// The text of a QR code.
        case qr(String)
    }

    public var items: [Item]

    public init(_ items: [Item] = []) {
        self.items = items
    }

    /// The value printed under `name`, or nil.
    public func code(_ name: String) -> String? {
        for case .code(name, let value) in self.items { return value }
        return nil
    }

    /// The text of the QR code, when the receipt carries one.
    public var qr: String? {
        for case .qr(let text) in self.items { return text }
        return nil
    }

    /// The items as lines of text, QR texts included; for logs and simple printers.
    public var lines: [String] {
        self.items.map { item in
            switch item {
            case .text(let text): text
            case .code(let name, let value): "\(name): \(value)"
            case .qr(let text): "QR: \(text)"
            }
        }
    }
}
