import FiscalCore
import SwiftProtobuf

/// One attempt, ready to be sent.
struct Outgoing {
    var frame: Frame
    var expectation: AnswerReader.Expectation
    /// The request without the offline period: what is counted, stamped and printed.
    var stored: StoredRequest

    var command: CommandType { self.expectation.command }
    var request: PBRequest { self.stored.request }
}

extension OFDRegister {
    /// Makes the frame of an attempt; the offline period is that of this moment (decision K24).
    func outgoing(_ transmission: Transmission, at now: FiscalInstant) async throws -> Outgoing {
        let stored: StoredRequest
        switch transmission.content {
        case .message(let message):
            if let fresh = self.fresh, fresh.number == message.number {
                stored = fresh.request
            } else {
                stored = try await self.records.request(message.number)
            }
        case .service(let kind):
            stored = StoredRequest(
                edition: self.configuration.rules.edition, request: try self.request(of: kind, at: now))
        }
        var request = stored.request
        let zone = self.configuration.zone
        request.setOfflinePeriod(
            begin: zone.seconds(at: transmission.offlinePeriod.lowerBound),
            end: zone.seconds(at: transmission.offlinePeriod.upperBound))
        let payload: [UInt8]
        do { payload = try request.serializedBytes() } catch {
            throw OFDError(.damagedJournal, "a request cannot be written")
        }
        let id = self.configuration.identity.id
        let pair = transmission.pair
        return Outgoing(
            frame: Frame(
                version: stored.edition.rawValue, id: id, token: pair.token, reqnum: pair.reqnum, payload: payload),
            expectation: AnswerReader.Expectation(
                id: id, reqnum: pair.reqnum, command: CommandType(request.command), edition: stored.edition,
                sentToken: pair.token, report: request.hasReport ? ReportType(request.report.report) : nil,
                asksForRegistration: request.service.getRegInfo), stored: stored)
    }

    /// The message under way becomes an offline document: its body gains its number, or its flag, and nothing else.
    func stampOffline(
        _ outgoing: Outgoing, _ document: inout DocumentRecord, at now: FiscalInstant
    ) throws(OFDError) -> PBRequest {
        if document.kind == .ticket {
            document.offlineNumber = self.memory.state.offlineNumbers.next(at: now)
        }
        var stored = outgoing.stored
        stored.request.setOffline(ticketNumber: document.offlineNumber)
        self.changes.append(.put(self.records.key(.body, document.number), try stored.encoded()))
        self.fresh = nil
        return stored.request
    }
}
