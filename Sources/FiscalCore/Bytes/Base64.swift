import Foundation

/// Base 64 with padding (RFC 4648 §4).
public enum Base64 {
    /// The bytes as base 64 text on one line.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        Data(bytes).base64EncodedString()
    }

    /// The bytes of a text that is exactly what ``encode(_:)`` writes for them, or nil.
    ///
    /// Padding is obligatory; white space, characters of another alphabet and unused bits other than zero are refused
    /// (RFC 4648 §3.5). So one value has one text, and a changed text is never taken for the signed one.
    public static func decode(_ text: String) -> [UInt8]? {
        // Foundation overlooks unused bits; writing the bytes again does not.
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
        return [UInt8](data)
    }

    /// As ``decode(_:)``, after taking out spaces, tabs, line feeds and carriage returns: the content of an XML element
    /// of type `xs:base64Binary`, or the lines of a PEM block.
    public static func decodeIgnoringWhitespace(_ text: String) -> [UInt8]? {
        let characters = text.utf8.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return Self.decode(String(decoding: characters, as: UTF8.self))
    }
}
