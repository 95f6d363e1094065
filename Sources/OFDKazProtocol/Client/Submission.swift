import FiscalCore
import SwiftProtobuf

/// What a host hands in to be issued.
enum Submission: Sendable {
    case ticket(Ticket)
    case placement(MoneyPlacement)
    case closeShift(CloseShift)
    case report(ReportType)

    var kind: MessageKind {
        switch self {
        case .ticket: .ticket
        case .placement: .moneyPlacement
        case .closeShift: .closeShift
        case .report: .report
        }
    }

    /// A digest of what the host handed in: two submissions are the same document when their digests are equal.
    var content: String {
        var bytes = Array(self.kind.rawValue.utf8) + [0]
        switch self {
        case .ticket(let ticket): bytes += Self.bytes(ticket.pb)
        case .placement(let placement):
            bytes += [UInt8(truncatingIfNeeded: placement.operation.rawValue)]
            bytes += Array(String(placement.sum.minorUnits).utf8) + [0] + Self.bytes(placement.operator.pb)
        case .closeShift(let close): bytes += [close.withdrawsMoney ? 1 : 0] + Self.bytes(close.operator.pb)
        case .report(let type): bytes += Array(String(type.rawValue).utf8)
        }
        return Hex.encode(Digest.hash(.sha256, bytes))
    }

    /// Fails for messages of more than two gigabytes alone; those are refused when the request is made.
    private static func bytes(_ message: some Message) -> [UInt8] {
        (try? message.serializedBytes()) ?? []
    }
}
