import Foundation
import OFDKazProtocol
import SwiftProtobuf

/// Good answers made wrong.
enum DamagedAnswer {
    /// The payload after the damage, nil when the fault does not speak of payloads.
    static func payload(_ payload: [UInt8], _ fault: OFDFault) -> [UInt8]? {
        switch fault {
        case .badText: return payload + RawFields.field(6, Self.adWithBadText)
        case .unknownFields: return Self.withUnknownFields(payload)
        case .truncatedService: return Self.truncated(payload, [6])
        case .truncatedBody: return Self.truncated(payload, [3, 4, 5, 7])
        case .truncatedResult: return Self.truncatedAtResult(payload)
        default:
            guard var answer = try? PBResponse(serializedBytes: payload) else { return nil }
            guard Self.change(&answer, fault) else { return nil }
            return try? answer.serializedBytes()
        }
    }

    /// A service part with an advertisement of the operator whose text is not UTF-8: it is joined to the one before.
    private static var adWithBadText: [UInt8] {
        let info: [UInt8] = [0x08, 0x00, 0x10, 0x07]
        let ad = RawFields.field(1, info) + RawFields.field(2, [0xD0, 0xFF, 0xFE])
        return RawFields.field(1, ad)
    }

    /// A number, a text and a message that no edition has, in the answer and in every part of it.
    private static func withUnknownFields(_ payload: [UInt8]) -> [UInt8] {
        let unknown: [UInt8] = [0xA0, 0x3F, 0x2A] + RawFields.field(501, Array("новое".utf8))
        let parts = RawFields.read(payload).flatMap { field in
            field.content.map { RawFields.field(UInt64(field.number), Array($0) + unknown) } ?? Array(field.bytes)
        }
        return parts + unknown
    }

    /// Takes the last byte out of each of these parts: what stands at its end is longer than the part.
    private static func truncated(_ payload: [UInt8], _ tags: [Int]) -> [UInt8] {
        RawFields.read(payload).flatMap { field in
            guard let content = field.content, tags.contains(field.number) else { return Array(field.bytes) }
            return RawFields.field(UInt64(field.number), content.dropLast())
        }
    }

    /// Ends the whole in the middle of the result.
    private static func truncatedAtResult(_ payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in RawFields.read(payload) {
            guard field.number == 2 else {
                bytes += field.bytes
                continue
            }
            return bytes + field.bytes.prefix(1)
        }
        return bytes
    }

    /// - Returns: whether the fault is one of these.
    private static func change(_ answer: inout PBResponse, _ fault: OFDFault) -> Bool {
        switch fault {
        case .wrongCommand: answer.command = answer.command == .commandSystem ? .commandInfo : .commandSystem
        case .noCommand: answer.clearCommand()
        case .noResult: answer.clearResult()
        case .noTicket: answer.clearTicket()
        case .noReport: answer.clearReport()
        case .noService: answer.clearService()
        case .noNomenclature: answer.clearNomenclature()
        case .noAuth: answer.clearAuth()
        case .otherCounters(let tiyn):
            let cash = (try? Int64(answer.report.zxReport.cashSum)) ?? 0
            if answer.hasReport { answer.report.zxReport.cashSum = PBMoney(atLeastZero: cash &+ tiyn) }
        case .otherReportType:
            if answer.hasReport { answer.report.report = answer.report.report == .reportX ? .reportZ : .reportX }
        case .foreignBodies: Self.addBodies(to: &answer)
        default: return false
        }
        return true
    }

    private static func addBodies(to answer: inout PBResponse) {
        if !answer.hasTicket { answer.ticket.ticketNumber = "9999999999" }
        if !answer.hasReport {
            answer.report.report = .reportX
            answer.report.zxReport = OFDBooks.emptyReport(
                at: OFDTime(year: 2001, month: 1, day: 1, hour: 0, minute: 0))
            answer.report.zxReport.cashSum = PBMoney(amount: 77_777_777)
        }
        if !answer.hasNomenclature {
            answer.nomenclature.version = 4_711
            answer.nomenclature.result = .resultTypeOk
        }
        if !answer.hasAuth {
            answer.auth.result = .resultTypeOk
            answer.auth.operatorCode = 4_711
            answer.auth.operatorName = "Nobody"
        }
    }
}
