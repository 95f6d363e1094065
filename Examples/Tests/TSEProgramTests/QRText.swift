import FiscalCore
import FiscalSimulators

/// A receipt's QR text, written by hand from what a simulated TSE signed.
struct QRText {
    var fields: [String]

    /// Signs one transaction with a TSE of its own.
    init(
        _ profile: TSEProfile = .usual, client: String = "Kasse 7", processType: String = "Kassenbeleg-V1",
        processData: String = "Beleg^10.00_0.00_0.00_0.00_0.00^10.00:Bar"
    ) throws {
        let now = FiscalInstant(secondsSinceEpoch: 1_770_091_506)
        let identity = try TSEIdentity(profile, at: now, random: Zeros())
        var device = TSEDevice(identity)
        let start = try device.start(client: client, at: now)
        let end = try device.finish(
            start.transactionNumber, client: client, processType: processType, processData: processData,
            at: now + .seconds(5))
        self.fields = [
            "V0", client, processType, processData, "\(end.transactionNumber)", "\(end.signatureCounter)",
            "2026-02-03T04:05:06.000Z", "2026-02-03T04:05:11.000Z", profile.algorithmName,
            profile.timeFormat.rawValue, Base64.encode(end.signature), Base64.encode(identity.point),
        ]
        self.messageHex = end.messageHex
        self.serial = identity.serial
    }

    /// What the TSE signed.
    let messageHex: String
    let serial: String

    var text: String { self.fields.joined(separator: ";") }

    /// The same text with another field.
    func with(_ index: Int, _ value: String) -> String {
        var fields = self.fields
        fields[index] = value
        return fields.joined(separator: ";")
    }
}

/// Serial numbers need not be surprising here.
private struct Zeros: RandomSource {
    func bytes(count: Int) -> [UInt8] { Array(repeating: 0, count: count) }
}
