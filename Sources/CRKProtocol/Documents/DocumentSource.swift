/// The protected memory of a register, read page by page: it may be larger than any RAM.
///
/// Documents never change once they have a number, so a page that is read again is the same.
public protocol DocumentSource: Sendable {
    /// The number of the last document; 0 when there is none.
    func lastNumber() async throws -> Int64

    /// Documents of a range in ascending order, beginning with the first one that exists in it.
    /// - Returns: at least one when the range has any, `limit` at the most.
    func documents(in range: ClosedRange<Int64>, limit: Int) async throws -> [CRKDocument]
}
