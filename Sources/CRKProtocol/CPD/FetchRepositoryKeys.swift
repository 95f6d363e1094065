public import FiscalCore
public import HTTPTypes

/// CMD07, KCS: the repository's certificates (section 2.4.1). Works before fiscalisation, and whatever register the
/// certificate of the connection names.
public struct FetchRepositoryKeys: CPDCommand {
    public let commandID: CommandID?
    public var method: HTTPRequest.Method { .get }
    public let path: String
    public var body: JSON? { nil }
    public static var successStatus: Int { 200 }

    public init(_ unit: UniqueNumber, at time: FiscalInstant) {
        let id = CommandID(.kcs, unit, at: time)
        self.commandID = id
        self.path = Self.query(id)
    }

    public func read(_ body: [UInt8], _ mode: ReadingMode) throws(UnreadableMessage) -> (RepositoryKeys, [Leniency]) {
        var reader = MessageReader(mode)
        let (_, command, attributes) = try self.attributes(body, &reader)
        func certificate(_ name: String, _ reader: inout MessageReader) throws(UnreadableMessage) -> Certificate {
            let path = "command.attributes."
            return try reader.certificate(try reader.required(attributes, name, path), path + name)
        }
        let hubName = "digitalCertificateAzureEventHubTLS"
        // The table indents it by one level less than its siblings.
        let hub = try reader.member(attributes, hubName, "command.attributes.") ?? command[hubName] ?? .null
        guard let list = hub.array, (1...10).contains(list.count) else {
            throw UnreadableMessage(hubName, "no array of 1 to 10 certificates")
        }
        var hubAuthorities: [Certificate] = []
        for (index, value) in list.enumerated() {
            hubAuthorities.append(try reader.certificate(value, "\(hubName)[\(index)]"))
        }
        let keys = RepositoryKeys(
            webApiTLS: try certificate("digitalCertificateWebApiTLS", &reader),
            cpdServerTLS: try certificate("digitalCertificateCPDServerTLS", &reader),
            repositoryEncrypt: try certificate("digitalCertificateRepositoryEncrypt", &reader),
            eventHubAuthorities: hubAuthorities)
        return (keys, reader.leniencies)
    }
}

/// What the register trusts after CMD07 (decision P21).
public struct RepositoryKeys: Sendable, Hashable {
    /// `digitalCertificateWebApiTLS`
    public var webApiTLS: Certificate
    /// `digitalCertificateCPDServerTLS`
    public var cpdServerTLS: Certificate
    /// `digitalCertificateRepositoryEncrypt`: packets are encrypted to it.
    public var repositoryEncrypt: Certificate
    /// `digitalCertificateAzureEventHubTLS`: 1 to 10 authorities of the Event Hub.
    public var eventHubAuthorities: [Certificate]
}
