/// A row of one of the two error tables of the source document.
struct CodeEntry: Sendable {
    let code: Int
    let word: RetryWord
    /// As the source document words it.
    let text: String
    let englishText: String

    init(_ code: Int, _ word: RetryWord, _ text: String, _ englishText: String) {
        self.code = code
        self.word = word
        self.text = text
        self.englishText = englishText
    }

    static func table(_ entries: [Self]) -> [Int: Self] {
        Dictionary(entries.map { ($0.code, $0) }) { first, _ in first }
    }
}
