import OFDKazProtocol

/// Everything that can happen to a register and its server.
enum JointEvent: Hashable {
    // The host.
    case issue(MessageKind)
    case ask(ServiceKind)
    case linkLost
    /// The power goes; what was under way is never reported.
    case restart
    // Time.
    case wait
    case threeDaysPass
    case clockSetBack
    // One attempt: it starts, and ends in one of these ways.
    case start
    case notDelivered(budgetIsLeft: Bool)
    /// Lost on the way there.
    case requestLost(budgetIsLeft: Bool)
    /// Given up by the register, but still on its way to the server.
    case requestDelayed(budgetIsLeft: Bool)
    case answered(Treatment, budgetIsLeft: Bool)
    /// The server has acted, and its answer is lost.
    case answerLost(Treatment, budgetIsLeft: Bool)
    /// The server has acted, and the power goes before the answer is committed.
    case killedAfter(Treatment)
    /// A delayed request reaches the server at last; nobody reads the answer.
    case delayedRequestArrives(Treatment)
    // People at the register.
    case tokenTyped(isRight: Bool)
    case transportChanged
    case unblock(RegisterMachine.Decision, evenUnknown: Bool)
    // People at the server.
    case serverBlocks, serverUnblocks, serverResetsToken

    /// What the server does with a request that reaches it.
    enum Treatment: Hashable {
        case properly(rotating: Bool)
        case refusing(ResultCode)
        /// 254 before the request was looked at.
        case busy
        /// 255 after it was carried out.
        case failing(rotating: Bool)
    }
}
