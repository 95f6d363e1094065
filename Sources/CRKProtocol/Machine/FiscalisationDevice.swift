public import FiscalCore

/// The host's side of a fiscalisation: the memories and the printer of the register.
public protocol FiscalisationDevice: Sendable {
    /// Whether a step was carried out. Asked only when the process ended between the intent to do it and its result.
    func isDone(_ step: FiscalisationStep, _ facts: FiscalisationFacts) async throws -> DeviceAnswer

    /// Carries out a step. When it returns, the step is done for good; when it throws, ``isDone(_:_:)`` is asked before
    /// it is called again.
    /// - Returns: for ``FiscalisationStep/makeFiscalReport`` the number (JPKID) of the report in the protected memory; nil
    ///   for all others.
    func perform(_ step: FiscalisationStep, _ facts: FiscalisationFacts) async throws -> Int64?
}

/// What a device says about a step.
public enum DeviceAnswer: Sendable, Hashable {
    /// Carried out; for the fiscal report with its number.
    case done(report: Int64?)
    case notDone
    /// A person has to look: the library will not risk doing it twice.
    case cannotTell
}

/// What a device needs for its steps.
public struct FiscalisationFacts: Sendable, Hashable, Codable {
    public var unit: UniqueNumber
    public var taxpayer: NIP
    /// The number that CMD09 brought.
    public var registrationNumber: RegistrationNumber
    /// What the register is used for (step 10).
    public var category: String?
    /// Date and time of the fiscalisation: when CMD09 was answered. The same for every step, also after a restart.
    public var time: FiscalInstant
}
