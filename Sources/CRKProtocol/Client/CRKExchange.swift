import FiscalCore

/// Sends one request over one channel, trusting what may be trusted there at present.
///
/// While certificates roll over, the new ones are tried first and the old ones beside them afterwards; a handshake that
/// fails has sent nothing (decision P21).
struct CRKExchange: Sendable {
    let transports: any CRKTransports
    let timeout: Duration

    /// What came back, and the certificates under which it came.
    struct Result: Sendable {
        var response: HTTPExchangeResponse
        var trusted: [Certificate]
    }

    /// - Parameter candidates: sets of certificates, in the order in which they are tried.
    func send(
        _ request: HTTPExchangeRequest, over channel: CRKChannel, trusting candidates: [[Certificate]]
    ) async throws -> Swift.Result<Result, TransportError> {
        var failure = TransportError(.notDelivered, reason: .tls, detail: "nothing is trusted")
        for certificates in candidates {
            let transport: any HTTPTransport
            do {
                transport = try self.transports.transport(for: channel, trusting: certificates)
            } catch {
                throw CRKError(.badTransport, "no transport for \(channel.rawValue)", underlying: error)
            }
            do {
                let response = try await transport.exchange(request, timeout: self.timeout)
                return .success(Result(response: response, trusted: certificates))
            } catch {
                failure = error
                guard error.code == .notDelivered, error.reason == .tls else { return .failure(error) }
            }
        }
        return .failure(failure)
    }
}
