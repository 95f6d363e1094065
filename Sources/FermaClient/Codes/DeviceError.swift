/// An error of the device (`Response.Error`; the table without a number after table 3 of the source document, which it
/// calls 3.2 elsewhere).
///
/// Open: a number that is not in the table survives, and counts as one after which a receipt may exist.
public struct DeviceError: Sendable, Hashable {
    public var code: Int

    public init(code: Int) {
        self.code = code
    }

    /// Whether the source document lists the code.
    public var isListed: Bool { Self.table[self.code] != nil }
    /// What a repeat is good for (decision F3).
    public var word: RetryWord { Self.table[self.code]?.word ?? .unknownStateSameIdOnly }
    /// The wording of the source document, or nil for a code that it does not list.
    public var text: String? { Self.table[self.code]?.text }
    public var englishText: String? { Self.table[self.code]?.englishText }

    /// Whether a person has to know of it at once: the device may have failed for good, with or without a receipt.
    public var raisesAlarm: Bool { [57, 255].contains(self.code) }

    /// The codes of the table, in ascending order.
    public static let listed: [Self] = Self.table.keys.sorted().map { Self(code: $0) }

    private static let table = CodeEntry.table(DeviceErrorTable.fiscalDrive + DeviceErrorTable.register)
}
