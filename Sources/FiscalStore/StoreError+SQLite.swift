import FiscalCore
import GRDB

/// What SQLite said, by number only: its own message could quote a stored value.
struct SQLiteFailure: Error, Sendable, CustomStringConvertible {
    /// SQLite's extended result code (https://www.sqlite.org/rescode.html).
    var extendedResultCode: Int32
    var description: String { "SQLite result code \(self.extendedResultCode)" }
}

extension StoreError {
    /// Any error of opening, reading or writing, as one of the store.
    init(sqlite error: any Error) {
        switch error {
        case let error as StoreError:
            self = error
        case let error as DatabaseError:
            let code: StoreError.Code =
                switch error.resultCode {
                case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_MISMATCH: .damaged
                default: .unavailable
                }
            // The description of a result code is SQLite's fixed text for it.
            self.init(
                code, error.extendedResultCode.description,
                underlying: SQLiteFailure(extendedResultCode: error.extendedResultCode.rawValue))
        case is RowDecodingError:
            self.init(.damaged, "a column has the wrong kind of value")
        default:
            self.init(.unavailable, "the store failed: \(type(of: error))")
        }
    }

    /// A reading connection met a journal that must be rolled back first.
    var isReadonlyRecovery: Bool {
        guard let failure = self.underlying as? SQLiteFailure else { return false }
        return failure.extendedResultCode & 0xFF == ResultCode.SQLITE_READONLY.rawValue
    }
}
