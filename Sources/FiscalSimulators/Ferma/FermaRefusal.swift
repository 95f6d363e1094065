/// A register's refusal: a code of the second table, and what is wrong in words.
struct FermaRefusal: Error {
    var code: Int
    var reason: String

    init(_ code: Int, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Refusals of the data as such: the answer is remembered, so that the same identity gets it again.
    static let remembered: Set<Int> = [51, 52, 55, 69, 73, 77, 94, 142, 208, 238, 241, 242, 243, 245, 246]
    /// Codes after which a repeat leads to the same error, so that `Fatal` is true: the remembered ones, an internal or
    /// fatal fault, a drive at its end, a rent that is over.
    static let fatal = Self.remembered.union([5, 6, 18, 57, 239, 255])
}
