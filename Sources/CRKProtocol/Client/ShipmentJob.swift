import FiscalCore

/// Which of the two shipments of a register.
enum Shipment: Sendable, Hashable {
    /// By the schedule.
    case scheduled
    /// The reply to an order.
    case ordered
}

extension RegisterState {
    subscript(shipment: Shipment) -> ShipmentJob? {
        get {
            switch shipment {
            case .scheduled: self.scheduled
            case .ordered: self.ordered
            }
        }
        set {
            switch shipment {
            case .scheduled: self.scheduled = newValue
            case .ordered: self.ordered = newValue
            }
        }
    }
}

/// A shipment that is under way: where it stands, and what waits for its 201.
struct ShipmentJob: Sendable, Hashable, Codable {
    /// The order that it replies to; nil for the schedule.
    var order: String?
    var rule: ShipmentRule
    /// Where it stands once everything that was taken is counted.
    var cursor: ShipmentCursor
    /// The packet in the journal, and where the shipment stands when it has been taken.
    var waiting: Waiting?
    var delivery = DeliveryMachine()
    /// Octets below the limit, after the hub called packets too large.
    var shrink = 0
    /// The identifier of its first packet.
    var firstCommandID: String?
    /// Everything was taken.
    var isComplete = false

    init(order: String? = nil, rule: ShipmentRule, cursor: ShipmentCursor) {
        self.order = order
        self.rule = rule
        self.cursor = cursor
    }

    struct Waiting: Sendable, Hashable, Codable {
        var after: ShipmentCursor
        /// The certificate to which the packet is encrypted: SHA-256, hexadecimal.
        var recipient: String
    }

    /// When its pause is over; nil when it has none. The Event Hub may ask for a day.
    func pauseEnd(at now: FiscalInstant) -> FiscalInstant? {
        self.delivery.retryAt.map { BackOff.end(of: $0, at: now, longest: .seconds(86_400)) }
    }

    /// The name of its packet's record.
    var packetName: String { self.order.map(OrderEntry.name) ?? "schedule" }
}
