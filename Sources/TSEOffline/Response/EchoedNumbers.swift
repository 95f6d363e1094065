public import FiscalCore

/// The three values of a `createDocument` answer that the finishing call sends back (decisions T1, T3, T12).
///
/// They go back as they came, −99 and 0 included, in the same JSON type: whoever got a number as text returns a text.
public struct EchoedNumbers: Sendable, Hashable {
    /// `fiscalDocumentNumber` of the finishing call.
    public var number: JSON
    /// `fiscalDocumentRevision` of the finishing call.
    public var revision: JSON
    /// `fiscalDocumentStartTime` of the finishing call: seconds since the epoch.
    public var startTime: JSON

    /// - Parameters: a value that did not come is 0.
    public init(number: JSON = 0, revision: JSON = 0, startTime: JSON = 0) {
        self.number = number
        self.revision = revision
        self.startTime = startTime
    }

    /// The number, however it was written; nil when it is none.
    public var numberValue: Int64? { LenientNumber.value(of: self.number) }
    /// The revision, however it was written; nil when it is none.
    public var revisionValue: Int64? { LenientNumber.value(of: self.revision) }
    /// The start time in seconds since the epoch, however it was written; nil when it is none.
    public var startTimeValue: Int64? { LenientNumber.value(of: self.startTime) }
}
