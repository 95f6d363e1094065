/// What programs and old systems leave after the end of a binary file, and what means nothing there.
enum FilePadding {
    /// White space, NUL, Control-Z.
    static func contains(_ byte: UInt8) -> Bool { [0x00, 0x09, 0x0A, 0x0D, 0x1A, 0x20].contains(byte) }
}
