import FiscalCore
import NIOCore

/// One connection over TCP. Dropping it closes it.
final class TCPConnection: StreamConnection {
    let line: StreamLine

    init(_ line: StreamLine) {
        self.line = line
    }

    deinit {
        self.line.close()
    }

    func send(_ bytes: [UInt8], timeout: Duration) async throws(TransportError) {
        guard !Task.isCancelled else { throw self.abandoned(.cancelled, .notDelivered) }
        guard timeout > .zero else { throw self.abandoned(.deadline, .notDelivered) }
        guard !bytes.isEmpty else { return }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                self.line.write(bytes, timeout: TimeAmount(timeout)) { continuation.resume(returning: $0) }
            }
        } onCancel: {
            self.line.abort()
        }
        guard case .failure(let error) = result else { return }
        throw Task.isCancelled ? self.abandoned(.cancelled, error.code) : error
    }

    func receive(timeout: Duration) async throws(TransportError) -> [UInt8] {
        let result = await withTaskCancellationHandler {
            await self.line.receive(timeout: timeout)
        } onCancel: {
            self.line.abort()
        }
        switch result {
        case .success(let bytes): return bytes
        case .failure(let error): throw Task.isCancelled ? self.abandoned(.cancelled, error.code) : error
        }
    }

    func close() async {
        self.line.close()
    }

    private func abandoned(_ early: EndedEarly, _ code: TransportError.Code) -> TransportError {
        self.line.abort()
        return .endedEarly(early, code)
    }
}
