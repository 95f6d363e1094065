import CRKProtocol
import FiscalCore
import HTTPTypes

/// A `commandId` as the servers read it (section 2.2.6).
struct CRKCommandText: Hashable {
    let text: String
    /// The three letters, whatever they are.
    let code: String
    let unit: String
    let time: FiscalInstant

    /// Nil for anything that does not have the form of the document: 42 characters, a real day.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 42, bytes[3] == UInt8(ascii: "."), bytes[17] == UInt8(ascii: "."),
            bytes[0..<3].allSatisfy(Self.letters.contains), Self.isUniqueNumber(bytes[4..<17]),
            let time = FiscalInstant(utcMilliseconds: String(decoding: bytes[18...], as: UTF8.self))
        else { return nil }
        self.text = text
        self.code = String(decoding: bytes[0..<3], as: UTF8.self)
        self.unit = String(decoding: bytes[4..<17], as: UTF8.self)
        self.time = time
    }

    private static let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    /// Three letters and ten digits (section 2.2.6.1).
    static func isUniqueNumber(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count == 13 && bytes.prefix(3).allSatisfy(self.letters.contains)
            && bytes.dropFirst(3).allSatisfy(self.digits.contains)
    }

    /// Four digits, a slash, nine digits (section 2.2.7).
    static func isRegistrationNumber(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 14 && bytes[4] == UInt8(ascii: "/") && bytes[..<4].allSatisfy(self.digits.contains)
            && bytes[5...].allSatisfy(self.digits.contains)
    }

    /// Ten digits.
    static func isTaxpayer(_ text: String) -> Bool {
        text.utf8.count == 10 && text.utf8.allSatisfy(self.digits.contains)
    }

    /// The three letters with which a code begins, though the rest may be broken: whose table has the words.
    static func letters(of text: String) -> String? {
        let letters = text.prefix(3)
        guard letters.count == 3, text.dropFirst(3).first == ".", CommandCode(rawValue: String(letters)) != nil else {
            return nil
        }
        return String(letters)
    }

    /// The kind of a request, as far as one can see without handling it: letters of a command at the CPD server, the
    /// method of the WebApi.
    static func kind(of arrival: CRKArrival) -> String? {
        switch arrival.door {
        case .cpd: self.named(in: arrival)
        case .webApi:
            switch arrival.path {
            case "/api/Repository/Ping": "Ping"
            case "/api/Repository/Command": arrival.method == .get ? "Command" : "Confirmation"
            case "/api/Repository/EventHubSasToken": "EventHubSasToken"
            default: nil
            }
        case .eventHub: nil
        }
    }

    static func named(in arrival: CRKArrival) -> String? {
        if arrival.path.hasSuffix("/SharedKey") { return CRKErrorTexts.sharedKey }
        if let id = arrival.query?.first(where: { $0.name == "commandId" })?.value { return Self.letters(of: id) }
        let body = try? JSON(parsing: arrival.request.body)
        return body?["commandId"]?.string.flatMap(Self.letters(of:))
    }
}
