import FiscalCore
import FiscalStore
import FiscalTransport

extension ModuleHost {
    /// The machine itself: SQLite, HTTPS, the system's clock and random bytes.
    public static func system(say: @escaping @Sendable (String) -> Void) -> ModuleHost {
        ModuleHost(
            openStore: { try SQLiteStore(path: $0) },
            openTransport: { authorities in
                try AsyncHTTPTransport(.init(trust: authorities.isEmpty ? .system : .certificates(authorities)))
            },
            clock: .system, randomness: .system, say: say)
    }
}
