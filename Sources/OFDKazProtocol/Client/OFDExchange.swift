import FiscalCore

/// One request out, one answer in, over one connection at a time (decisions K11, K18, K19).
///
/// Not `Sendable`: it belongs to its register, which lets one exchange run at a time.
final class OFDExchange {
    struct Request {
        var frame: Frame
        var expectation: AnswerReader.Expectation
        /// On the monotonic clock: one deadline for connecting, sending and receiving.
        var deadline: Duration
        /// The largest answer, with its header.
        var limit: Int
    }

    enum Ending {
        /// No byte left: the server cannot have it.
        case notDelivered(String)
        /// The server may have it.
        case unanswered(String)
        case answered(Answer)
    }

    private struct Line {
        var connection: any StreamConnection
        var decoder: FrameDecoder
        /// REQNUMs that were used over this connection; their answers may come late.
        var earlier: Set<UInt16> = []
    }

    private let transport: any StreamTransport
    private let clock: any FiscalClock
    private let keepsConnection: Bool
    /// The connection that is kept between exchanges.
    private var kept: Line?

    init(transport: any StreamTransport, clock: any FiscalClock, keepsConnection: Bool) {
        self.transport = transport
        self.clock = clock
        self.keepsConnection = keepsConnection
    }

    /// Closes the connection that is kept, if there is one.
    func close() async {
        guard let line = self.kept else { return }
        self.kept = nil
        await line.connection.close()
    }

    /// Sends a request and waits for its answer until the deadline.
    /// - Parameter anomalies: gains what was odd besides the answer.
    func perform(_ request: Request, anomalies: inout [Anomaly]) async -> Ending {
        var line: Line
        if let kept = self.kept {
            line = kept
            self.kept = nil
        } else {
            do {
                line = Line(
                    connection: try await self.transport.connect(timeout: self.remaining(request)),
                    decoder: FrameDecoder(limit: request.limit))
            } catch {
                return .notDelivered(error.description)
            }
        }
        line.decoder.limit = request.limit
        let ending = await self.exchange(request, over: &line, anomalies: &anomalies)
        // Codes 254 and 255 break the connection too (section 5.1).
        if self.keepsConnection, case .answered(let answer) = ending,
            answer.code.classified(at: request.expectation.edition) != .unanswered
        {
            line.earlier.insert(request.frame.reqnum)
            self.kept = line
        } else {
            await line.connection.close()
        }
        return ending
    }

    private func remaining(_ request: Request) -> Duration { request.deadline - self.clock.elapsed() }

    /// Looks at the connection that is kept while nothing is under way, and drops it when it cannot be used any more.
    /// - Returns: whether it broke.
    func idleConnectionBroke(anomalies: inout [Anomaly]) async -> Bool {
        guard var line = self.kept else { return false }
        self.kept = nil
        do {
            let bytes = try await line.connection.receive(timeout: .milliseconds(1))
            guard !bytes.isEmpty else {
                await line.connection.close()
                return true
            }
            line.decoder.feed(bytes)
            while let frame = try line.decoder.next() {
                guard line.earlier.contains(frame.reqnum) else { throw Unasked() }
                anomalies.append(Anomaly(.late, "an answer to an earlier request was passed over"))
            }
        } catch let error as TransportError {
            // Nothing has come: as it should be.
            guard error.reason == .deadline else { return true }
        } catch {
            anomalies.append(Anomaly(.unasked, "a frame came before any request; the connection was dropped"))
            await line.connection.close()
            return false
        }
        self.kept = line
        return false
    }

    private struct Unasked: Error {}

    private func exchange(
        _ request: Request, over line: inout Line, anomalies: inout [Anomaly]
    ) async -> Ending {
        do { try await line.connection.send(request.frame.encoded(), timeout: self.remaining(request)) } catch {
            return error.code == .notDelivered ? .notDelivered(error.description) : .unanswered(error.description)
        }
        while true {
            do {
                while let frame = try line.decoder.next() {
                    switch self.read(frame, for: request) {
                    case .answer(let answer): return .answered(answer)
                    case .notAnAnswer where self.isLate(frame, request, line):
                        anomalies.append(Anomaly(.late, "an answer to an earlier request was passed over"))
                    case .notAnAnswer(let reason):
                        anomalies.append(Anomaly(.unasked, "\(reason); the connection was dropped"))
                        return .unanswered("what came answers another request: \(reason)")
                    }
                }
            } catch {
                return .unanswered("no frame: \(error)")
            }
            let bytes: [UInt8]
            do { bytes = try await line.connection.receive(timeout: self.remaining(request)) } catch {
                return .unanswered(error.description)
            }
            guard !bytes.isEmpty else { return .unanswered("the server closed the connection") }
            line.decoder.feed(bytes)
        }
    }

    private func isLate(_ frame: Frame, _ request: Request, _ line: Line) -> Bool {
        frame.id == request.frame.id && frame.reqnum != request.frame.reqnum && line.earlier.contains(frame.reqnum)
    }

    private func read(_ frame: Frame, for request: Request) -> AnswerReader.Reading {
        AnswerReader.read(frame, expecting: request.expectation)
    }
}

extension Anomaly.Kind {
    /// An answer to an earlier request of the same connection came late.
    public static let late = Self(rawValue: "late")
    /// A frame that answers nothing that was asked.
    public static let unasked = Self(rawValue: "unasked")
}
