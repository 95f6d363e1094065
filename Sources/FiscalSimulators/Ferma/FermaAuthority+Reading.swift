import FiscalCore
import HTTPTypes

extension FermaAuthority {
    /// A request on its way through the service.
    struct Arrival: Sendable {
        var request: HTTPExchangeRequest
        var caller: FermaCaller?
        var now: FiscalInstant
        /// Its number in the ledger.
        var number: Int
        /// How long the register will work.
        var work: Duration
    }

    /// Why the service does not pass a request on.
    enum Halt: Error {
        case http(Int, String)
        case service(Int, String)
        case register(FermaRefusal)
    }

    /// A request that has been read, whosever it is.
    struct Reading: Sendable {
        /// What it is known by, when the caller may speak for the enterprise.
        var identity: FermaRequestIdentity?
        /// As they came, for the echo.
        var requestID: String?
        var clientID: String?
        var data: FermaRequestData?
        var halt: Halt?
    }

    /// The path without a query.
    static func path(_ request: HTTPExchangeRequest) -> String {
        String((request.head.path ?? "").prefix { $0 != "?" })
    }

    /// Reads a request: certificate, path, method, length, JSON, types, Device, RequestId, enterprise, in this order.
    func read(_ arrival: Arrival) -> Reading {
        var reading = Reading()
        do throws(Halt) {
            let caller = try self.checkHTTP(arrival)
            let data = try Self.data(arrival.request.body)
            (reading.data, reading.requestID, reading.clientID) = (data, data.requestID, data.clientID)
            try self.checkDevice(data, Self.path(arrival.request), caller)
            guard let requestID = data.requestID else { throw .service(17, "no RequestId") }
            guard let group = data.group ?? caller.groups.first, caller.groups.contains(group) else {
                throw .register(FermaRefusal(238, "Group is not of this certificate"))
            }
            reading.identity = FermaRequestIdentity(group: group, requestID: requestID, clientID: data.clientID)
        } catch {
            reading.halt = error
        }
        return reading
    }

    private func checkHTTP(_ arrival: Arrival) throws(Halt) -> FermaCaller {
        let (head, path) = (arrival.request.head, Self.path(arrival.request))
        guard let caller = arrival.caller else { throw .http(400, "no client certificate") }
        guard path == Self.path || path.hasPrefix(Self.commandPath) else { throw .http(404, "unknown path") }
        guard head.method == .post else { throw .http(405, "no POST") }
        if let length = head.headerFields[.contentLength], Int(length) != arrival.request.body.count {
            throw .service(1, "Content-Length")
        }
        guard arrival.request.body.count <= self.rules.maximumBytes else { throw .service(1, "the body is too long") }
        return caller
    }

    private static func data(_ body: [UInt8]) throws(Halt) -> FermaRequestData {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: body)
        } catch {
            throw .service(2, "\(error.code) at byte \(error.offset)")
        }
        do throws(FermaTypeFault) {
            return try FermaRequestData(FermaRequestReader(json))
        } catch {
            throw .service(2, "the type of \(error.field)")
        }
    }

    /// `auto`, or the factory number or address of a register of the caller's. A command other than the converter's is
    /// carried out by none of them.
    private func checkDevice(_ data: FermaRequestData, _ path: String, _ caller: FermaCaller) throws(Halt) {
        guard let device = data.device else { throw .service(3, "no Device") }
        let command = path == Self.path ? "Complex" : String(path.dropFirst(Self.commandPath.count))
        if device == "auto" {
            if !["Complex", "Batch"].contains(command) { throw .service(7, "auto for one command") }
        } else if self.place(of: device, caller.groups) == nil {
            if device.contains(":") || device.contains(".") { throw .service(9, "no such address") }
            let isNumber = device.utf8.count == 20 && device.utf8.allSatisfy { (0x30...0x39).contains($0) }
            throw isNumber ? .service(10, "no such factory number") : .service(8, "neither name nor address")
        }
        guard command == "Complex" else { throw .register(FermaRefusal(55, "a command of its own")) }
    }

    /// The place of the register with that factory number or address.
    func place(of device: String, _ groups: [String]) -> Int? {
        self.registers.firstIndex {
            groups.contains($0.group) && ($0.serialNumber == device || $0.address == device)
        }
    }
}
