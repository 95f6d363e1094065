/// When a field must be there: what other fields say.
struct PresenceCondition: Sendable {
    /// For the reader of an issue: `when type is 1 or 3`. Empty for always.
    let text: String
    let holds: @Sendable (MessageScope) -> Bool

    static let always = Self(text: "") { _ in true }

    /// A code of the same message is one of these.
    static func when(_ field: String, is codes: UInt32...) -> Self { .when(field, isAnyOf: codes) }

    /// A code of the same message is one of these.
    static func when(_ field: String, isAnyOf codes: [UInt32]) -> Self {
        Self(text: "when \(field) is \(Self.list(codes))") { Self.isOneOf(codes, $0.message.number(field)) }
    }

    /// Another field of the same message is absent.
    static func without(_ field: String) -> Self {
        Self(text: "without \(field)") { !$0.message.has(field) }
    }

    /// The message is part of a request of one of these commands.
    static func command(_ commands: CommandType...) -> Self {
        let codes = commands.map(\.rawValue)
        return Self(text: "when command is \(Self.list(codes))") {
            Self.isOneOf(codes, $0.enclosing("Request")?.number("command"))
        }
    }

    /// The message is part of an answer to one of these commands, and the answer says OK: a refusal has no data.
    static func accepted(_ commands: CommandType...) -> Self {
        let codes = commands.map(\.rawValue)
        return Self(text: "in an accepted answer to command \(Self.list(codes))") { scope in
            guard let answer = scope.enclosing("Response"), let result = answer.nodes("result").last,
                result.number("result_code") == UInt64(ResultCode.ok.rawValue)
            else { return false }
            return Self.isOneOf(codes, answer.number("command"))
        }
    }

    /// The receipt is paid with cash, wholly or in part.
    static let paidInCash = Self(text: "when a payment is cash") { scope in
        let payments = scope.enclosing("TicketRequest")?.nodes("payments") ?? []
        return payments.contains { $0.number("type") == UInt64(PaymentType.cash.rawValue) }
    }

    /// The report is a Z: one that closes a shift, or one that is called so.
    static let reportIsZ = Self(text: "in a Z report") { scope in
        if scope.enclosing("CloseShiftRequest") != nil { return true }
        let body = scope.enclosing("ReportRequest") ?? scope.enclosing("ReportResponse")
        return body?.number("report") == UInt64(ReportType.z.rawValue)
    }

    /// The message was issued offline.
    static let issuedOffline = Self(text: "when the message was issued offline") { scope in
        let request = scope.messages[0]
        let flagged = request.nodes("close_shift") + request.nodes("report") + request.nodes("money_placement")
        return flagged.contains { $0.number("is_offline") == 1 }
            || request.nodes("ticket").contains { $0.has("offline_ticket_number") }
    }

    private static func isOneOf(_ codes: [UInt32], _ number: UInt64?) -> Bool {
        number.map { number in codes.contains { $0 == number } } ?? false
    }

    private static func list(_ codes: [UInt32]) -> String { codes.map(String.init).joined(separator: " or ") }
}
