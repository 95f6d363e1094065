public import FiscalCore

/// How far a fiscalisation has got, for a till to show.
public struct FiscalisationProgress: Sendable, Hashable {
    /// What it waits for.
    public enum Waiting: Sendable, Hashable {
        /// Its own next call or device step: ``CRKRegister/sync()``.
        case nothing
        /// An answer of the CPD server; it is asked again not before this instant.
        case server(FiscalInstant)
        /// The time at which the report goes out, by the schedule of CMD09.
        case shipment
        /// The report would never go out: the schedule of CMD09 suspends sending. A CMD02 can change that, or the host.
        case suspendedShipment
        /// The order with the schedule (CMD02).
        case timetable
        /// A person: ``CRKRegister/decide(_:by:because:)`` or a new request.
        case person(FiscalisationMachine.Stop)
    }

    /// The step that is not done yet; the last one once all are.
    public var step: FiscalisationStep
    public var waiting: Waiting
    /// Since when it is at this step.
    public var since: FiscalInstant
    /// The number, once the repository has given it.
    public var registrationNumber: RegistrationNumber?

    /// Whether nothing moves until somebody does something.
    public var isStalled: Bool {
        switch self.waiting {
        case .suspendedShipment, .person: true
        case .nothing, .server, .shipment, .timetable: false
        }
    }
}
