import FiscalCore

/// What every commit writes: the machine without its queue, and what the next document needs.
struct StoredState: Sendable, Hashable, Codable {
    /// Whose it is: the device's identifier at the server.
    var id: UInt32
    /// Counts the commits, so that no two processes ever write the same bytes.
    var commit: Int64 = 0
    var machine: RegisterState
    var offlineNumbers = OfflineNumbers()
    /// The time of the last document, `yyyyMMddTHHmmss`: the next one is never earlier (decision K33).
    var lastDocumentTime: String?
    /// The document with the last Z report of ours.
    var lastClose: Int64?
    var lastIncident: Int64 = 0
    /// The server's counters were taken over at least once; before that differences mean nothing.
    var knowsServersCounters = false

    init(id: UInt32, token: UInt32) {
        self.id = id
        self.machine = RegisterState(token: token)
    }
}

extension StoredState {
    /// The time of a document: never before that of its predecessor.
    /// - Returns: also how far the clock is behind the last document, when it is.
    func documentTime(at now: FiscalInstant, in zone: any CivilZone) -> (time: CivilDateTime, isHeldUp: Bool) {
        let time = zone.seconds(at: now)
        guard let last = self.lastDocumentTime.flatMap({ CivilDateTime(compactSeconds: $0) }), time < last else {
            return (time, false)
        }
        return (last, true)
    }
}
