import FiscalCore
import Foundation

/// The attributes of a message as JSON: `{"hlavicka":{…},"data":{…}}`, strings as on the wire. Other members are not
/// looked at.
struct MessageFile: Decodable {
    /// May be left out: what is missing is made new.
    var hlavicka: [String: String]
    var data: [String: String]

    private enum Members: String, CodingKey { case hlavicka, data }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Members.self)
        self.hlavicka = try members.decodeIfPresent([String: String].self, forKey: .hlavicka) ?? [:]
        self.data = try members.decode([String: String].self, forKey: .data)
    }

    /// - Throws: `InvalidField` naming the member.
    init(bytes: [UInt8]) throws(InvalidField) {
        let limit = #"JSON {"hlavicka":{…},"data":{…}}, every value a string"#
        do { self = try JSONDecoder().decode(Self.self, from: Data(bytes)) } catch DecodingError.keyNotFound(let key, _)
        {
            throw InvalidField(key.stringValue, .required, limit: limit)
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw InvalidField(path.isEmpty ? "message" : path, .pattern, limit: limit)
        } catch {
            throw InvalidField("message", .pattern, limit: limit)
        }
    }
}
