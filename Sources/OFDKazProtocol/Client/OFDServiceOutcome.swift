/// How a request ended that is never queued (section 5.2).
public enum OFDServiceOutcome<Value: Sendable>: Sendable {
    /// The server carried it out.
    case answered(Value)
    /// The server said no.
    case refused(ResultCode, text: String?)
    /// No answer came within the transaction time; the register is offline now and the request forgotten.
    case unanswered
}

extension OFDServiceOutcome: Equatable where Value: Equatable {}
extension OFDServiceOutcome: Hashable where Value: Hashable {}

/// What a load of the list of goods has done.
public enum OFDNomenclatureUpdate: Sendable, Hashable {
    /// The list was replaced.
    case replaced(version: UInt32)
    /// The list stays as it is: the server has the same version, or none, or its answer was no list.
    case kept(NomenclatureResult?)
}
