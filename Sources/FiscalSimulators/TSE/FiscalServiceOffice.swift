public import FiscalCore
import HTTPTypes
public import TSEOffline

/// The HTTP face of a fiscal service: request in, reply out, with a `FiscalService` behind it.
///
/// It reads requests by means of its own, without regard to the case of names; ``isStrict`` refuses what the till should
/// not send. Everything it saw is in ``requests``. Paths of the vendor: `createDocument` (PUT), `storeDocument` and
/// `cancelDocument` (POST) below `/api/v1/transactions`, `listTransactions` and the numbers of the TSE below
/// `/api/v1/management/germany`; ours: `/api/v1/transactions/documents/{id}` and `…/tse/outages` (GET).
public actor FiscalServiceOffice {
    /// The service behind; a restart puts another one in its place.
    public private(set) var service: FiscalService
    /// Refuses members that are unknown, missing or spelled in other letters.
    public private(set) var isStrict: Bool
    /// What it will do wrong, per call.
    public private(set) var faults: [TSEOfficeCall: FaultPlan<TSEOfficeFault>] = [:]
    /// Everything received, in order.
    public private(set) var requests: [TSEOfficeRequest] = []
    private let clock: any FiscalClock

    public init(_ service: FiscalService, isStrict: Bool = false, clock: some FiscalClock) {
        self.service = service
        self.isStrict = isStrict
        self.clock = clock
    }

    /// The service was started again.
    public func replaceService(_ service: FiscalService) { self.service = service }

    /// Plans faults for one kind of call.
    public func planFaults(
        at call: TSEOfficeCall, _ body: @Sendable (inout FaultPlan<TSEOfficeFault>) -> Void
    ) {
        body(&self.faults[call, default: FaultPlan()])
    }

    /// Handles one request.
    public func receive(_ request: HTTPExchangeRequest) async -> SimulatedReply {
        let route = TSEOfficeRoute(request.head)
        let fault = route.kind.flatMap { self.faults[$0]?.take() }
        let place = self.requests.count
        self.requests.append(
            TSEOfficeRequest(
                number: place + 1, receivedAt: self.clock.now(), call: route.kind,
                method: request.head.method.rawValue, path: request.head.path ?? "",
                body: String(validating: request.body, as: UTF8.self) ?? "", fault: fault, answer: ""))
        let isCarriedOut = fault?.isCarriedOut ?? true
        var answer = TSEOfficeAnswer(status: .ok, json: nil)
        if isCarriedOut {
            answer = await self.answer(route, request)
        } else if fault == .otherError {
            answer = TSEOfficeAnswer(status: .ok, json: Self.otherError)
        }
        let reply = answer.dressed(fault).reply(fault)
        self.requests[place].status = reply.response?.head.status.code
        self.requests[place].answer = String(decoding: reply.response?.body ?? [], as: UTF8.self)
        return reply
    }

    private func answer(_ route: TSEOfficeRoute, _ request: HTTPExchangeRequest) async -> TSEOfficeAnswer {
        do {
            switch route {
            case .unknownPath: return .error(.notFound, "unknownPath", "no such path")
            case .otherMethod: return .error(.methodNotAllowed, "otherMethod", "the path takes another method")
            case .call(let step): return try await self.call(step, request)
            case .document(let id): return try await self.document(id)
            case .listTransactions(let client): return await self.openTransactions(client)
            case .tse: return await self.tse()
            case .outages: return TSEOfficeAnswer(status: .ok, json: try await self.service.outages().json)
            }
        } catch let error as InvalidField {
            return .error(.badRequest, "invalidField", error.description)
        } catch let error as TSEOfficeRequestFlaw {
            return .error(.badRequest, "unreadable", error.text)
        } catch let error as FiscalServiceError {
            let status: HTTPResponse.Status =
                switch error.code {
                case .notStarted, .documentTaken, .documentFinished: .conflict
                case .inHand: .serviceUnavailable
                default: .internalServerError
                }
            return .error(status, "\(error.code)", error.detail)
        } catch {
            return .error(.internalServerError, "internal", "the service could not keep what it was told")
        }
    }

    // MARK: Calls

    private func call(_ step: FiscalStep, _ request: HTTPExchangeRequest) async throws -> TSEOfficeAnswer {
        let body = try TSEOfficeBody(request, step, isStrict: self.isStrict)
        let response: FiscalResponse =
            switch step {
            case .create: try await self.service.create(body.documentID, register: body.register)
            case .store:
                try await self.service.store(
                    try FiscalDocument(
                        id: body.documentID, register: body.register,
                        processType: ProcessType(rawValue: body.processType), processData: body.processData),
                    answering: body.echoed)
            case .cancel:
                try await self.service.cancel(body.documentID, register: body.register, answering: body.echoed)
            }
        return TSEOfficeAnswer(status: .ok, json: response.json)
    }

    private func document(_ id: String) async throws -> TSEOfficeAnswer {
        guard let entry = try await self.service.document(id) else {
            return TSEOfficeAnswer(status: .ok, json: ["DocumentId": .string(id), "State": "unknown"])
        }
        var reSignedAt: JSON = .null
        if case .reSigned(_, let instant) = entry.state {
            reSignedAt = .string(ServiceTime(OffsetDateTime(instant, zone: self.service.configuration.zone)).text)
        }
        let json: JSON = [
            "DocumentId": .string(id), "CashRegisterId": .string(entry.register), "State": .string(entry.state.name),
            "CreateResponse": Self.kept(entry.createAnswer), "FinishStep": .optional(entry.finish?.step.rawValue),
            "FinishResponse": Self.kept(entry.finishAnswer), "ReSignedAt": reSignedAt,
        ]
        return TSEOfficeAnswer(status: .ok, json: json)
    }

    private static func kept(_ answer: String?) -> JSON { answer.flatMap { try? JSON(parsing: $0) } ?? .null }

    private func openTransactions(_ client: String) async -> TSEOfficeAnswer {
        switch await self.service.openTransactions(register: client) {
        case .failure(let failure): return .error(.serviceUnavailable, failure.code.rawValue, failure.detail)
        case .success(let transactions):
            let list: [JSON] = transactions.map { transaction in
                [
                    "TransactionNumber": .integer(transaction.number), "ClientId": .string(transaction.client),
                    "StartTime": transaction.startTime.map { .integer($0.secondsSinceEpoch) } ?? .null,
                ]
            }
            return TSEOfficeAnswer(status: .ok, json: .array(list))
        }
    }

    private func tse() async -> TSEOfficeAnswer {
        switch await self.service.askTSE() {
        case .failure(let failure): return .error(.serviceUnavailable, failure.code.rawValue, failure.detail)
        case .success(let status):
            let json: JSON = [
                "TseSerial": .string(status.serial), "TsePublicKey": .string(Base64.encode(status.publicKey)),
                "TseCertificate": .string(Base64.encode(status.certificate)),
                "StartedTransactions": .integer(status.openTransactions),
                "MaxStartedTransactions": status.maximumOpenTransactions.map { .integer($0) } ?? .null,
                "CreatedSignatures": .integer(status.signatures),
                "MaxSignatures": status.maximumSignatures.map { .integer($0) } ?? .null,
                "TseTime": status.time.map { .integer($0.secondsSinceEpoch) } ?? .null,
            ]
            return TSEOfficeAnswer(status: .ok, json: json)
        }
    }

    private static let otherError: JSON = FiscalResponse(
        fiscalisationDocumentNumber: 17, errorDescription: "Given transaction not started.",
        userMessage: "Document is not known."
    ).json
}
