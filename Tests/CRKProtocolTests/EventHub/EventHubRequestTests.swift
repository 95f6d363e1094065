import CRKProtocol
import FiscalCore
import HTTPTypes
import Testing

@Suite("A packet on its way to the Event Hub")
struct EventHubRequestTests {
    /// The packet of one small receipt.
    private func packet() async throws -> DocumentPacket {
        let seal = MeasuredSeal { _ in 40 }
        let shipped = try await ShippedPackets(
            TestDocuments.memory([TestDocuments.document(1, .pr)]), ShipmentCursor(after: 0, lastNumber: 1),
            seal: seal)
        return try #require(shipped.packets.first)
    }

    @Test(
        "goes to the address of its token as it stands: nothing is appended, reordered, escaped or unescaped",
        arguments: [
            (
                "https://crr.servicebus.windows.net/kasy/publishers/ZTE1701000901/messages",
                "crr.servicebus.windows.net", "/kasy/publishers/ZTE1701000901/messages"
            ),
            ("https://hub:5671/a?timeout=60&api-version=2014-01", "hub:5671", "/a?timeout=60&api-version=2014-01"),
            ("https://hub/a%2fb%20c//d/?x=%C5%BB&&y", "hub", "/a%2fb%20c//d/?x=%C5%BB&&y"),
            ("https://hub/a+b;c=~'!*()?q=[1]|{2}", "hub", "/a+b;c=~'!*()?q=[1]|{2}"),
            ("https://HUB/", "HUB", "/"),
        ])
    func address(_ url: String, _ authority: String, _ path: String) async throws {
        let token = EventHubToken(url: url, value: "SharedAccessSignature sr=x", timeoutInSec: 1)
        let request = try EventHubRequest(await self.packet(), token).request()
        #expect(request.head.method == .post)
        #expect(request.head.scheme == "https")
        #expect(request.head.authority == authority)
        #expect(request.head.path == path)
    }

    @Test("whose address has no path goes to the root")
    func noPath() async throws {
        for (url, path) in [("https://hub", "/"), ("https://hub?x=1", "/?x=1")] {
            let token = EventHubToken(url: url, value: "v", timeoutInSec: 1)
            #expect(try EventHubRequest(await self.packet(), token).request().head.path == path)
        }
    }

    @Test("carries the token as it stands, the vendor's content type, and no other header")
    func headers() async throws {
        let value =
            "SharedAccessSignature sr=https%3a%2f%2fcrr.servicebus.windows.net%2fkasy&sig=a%2bB%3d&se=1795255800&skn=S"
        let token = EventHubToken(url: "https://hub/x", value: value, timeoutInSec: 600)
        let packet = try await self.packet()
        let request = try EventHubRequest(packet, token).request()
        #expect(request.head.headerFields[.authorization] == value)
        #expect(request.head.headerFields[.contentType] == "application/atom+xml;type=entry;charset=utf-8")
        #expect(request.head.headerFields.count == 2)
        #expect(request.body == packet.body)
        let other = try EventHubRequest(packet, token, contentType: "application/json").request()
        #expect(other.head.headerFields[.contentType] == "application/json")
    }

    @Test("does not leave without a token, nor unencrypted, nor to an address that is none")
    func refused() async throws {
        let packet = try await self.packet()
        for (url, value, field) in [
            ("https://hub/x", "", "sasValue"), ("http://hub/x", "v", "urlToSend"), ("https://", "v", "urlToSend"),
            ("https:///x", "v", "urlToSend"), ("https://hub/a b", "v", "urlToSend"),
            ("https://hub/a\r\nHost: other", "v", "urlToSend"), ("", "v", "urlToSend"), ("hub/x", "v", "urlToSend"),
        ] {
            let token = EventHubToken(url: url, value: value, timeoutInSec: 1)
            let error = #expect(throws: InvalidField.self) { try EventHubRequest(packet, token).request() }
            #expect(error?.field == field, "\(url)")
        }
    }

    @Test("has a message of exactly four members, numbers written as numbers")
    func message() async throws {
        let packet = try await self.packet()
        let text = String(decoding: packet.body, as: UTF8.self)
        let expected =
            #"{"commandId":"\#(packet.commandID)","packageNr":0,"isLast":1,"#
            + #""encryptedData":"\#(packet.encryptedData)"}"#
        #expect(text == expected)
        #expect(packet.commandID.hasPrefix("DFD.ZTE1701000901."))
    }
}
