import CRKProtocol
import FiscalCore
import HTTPTypes

/// A request as its octets on the wire, written out by itself.
enum RawRequest {
    static func octets(_ packet: DocumentPacket, _ token: EventHubToken) throws -> Int {
        let request = try EventHubRequest(packet, token).request()
        var text = "POST \(request.head.path ?? "") HTTP/1.1\r\nHost: \(request.head.authority ?? "")\r\n"
        for field in request.head.headerFields { text += "\(field.name.rawName): \(field.value)\r\n" }
        text += "Content-Length: \(request.body.count)\r\n\r\n"
        return text.utf8.count + request.body.count
    }

    /// Address and token as long as the document lets them be: 200 and 750 characters.
    static let longestToken = Self.token(url: 200, value: 750)

    static func token(url urlLength: Int, value valueLength: Int) -> EventHubToken {
        let (url, value) = ("https://crr.servicebus.windows.net/kasy/publishers/", "SharedAccessSignature sr=")
        return EventHubToken(
            url: url + String(repeating: "u", count: urlLength - url.utf8.count),
            value: value + String(repeating: "v", count: valueLength - value.utf8.count), timeoutInSec: 600)
    }
}
