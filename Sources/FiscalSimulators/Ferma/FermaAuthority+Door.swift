public import FiscalCore

extension FermaAuthority {
    /// Handles a request that comes to a register's own door, past the service: what the service would have refused
    /// reaches the register here. No fault is shown; of the commands only `Complex` is carried out.
    /// - Parameter place: the register's place in ``registers``; where there is none, nobody answers.
    public mutating func receive(
        _ request: HTTPExchangeRequest, atRegister place: Int, at now: FiscalInstant
    ) -> SimulatedReply {
        guard self.registers.indices.contains(place) else { return .lost }
        let arrival = Arrival(request: request, caller: nil, now: now, number: self.requests.count + 1, work: .zero)
        var reading = Reading()
        var answer = FermaAnswerData(register: place, code: 0)
        var outcome: FermaReceivedRequest.Outcome?
        var reason: String?
        do throws(FermaRefusal) {
            let data = try Self.dataAtDoor(request)
            (reading.data, reading.requestID, reading.clientID) = (data, data.requestID, data.clientID)
            let identity = FermaRequestIdentity(
                group: self.registers[place].group, requestID: data.requestID ?? "", clientID: data.clientID)
            reading.identity = identity
            if let entry = self.memory[identity, at: now], entry.answer.register == place {
                (answer, outcome) = (entry.answer, .remembered(request: entry.request))
            } else {
                let work = self.work(data, identity, at: place, now: now, number: arrival.number)
                (answer, reason) = (work.answer, work.refusal?.reason)
                if answer.isRemembered {
                    self.remember(answer, for: identity, arrival, readyAt: now)
                    self.leaveWithRegister(identity, arrival)
                }
            }
        } catch {
            answer.code = error.code
            answer.messages = [FermaTexts.register(error.code), error.reason]
            answer.isFatal = FermaRefusal.fatal.contains(error.code)
            reason = error.reason
        }
        let decided = outcome ?? answer.document.map { .formed(document: $0) } ?? .device(code: answer.code)
        let ruling = Ruling(decision: .register(answer), outcome: decided, reason: reason)
        self.record(arrival, ruling, reading.identity, nil)
        return self.reply(to: ruling, reading, nil)
    }

    private static func dataAtDoor(_ request: HTTPExchangeRequest) throws(FermaRefusal) -> FermaRequestData {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: request.body)
        } catch {
            throw FermaRefusal(246, "\(error.code) at byte \(error.offset)")
        }
        guard json.members != [] else { throw FermaRefusal(242, "an empty request") }
        let data: FermaRequestData
        do throws(FermaTypeFault) {
            data = try FermaRequestData(FermaRequestReader(json))
        } catch {
            throw FermaRefusal(246, "the type of \(error.field)")
        }
        let path = Self.path(request)
        let isBatch = path == Self.commandPath + "Batch"
        guard data.requestID != nil else { throw FermaRefusal(isBatch ? 245 : 243, "no RequestId") }
        if isBatch { throw FermaRefusal(55, "batches are not carried out") }
        guard path == Self.commandPath + "Complex" else { throw FermaRefusal(94, "an unknown command") }
        return data
    }
}
