import CRKProtocol
import FiscalCore
import HTTPTypes

/// A request as it stands at a door.
struct CRKArrival {
    let request: HTTPExchangeRequest
    let door: CRKChannel
    let client: Certificate?
    /// By the repository's clock.
    let now: FiscalInstant
    let number: Int
    /// What will be done wrong with it.
    var fault: CRKFault?
    /// Path and query.
    let target: String
    let headers: [String]
    /// The whole request on the wire: request line, headers, body.
    let octets: Int

    init(
        _ request: HTTPExchangeRequest, _ door: CRKChannel, _ client: Certificate?, at now: FiscalInstant, number: Int
    ) {
        self.request = request
        self.door = door
        self.client = client
        self.now = now
        self.number = number
        self.target = request.head.path ?? ""
        var headers = request.head.headerFields.map { "\($0.name.canonicalName): \($0.value)" }
        self.headers = headers
        // What every transport adds.
        if let authority = request.head.authority { headers.append("host: \(authority)") }
        if !request.body.isEmpty, request.head.headerFields[.contentLength] == nil {
            headers.append("content-length: \(request.body.count)")
        }
        self.octets =
            "\(request.head.method.rawValue) \(self.target) HTTP/1.1\r\n".utf8.count
            + headers.reduce(0) { $0 + $1.utf8.count + 2 } + 2 + request.body.count
    }

    var name: CRKRegisterName? { self.client.map(CRKRegisterName.init) }
    var method: HTTPRequest.Method { self.request.head.method }
    /// Without the query.
    var path: String { String(self.target.prefix { $0 != "?" }) }
    /// Whether there is a question mark.
    var hasQuery: Bool { self.target.contains("?") }

    /// The parameters in order, percent escapes undone; nil when one of them is damaged. A plus sign is a plus sign.
    var query: [(name: String, value: String)]? {
        guard let mark = self.target.firstIndex(of: "?") else { return [] }
        var parameters: [(name: String, value: String)] = []
        for part in self.target[self.target.index(after: mark)...].split(separator: "&") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = CRKPercent.decode(halves[0]), let value = CRKPercent.decode(halves.dropFirst().first ?? "")
            else { return nil }
            parameters.append((name, value))
        }
        return parameters
    }

    /// Whether a header names JSON.
    func isJSON(_ name: HTTPField.Name) -> Bool {
        let value = self.request.head.headerFields[name]?.lowercased() ?? ""
        return value.prefix { $0 != ";" }.filter { $0 != " " } == "application/json"
    }
}

/// Percent escapes (RFC 3986 §2.1).
enum CRKPercent {
    static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let escaped = Hex.decode(String(decoding: rest.prefix(2), as: UTF8.self)) else {
                return nil
            }
            bytes += escaped
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Everything but unreserved characters, with small letters, as the tokens of the Event Hub have it.
    static func encode(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
                escaped.append(character)
            } else {
                escaped += "%" + Hex.encode([byte])
            }
        }
        return escaped
    }
}
