import FiscalCore
import Foundation
import OFDKazProtocol

/// A frame as JSON, for writing: `{"header":{…},"payload":{…}}`.
enum FrameJSON {
    /// The bytes of the frame.
    ///
    /// - Throws: `InvalidField` or `PayloadError`, naming the member.
    static func frame(_ text: [UInt8], _ kind: PayloadKind) throws -> [UInt8] {
        let members = try Self.members(of: text, named: ["header", "payload"], in: "")
        guard let headerText = members["header"] else { throw InvalidField("header", .required, limit: "an object") }
        guard let payloadText = members["payload"] else { throw InvalidField("payload", .required, limit: "an object") }
        let payload: [UInt8]
        do { payload = try PayloadJSON.payload(from: payloadText, kind) } catch {
            let member = error.member.map { "payload.\($0)" } ?? "payload"
            throw PayloadError(error.code, member: member, detail: error.detail)
        }
        return try Self.frame(header: headerText, payload: payload)
    }

    private static func frame(header text: String, payload: [UInt8]) throws(InvalidField) -> [UInt8] {
        let names: Set<String> = ["appcode", "version", "size", "id", "token", "reqnum"]
        let header = try Self.members(of: Array(text.utf8), named: names, in: "header.")
        if let appcode = try Self.number("appcode", in: header, as: UInt16.self), appcode != FrameHeader.appcode {
            throw InvalidField("header.appcode", .oneOf, limit: "\(FrameHeader.appcode)")
        }
        let version = try Self.required("version", in: header, as: UInt16.self)
        guard Edition(rawValue: version) != nil else {
            throw InvalidField("header.version", .range, limit: "100...\(UInt16.max)")
        }
        let frame = Frame(
            version: version, id: try Self.required("id", in: header, as: UInt32.self),
            token: try Self.required("token", in: header, as: UInt32.self),
            reqnum: try Self.required("reqnum", in: header, as: UInt16.self), payload: payload)
        if let size = try Self.number("size", in: header, as: UInt32.self), size != frame.header.size {
            throw InvalidField("header.size", .consistency, limit: "\(frame.header.size), the length of this frame")
        }
        return frame.encoded()
    }

    private static func members(
        of text: [UInt8], named names: Set<String>, in path: String
    ) throws(InvalidField) -> [String: String] {
        guard let members = JSONMembers.read(text) else {
            throw InvalidField(path.isEmpty ? "file" : String(path.dropLast()), .pattern, limit: "a JSON object")
        }
        var found: [String: String] = [:]
        for (name, value) in members {
            guard names.contains(name) else {
                throw InvalidField(path + name, .notAllowed, limit: names.sorted().joined(separator: ", "))
            }
            guard found.updateValue(value, forKey: name) == nil else {
                throw InvalidField(path + name, .consistency, limit: "once")
            }
        }
        return found
    }

    private static func required<Number: FixedWidthInteger>(
        _ name: String, in header: [String: String], as type: Number.Type
    ) throws(InvalidField) -> Number {
        guard let number = try Self.number(name, in: header, as: type) else {
            throw InvalidField("header.\(name)", .required, limit: "0...\(Number.max)")
        }
        return number
    }

    private static func number<Number: FixedWidthInteger>(
        _ name: String, in header: [String: String], as type: Number.Type
    ) throws(InvalidField) -> Number? {
        guard let text = header[name] else { return nil }
        // JSON has no plus sign and no leading zeros.
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), text == "0" || !text.hasPrefix("0") else {
            throw InvalidField("header.\(name)", .pattern, limit: "a whole number")
        }
        guard let number = Number(text) else {
            throw InvalidField("header.\(name)", .range, limit: "0...\(Number.max)")
        }
        return number
    }
}
