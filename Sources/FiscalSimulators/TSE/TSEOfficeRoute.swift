import Foundation
import HTTPTypes
import TSEOffline

/// Which call a request makes, by method and path.
enum TSEOfficeRoute: Sendable, Hashable {
    case call(FiscalStep)
    case document(String)
    case listTransactions(client: String)
    case tse
    case outages
    case unknownPath
    case otherMethod

    init(_ head: HTTPRequest) {
        let path = (head.path ?? "").split(separator: "?", maxSplits: 1).first.map(String.init) ?? ""
        let parts = path.split(separator: "/", omittingEmptySubsequences: true).map {
            String($0).removingPercentEncoding ?? ""
        }
        guard parts.count >= 4, parts[0] == "api", parts[1] == "v1" else {
            self = .unknownPath
            return
        }
        let (route, method): (Self, HTTPRequest.Method) =
            switch (parts[2], parts[3], parts.count) {
            case ("transactions", "createDocument", 4): (.call(.create), .put)
            case ("transactions", "storeDocument", 4): (.call(.store), .post)
            case ("transactions", "cancelDocument", 4): (.call(.cancel), .post)
            case ("transactions", "documents", 5): (.document(parts[4]), .get)
            case ("management", "germany", 5) where parts[4] == "tse": (.tse, .get)
            case ("management", "germany", 6) where parts[4] == "tse" && parts[5] == "outages": (.outages, .get)
            case ("management", "germany", 7) where parts[5] == "tse" && parts[6] == "listTransactions":
                (.listTransactions(client: parts[4]), .get)
            default: (.unknownPath, head.method)
            }
        self = head.method == method ? route : .otherMethod
    }

    /// The kind of call; nil for none of the service's.
    var kind: TSEOfficeCall? {
        switch self {
        case .call(.create): .create
        case .call(.store): .store
        case .call(.cancel): .cancel
        case .document: .document
        case .listTransactions, .tse, .outages: .management
        case .unknownPath, .otherMethod: nil
        }
    }
}
