extension ArraySlice<UInt8> {
    /// Whether the bytes are a text in UTF-8.
    var isValidUTF8: Bool { String(validating: self, as: UTF8.self) != nil }
}
