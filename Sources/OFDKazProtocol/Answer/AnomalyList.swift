/// What was odd about one answer. A server that sends a million odd fields must not fill the memory twice.
struct AnomalyList {
    private var list: [Anomaly] = []
    private var further = 0

    static let limit = 100

    /// Beyond the limit an anomaly is not even made.
    mutating func append(_ anomaly: @autoclosure () -> Anomaly) {
        if self.list.count < Self.limit { self.list.append(anomaly()) } else { self.further += 1 }
    }

    mutating func append(contentsOf other: Self) {
        for anomaly in other.list { self.append(anomaly) }
        self.further += other.further
    }

    /// Whether one of those that were kept is about that very field.
    func names(_ field: String) -> Bool { self.list.contains { $0.field == field } }

    /// Those that were kept, with a last one that counts the rest.
    var anomalies: [Anomaly] {
        self.further == 0 ? self.list : self.list + [Anomaly(.more, "at least \(self.further) more")]
    }
}
