import FiscalSimulators

/// What may go wrong with one request, drawn by lot.
///
/// Nothing here contradicts itself: a code that proves that there is no document is never said of one that was formed.
/// What refuses a sale for good is in its data (see ``FermaShop``), so that repeats get the same refusal.
enum FermaWeather {
    static func fault(_ lot: inout Lot) -> FermaFault? {
        let formed = Bool.random(using: &lot)
        let fatal: Bool? = [nil, false, true].randomElement(using: &lot) ?? nil
        switch Int.random(in: 0..<30, using: &lot) {
        case 0...11: return nil
        case 12: return .lost(formed: true)
        case 13: return .lost(formed: false)
        case 14: return .truncated
        case 15: return .status([500, 502, 404].randomElement(using: &lot) ?? 500, formed: formed)
        case 16: return .page(status: 502, formed: formed)
        case 17: return [.garbage, .malformed, .otherJSON].randomElement(using: &lot) ?? .garbage
        case 18: return .wrongRequestID
        case 19: return .slow(milliseconds: 50)
        case 20: return .delay(milliseconds: 20)
        case 21: return Int.random(in: 0..<8, using: &lot) == 0 ? .silence(formed: formed) : .lost(formed: formed)
        case 22: return .service(code: Self.busy.randomElement(using: &lot) ?? 5, fatal: fatal)
        case 23: return .service(code: Self.setUp.randomElement(using: &lot) ?? 12, fatal: fatal)
        case 24: return .service(code: Self.wrong.randomElement(using: &lot) ?? 2, fatal: fatal)
        case 25: return .service(code: Self.lostByService.randomElement(using: &lot) ?? 6, formed: formed, fatal: fatal)
        case 26: return .device(code: Self.cause.randomElement(using: &lot) ?? 79, fatal: fatal)
        case 27: return .device(code: Self.lostByDevice.randomElement(using: &lot) ?? 57, formed: formed, fatal: fatal)
        case 28: return .damagedQR(FermaQRField.allCases.randomElement(using: &lot) ?? .t)
        default: return .impossibleDate
        }
    }

    /// Later, or in progress.
    private static let busy = [5, 18, 24]
    /// The register is not set up.
    private static let setUp = [12, 13, 14, 15]
    /// The request is wrong as it stands.
    private static let wrong = [1, 2, 3, 8, 9, 10, 17]
    /// The service does not know whether there is a document; the last two are in no table.
    private static let lostByService = [6, 16, 19, 20, 11, 99]
    /// No document, for a reason outside the request.
    private static let cause = [2, 3, 5, 6, 17, 18, 20, 60, 61, 70, 74, 79, 80, 115, 192, 207, 239, 254]
    /// The register does not know whether there is a document; the last one is in no table.
    private static let lostByDevice = [57, 200, 240, 244, 250, 255, 251]
}
