import FiscalCore
import HTTPTypes
import TSEOffline

/// Why a body is not taken.
struct TSEOfficeRequestFlaw: Error {
    var text: String
}

/// The body of a till's call, read without the library's own classes.
struct TSEOfficeBody: Sendable {
    var documentID: String
    var register: String
    var echoed: EchoedNumbers
    var processType: String
    var processData: String

    /// - Parameter isStrict: refuses unknown, doubled, missing and differently spelled members, and another media type.
    init(_ request: HTTPExchangeRequest, _ step: FiscalStep, isStrict: Bool) throws {
        let json: JSON
        do { json = try JSON(parsing: request.body) } catch { throw TSEOfficeRequestFlaw(text: "\(error)") }
        guard let members = json.members else { throw TSEOfficeRequestFlaw(text: "no JSON object") }
        if isStrict {
            let type = request.head.headerFields[.contentType] ?? ""
            guard type.lowercased().hasPrefix("application/json") else {
                throw TSEOfficeRequestFlaw(text: "the media type is not application/json")
            }
            guard members.map(\.name) == Self.names(step) else {
                throw TSEOfficeRequestFlaw(text: "the members are not \(Self.names(step).joined(separator: ", "))")
            }
        }
        self.documentID = try Self.text("documentId", json)
        self.register = try Self.text("cashRegisterId", json)
        self.echoed = EchoedNumbers()
        self.processType = "Kassenbeleg-V1"
        self.processData = ""
        guard step != .create else { return }
        self.echoed = EchoedNumbers(
            number: json[anyCase: "fiscalDocumentNumber"] ?? 0,
            revision: json[anyCase: "fiscalDocumentRevision"] ?? 0,
            startTime: json[anyCase: "fiscalDocumentStartTime"] ?? 0)
        guard step == .store else { return }
        self.processData = try Self.text("processData", json)
        if let type = json[anyCase: "processType"] {
            guard let text = type.string else { throw TSEOfficeRequestFlaw(text: "processType is no text") }
            self.processType = text
        }
    }

    private static func names(_ step: FiscalStep) -> [String] {
        let echoed = ["fiscalDocumentNumber", "fiscalDocumentRevision", "fiscalDocumentStartTime"]
        return ["documentId", "cashRegisterId"] + (step == .create ? [] : echoed)
            + (step == .store ? ["processType", "processData"] : [])
    }

    private static func text(_ name: String, _ json: JSON) throws -> String {
        guard let text = json[anyCase: name]?.string else {
            throw TSEOfficeRequestFlaw(text: "\(name) is missing or no text")
        }
        return text
    }
}
