import FiscalCore
import Killing

/// The link of the scripted day, over the real one: it is gone for a while, and some answers get lost. The process may
/// die around everything that it does.
struct DayLink: StreamTransport {
    let base: any StreamTransport
    let hours: Hours
    let plan: KillPlan

    func connect(timeout: Duration) async throws(TransportError) -> any StreamConnection {
        self.plan.pass("before connecting")
        guard !Day.outage.contains(self.hours.document) else {
            throw TransportError(.notDelivered, reason: .unreachable, detail: "the cable is out")
        }
        let connection = try await self.base.connect(timeout: timeout)
        return Connection(base: connection, link: self)
    }

    private struct Connection: StreamConnection {
        let base: any StreamConnection
        let link: DayLink

        func send(_ bytes: [UInt8], timeout: Duration) async throws(TransportError) {
            self.link.plan.pass("before sending")
            try await self.base.send(bytes, timeout: timeout)
            self.link.plan.pass("after sending")
        }

        func receive(timeout: Duration) async throws(TransportError) -> [UInt8] {
            let bytes = try await self.base.receive(timeout: timeout)
            self.link.plan.pass("after receiving")
            // The server has answered, and nobody hears it.
            if Day.losesAnswers.contains(self.link.hours.document) {
                throw TransportError(.outcomeUnknown, reason: .closed, detail: "the cable was pulled out")
            }
            return bytes
        }

        func close() async { await self.base.close() }
    }
}
