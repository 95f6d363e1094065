extension TicketAd {
    /// Whether there is something to print or show.
    ///
    /// Servers fill templates, and write the word NULL where a value is missing. A text of nothing but that word, or of
    /// spaces, says nothing and is not printed; it stays stored and reported as it came. In a longer text the word is
    /// part of what the server said, and is printed.
    public var isPrintable: Bool {
        !self.text.split(whereSeparator: \.isWhitespace).allSatisfy { $0 == "NULL" }
    }
}
