/// The host's durable memory: what a register must not forget when power or process goes away.
///
/// The contract, which a host's own store must keep (the ready-made one is SQLite, in `FiscalStore`):
/// - ``commit(_:requiring:)`` is atomic, and durable when it returns: after a crash either all of its changes are
///   there or none, and none that had returned is missing. A store opened again shows exactly the committed state.
/// - A commit that was begun ends, also when the calling task is cancelled.
/// - One store may serve many registers: everything is kept under the register's own ``StoreKey/register``.
public protocol DurableStore: Sendable {
    /// The record under `key`, or nil when there is none.
    func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord?

    /// Records of one space in ascending order of their names (compared as UTF-8 bytes), those after `name` only
    /// when it is given, `limit` at the most.
    func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord]

    /// Carries out all changes, or none.
    /// - Throws: ``StoreError`` with code `conflict` when a requirement does not hold; nothing has changed then.
    func commit(_ changes: [StoreChange], requiring requirements: [StoreRequirement]) async throws(StoreError)
}

extension DurableStore {
    /// Carries out all changes, or none, whatever the store holds.
    public func commit(_ changes: [StoreChange]) async throws(StoreError) {
        try await self.commit(changes, requiring: [])
    }
}

/// Where a record lies: register, space (such as `eet.sale`) and name.
public struct StoreKey: Sendable, Hashable {
    /// Whose record it is; hosts of many registers give each its own.
    public var register: String
    /// The kind of record.
    public var space: String
    /// The name within the space; ascending names are the order of ``DurableStore/records(register:space:after:limit:)``.
    public var name: String

    public init(register: String, space: String, name: String) {
        self.register = register
        self.space = space
        self.name = name
    }
}

/// A stored value and the revision that it has.
public struct StoreRecord: Sendable, Hashable {
    public var key: StoreKey
    public var value: [UInt8]
    /// Changes with every write of this key and is never used again for it.
    public var revision: Int64

    public init(key: StoreKey, value: [UInt8], revision: Int64) {
        self.key = key
        self.value = value
        self.revision = revision
    }
}

/// One change of a commit.
public enum StoreChange: Sendable, Hashable {
    case put(StoreKey, [UInt8])
    case remove(StoreKey)
}

/// What must hold for a commit to be carried out: keeps two processes from deciding on the same record.
public enum StoreRequirement: Sendable, Hashable {
    /// There is no record under the key.
    case absent(StoreKey)
    /// The record under the key still has this revision.
    case unchanged(StoreKey, revision: Int64)
}

/// Why the store did not do what it was asked.
public struct StoreError: Error, Sendable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable { case conflict, damaged, unavailable, newerSchema }
        private let base: Base
        /// A requirement of the commit does not hold; another process has changed the record.
        public static let conflict = Self(base: .conflict)
        /// The stored bytes are not what this library wrote; the host must look before anything is overwritten.
        public static let damaged = Self(base: .damaged)
        /// The store could not be read or written (disk full, file locked, server gone).
        public static let unavailable = Self(base: .unavailable)
        /// The store was written by a later version of the library.
        public static let newerSchema = Self(base: .newerSchema)
        public var description: String { "\(self.base)" }
    }
    public var code: Code
    /// What happened, for the operator; never a stored value.
    public var detail: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ detail: String, underlying: (any Error)? = nil) {
        self.code = code
        self.detail = detail
        self.underlying = underlying
    }
}

extension StoreError: CustomStringConvertible {
    public var description: String { "store: \(self.code): \(self.detail)" }
}
