public import FiscalCore

/// The header of one message: which message it is, when it is sent, and whether it is the first attempt.
public struct Hlavicka: Sendable, Hashable {
    public let attributes: WireAttributes

    /// Exactly these attributes, in their wire spelling.
    /// - Throws: ``InvalidField`` for a missing, unknown or malformed attribute.
    public init(attributes: WireAttributes) throws(InvalidField) {
        try AttributeTable.hlavicka.check(attributes)
        self.attributes = attributes
    }

    /// - Parameters:
    ///   - uuid: identifies the message, not the sale; every message needs a fresh one. Never printed.
    ///   - sentAt: when it is sent (`dat_odesl`), in local time with offset.
    ///   - isFirstAttempt: `prvni_zaslani`: no message with this sale went out before.
    ///   - isVerification: `overeni`: the authority only checks and records nothing.
    /// - Throws: ``InvalidField`` when `uuid` is none.
    public init(
        uuid: String, sentAt: OffsetDateTime, isFirstAttempt: Bool, isVerification: Bool = false
    ) throws(InvalidField) {
        var values = [
            "uuid_zpravy": uuid, "dat_odesl": sentAt.iso8601Seconds,
            "prvni_zaslani": isFirstAttempt ? "true" : "false",
        ]
        if isVerification { values["overeni"] = "true" }
        try self.init(attributes: WireAttributes(values))
    }

    /// The identifier of the message.
    public var uuid: String { self.attributes["uuid_zpravy"] ?? "" }

    /// When it is sent, as on the wire.
    public var sentAt: String { self.attributes["dat_odesl"] ?? "" }

    /// Whether the authority is asked only to check.
    public var isVerification: Bool { ["true", "1"].contains(self.attributes["overeni"]) }

    /// Whether it says to be the first attempt.
    public var isFirstAttempt: Bool { ["true", "1"].contains(self.attributes["prvni_zaslani"]) }
}
