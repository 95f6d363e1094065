public import CRKProtocol
import FiscalCore
import HTTPTypes

extension CRKAuthority {
    /// Where a register sends its packets: `urlToSend`.
    public func hubAddress(of unit: UniqueNumber) -> String { self.hubAddress(of: unit.text) }

    func hubAddress(of unit: String) -> String {
        "\(self.hubResource(of: unit))/messages?timeout=60&api-version=2014-01"
    }

    private func hubResource(of unit: String) -> String {
        var base = self.addresses.eventHub
        while base.hasSuffix("/") { base.removeLast() }
        return "\(base)/crk/publishers/\(unit)"
    }

    /// The register of a path below the Event Hub.
    static func hubUnit(_ target: String) -> String? {
        let parts = target.split(separator: "?", maxSplits: 1)[0].split(
            separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[1] == "crk", parts[2] == "publishers", parts[4] == "messages",
            CRKCommandText.isUniqueNumber(parts[3].utf8)
        else { return nil }
        return String(parts[3])
    }

    /// The answer of `EventHubSasToken` (section 2.3.1.6).
    func token(for unit: String, _ arrival: CRKArrival) -> JSON {
        var lifetime = self.rules.tokenLifetime
        if case .expiredToken = arrival.fault { lifetime = -1 }
        let value = self.sasValue(for: unit, expiry: arrival.now.secondsSinceEpoch + lifetime)
        return .object([
            .init("urlToSend", .string(self.hubAddress(of: unit))), .init("sasValue", .string(value)),
            .init("timeoutInSec", self.number(self.rules.tokenLifetime)),
        ])
    }

    /// `SharedAccessSignature sr=…&sig=…&se=…&skn=…`: HMAC-SHA256 over the escaped address, a line feed and the expiry.
    private func sasValue(for unit: String, expiry: Int64) -> String {
        let resource = CRKPercent.encode(self.hubResource(of: unit))
        let signature = CRKPercent.encode(Base64.encode(self.signature(of: resource, "\(expiry)", for: unit)))
        let token = "SharedAccessSignature sr=\(resource)&sig=\(signature)&se=\(expiry)&skn=SendPolicy"
        guard let length = self.rules.tokenLength, length > token.utf8.count + 3 else { return token }
        return token + "&x=" + String(repeating: "x", count: length - token.utf8.count - 3)
    }

    private func signature(of resource: String, _ expiry: String, for unit: String) -> [UInt8] {
        let generation = self.register(unit).tokenGeneration
        let key = HMAC.authenticationCode(
            .sha256, over: Array("SendPolicy \(generation)".utf8), key: self.identity.secret)
        return HMAC.authenticationCode(.sha256, over: Array("\(resource)\n\(expiry)".utf8), key: key)
    }

    /// Why a token does not open the address, and the status that says so; nil when it does.
    func tokenFault(_ arrival: CRKArrival, for unit: String) -> (status: Int, reason: String)? {
        guard let value = arrival.request.head.headerFields[.authorization] else { return (401, "no token") }
        let malformed = (self.rules.malformedTokenGives500 ? 500 : 401, "a malformed token")
        let words = value.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[0] == "SharedAccessSignature" else { return malformed }
        let pairs = words[1].split(separator: "&").map {
            $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        }
        func field(_ name: String) -> String? {
            pairs.first { $0.count == 2 && $0[0] == name }.map { String($0[1]) }
        }
        guard let resource = field("sr"), let expiry = field("se"), let seconds = Int64(expiry),
            let signature = field("sig").flatMap(CRKPercent.decode).flatMap(Base64.decode),
            let opened = CRKPercent.decode(resource)?.lowercased()
        else { return malformed }
        guard ConstantTime.equal(signature, self.signature(of: resource, expiry, for: unit)) else {
            return (401, "the token's signature is wrong")
        }
        guard self.hubAddress(of: unit).lowercased().hasPrefix(opened + "/") else {
            return (401, "the token is for another address")
        }
        if case .expiredToken = arrival.fault { return (401, "told so") }
        return arrival.now.secondsSinceEpoch < seconds ? nil : (401, "the token has expired")
    }
}
