import FiscalCore
import HTTPTypes

/// The calls of a till as the fiscal service takes them.
///
/// Paths and methods are those of the vendor's pages, and so are `fiscalDocumentNumber`, `fiscalDocumentRevision` and
/// `fiscalDocumentStartTime`, which carry the values of the `createDocument` answer (TSE-041). The source document shows
/// no request; the other names are ours.
enum TransactionCall {
    /// Method and path of a call.
    static func route(_ step: FiscalStep) -> (method: HTTPRequest.Method, path: String) {
        switch step {
        case .create: (.put, "/api/v1/transactions/createDocument")
        case .store: (.post, "/api/v1/transactions/storeDocument")
        case .cancel: (.post, "/api/v1/transactions/cancelDocument")
        }
    }

    /// The path under which the service says what became of a document.
    static func statePath(of documentID: String) -> String {
        "/api/v1/transactions/documents/" + self.percentEncoded(documentID)
    }

    /// The body of `createDocument`.
    static func create(_ documentID: String, register: String) -> JSON {
        ["documentId": .string(documentID), "cashRegisterId": .string(register)]
    }

    /// The body of `storeDocument`: what was sold, and the three values as they came.
    static func store(
        _ documentID: String, register: String, answering echoed: EchoedNumbers, processType: String,
        processData: String
    ) -> JSON {
        .object(
            self.finishMembers(documentID, register, echoed) + [
                JSON.Member("processType", .string(processType)), JSON.Member("processData", .string(processData)),
            ])
    }

    /// The body of `cancelDocument`: the three values as they came.
    static func cancel(_ documentID: String, register: String, answering echoed: EchoedNumbers) -> JSON {
        .object(self.finishMembers(documentID, register, echoed))
    }

    private static func finishMembers(
        _ documentID: String, _ register: String, _ echoed: EchoedNumbers
    ) -> [JSON.Member] {
        [
            JSON.Member("documentId", .string(documentID)), JSON.Member("cashRegisterId", .string(register)),
            JSON.Member("fiscalDocumentNumber", echoed.number),
            JSON.Member("fiscalDocumentRevision", echoed.revision),
            JSON.Member("fiscalDocumentStartTime", echoed.startTime),
        ]
    }

    /// One segment of a path (RFC 3986 §3.3): all but unreserved characters as `%XX`.
    private static func percentEncoded(_ text: String) -> String {
        let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~".utf8)
        return text.utf8.map { byte in
            unreserved.contains(byte)
                ? String(Unicode.Scalar(byte)) : "%" + Hex.encode([byte], uppercase: true)
        }.joined()
    }
}
