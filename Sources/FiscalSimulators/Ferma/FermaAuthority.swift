public import FiscalCore
import HTTPTypes

/// The service `ferma-c.ofd.ru` with the cash registers behind it, as a value.
///
/// It reads requests by means of its own, checks what service and register would (tables 1 and 3 of the source document
/// and the table of device codes), forms fiscal documents, and remembers its answers by the identity of the request.
/// Everything it saw is in ``ledger``. ``faults`` makes it say every code and fail in every way a till has to live with;
/// what really is the matter with a register is set in ``registers``.
///
/// As JSON it is a whole snapshot: what goes on after a restart is what went on before.
public struct FermaAuthority: SimulatedHTTPAuthority, Codable {
    /// The path of the converter, the same as the official one.
    public static let path = "/api/kkt/cloud/sync/receipt"
    /// The commands of the registers are below this path, as in the `Path` of answers.
    public static let commandPath = "/fr/api/v2/"

    public var rules: FermaRules
    /// The cash registers, each of one enterprise.
    public var registers: [FermaRegister]
    /// What it will do wrong.
    public var faults = FaultPlan<FermaFault>()
    /// Whose certificate stands behind a request that comes in without saying so (``receive(_:at:)``); nil for none.
    public var caller: FermaCaller?
    /// What it has formed and seen.
    public internal(set) var ledger = FermaLedger()
    /// The answers it remembers.
    var memory = FermaMemory()

    /// - Parameters:
    ///   - registers: one register of the enterprise ``FermaCaller/demonstration`` when none is given.
    ///   - caller: the enterprise of requests that do not say whose they are.
    public init(
        registers: [FermaRegister] = [FermaRegister()], rules: FermaRules = FermaRules(),
        caller: FermaCaller? = .demonstration
    ) {
        self.registers = registers
        self.rules = rules
        self.caller = caller
    }

    /// Every document formed, in order.
    public var documents: [FermaDocument] { self.ledger.documents }

    /// Everything received, in order.
    public var requests: [FermaReceivedRequest] { self.ledger.requests }

    public mutating func receive(_ request: HTTPExchangeRequest, at now: FiscalInstant) -> SimulatedReply {
        self.receive(request, from: self.caller, at: now)
    }

    /// Handles one request that arrived at `now` over a connection with this client certificate, nil for none.
    public mutating func receive(
        _ request: HTTPExchangeRequest, from caller: FermaCaller?, at now: FiscalInstant
    ) -> SimulatedReply {
        let fault = self.faults.take()
        var work = Duration.zero
        if case .slow(let milliseconds) = fault { work = .milliseconds(max(0, milliseconds)) }
        let arrival = Arrival(
            request: request, caller: caller, now: now, number: self.requests.count + 1, work: work)
        let reading = self.read(arrival)
        let ruling = self.rule(on: reading, arrival, fault)
        self.record(arrival, ruling, reading.identity, fault)
        return self.reply(to: ruling, reading, fault)
    }

    mutating func record(
        _ arrival: Arrival, _ ruling: Ruling, _ identity: FermaRequestIdentity?, _ fault: FermaFault?
    ) {
        self.ledger.requests.append(
            FermaReceivedRequest(
                number: arrival.number, receivedAt: arrival.now, outcome: ruling.outcome, reason: ruling.reason,
                identity: identity, fault: fault, path: Self.path(arrival.request),
                content: Base64.encode(arrival.request.body)))
    }
}
