public import FiscalCore

/// How often the register sends to the Event Hub (`sendFreqEventHub`, section 2.2.4).
public enum EventHubSchedule: Sendable, Hashable, Codable {
    /// -1: nothing is sent by itself; replies to orders are.
    case suspended
    /// 0: after every document.
    case online
    /// 60...2678400 seconds.
    case every(seconds: Int32)

    /// - Throws: `InvalidField` for -2 (undefined), for any other negative number and for what is out of range.
    public init(_ number: Int64, field: String = "sendFreqEventHub") throws(InvalidField) {
        switch number {
        case -1: self = .suspended
        case 0: self = .online
        default: self = .every(seconds: try ScheduleRange.seconds(number, field, others: "-1, 0"))
        }
    }

    /// As it travels.
    public var number: Int32 {
        switch self {
        case .suspended: -1
        case .online: 0
        case .every(let seconds): seconds
        }
    }

    /// The time between two shipments, where there is one.
    public var interval: Duration? {
        if case .every(let seconds) = self { .seconds(Int64(seconds)) } else { nil }
    }
}

/// How often the register looks for orders (`checkFreqWebApi`): always an interval, never suspended, never online.
public struct WebApiSchedule: Sendable, Hashable, Codable {
    /// 60...2678400
    public let seconds: Int32

    /// - Throws: `InvalidField` for anything out of range, -2, -1 and 0 included.
    public init(_ number: Int64, field: String = "checkFreqWebApi") throws(InvalidField) {
        self.seconds = try ScheduleRange.seconds(number, field, others: nil)
    }

    public var interval: Duration { .seconds(Int64(self.seconds)) }
}

/// Tmin and Tmax of section 2.2.4.
private enum ScheduleRange {
    static func seconds(_ number: Int64, _ field: String, others: String?) throws(InvalidField) -> Int32 {
        guard let seconds = Int32(exactly: number), (60...2_678_400).contains(seconds) else {
            throw InvalidField(field, .range, limit: (others.map { "\($0), " } ?? "") + "60...2678400")
        }
        return seconds
    }
}
