import Foundation
package import SwiftProtobuf

/// Which of the two messages a payload is (sections 2.5, 2.6).
public enum PayloadKind: String, Sendable, Hashable, CaseIterable {
    /// What a register sends.
    case request
    /// What the server answers.
    case response
}

/// Payloads as JSON, for people and tests: the protobuf JSON mapping with the names of `Protos/ofd.proto`.
///
/// Numbers that an enumeration does not have stay numbers, 64-bit numbers are strings, bytes are base64. Unknown
/// fields of a payload have no place in JSON and are left out. On reading the document's own spellings are taken too
/// (decision K16); of several members for one field the last one counts. No rule of the document is applied: what may
/// be sent is judged elsewhere.
public enum PayloadJSON {
    /// The JSON text of a payload, one line.
    ///
    /// - Throws: ``PayloadError`` `truncated`, `invalidUTF8`, `malformed` or `tooDeep`.
    public static func text(of payload: [UInt8], _ kind: PayloadKind) throws(PayloadError) -> String {
        switch kind {
        case .request: try self.text(of: self.message(PBRequest.self, from: payload))
        case .response: try self.text(of: self.message(PBResponse.self, from: payload))
        }
    }

    /// The bytes of the payload that a JSON text describes; fields are in the order of their numbers.
    ///
    /// - Throws: ``PayloadError``, naming the member where one is to blame.
    public static func payload(from json: String, _ kind: PayloadKind) throws(PayloadError) -> [UInt8] {
        switch kind {
        case .request: try self.bytes(of: self.message(PBRequest.self, json: json))
        case .response: try self.bytes(of: self.message(PBResponse.self, json: json))
        }
    }

    package static func text(of message: some Message) throws(PayloadError) -> String {
        var options = JSONEncodingOptions()
        options.preserveProtoFieldNames = true
        do { return try message.jsonString(options: options) } catch {
            throw PayloadError(.malformed, detail: "JSON cannot express the message")
        }
    }

    package static func message<Kind: Message>(_ kind: Kind.Type, from bytes: [UInt8]) throws(PayloadError) -> Kind {
        do { return try Kind(serializedBytes: bytes) } catch BinaryDecodingError.truncated {
            throw PayloadError(.truncated, detail: "the bytes end inside a field")
        } catch BinaryDecodingError.invalidUTF8 {
            throw PayloadError(.invalidUTF8, detail: "a text is not UTF-8")
        } catch BinaryDecodingError.messageDepthLimit {
            throw PayloadError(.tooDeep, detail: "messages within messages beyond the limit")
        } catch {
            throw PayloadError(.malformed, detail: "the bytes are not protobuf")
        }
    }

    package static func message<Kind: Message>(_ kind: Kind.Type, json: String) throws(PayloadError) -> Kind {
        do { return try Kind(jsonUTF8Bytes: SurrogatePairs.resolved(in: json)) } catch {
            var reason = error
            let member = FaultyMember.path(in: json) { text in
                do { _ = try Kind(jsonUTF8Bytes: text) } catch {
                    reason = error
                    return true
                }
                return false
            }
            throw self.fault(reason, at: member)
        }
    }

    private static func bytes(of message: some Message) throws(PayloadError) -> [UInt8] {
        do { return try message.serializedBytes() } catch {
            throw PayloadError(.malformed, detail: "the message cannot be serialised")
        }
    }

    private static func fault(_ error: any Error, at member: String?) -> PayloadError {
        switch error as? JSONDecodingError {
        case .unknownField(let name):
            PayloadError(.unknownMember, member: member ?? name, detail: "the schema has no such field")
        case .messageDepthLimit:
            PayloadError(.tooDeep, member: member, detail: "messages within messages beyond the limit")
        case .invalidUTF8:
            PayloadError(.invalidUTF8, member: member, detail: "a text is not UTF-8")
        case .numberRange where member != nil:
            PayloadError(.value, member: member, detail: "out of the range of the field")
        case .unrecognizedEnumValue where member != nil:
            PayloadError(.value, member: member, detail: "no name of the field's table")
        default:
            member == nil
                ? PayloadError(.syntax, detail: "not a JSON object")
                : PayloadError(.value, member: member, detail: "not of the field's type")
        }
    }
}
