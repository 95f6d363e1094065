/// The technical security device (Technische Sicherheitseinrichtung) behind the fiscal service. The host supplies it:
/// a driver for a device, a client of a cloud TSE, or `SimulatedTSE`.
///
/// The contract:
/// - A call returns what the TSE answered, or throws ``TSEFailure`` for everything else; it invents no answer. What the
///   failure's code says about *whether the TSE carried the call out* must be true; when in doubt it is
///   `answerLost`.
/// - A call may be slow. The service waits only as long as its configuration says, cancels the call's task and then
///   takes the answer for lost; the TSE may carry it out all the same, and later calls may come before it has ended.
/// - The service makes one call at a time, apart from those that it gave up.
/// - Transaction numbers are the TSE's own, and it never gives one out twice.
/// - A client (the serial number of the recording system, field 2 of the receipt's QR text) belongs to this service
///   alone: open transactions of the client that the service does not know are closed at recovery (decision T10).
public protocol TSE: Sendable {
    /// Opens a transaction (`StartTransaction`).
    func start(client: String) async throws(TSEFailure) -> StartedTransaction

    /// Ends and signs a transaction (`FinishTransaction`). A transaction that has been finished is never signed again;
    /// the call fails then.
    func finish(
        _ number: UInt64, client: String, processType: String, processData: String
    ) async throws(TSEFailure) -> TSESignature

    /// What the TSE says about itself. The service also asks it to learn whether the TSE is there.
    func status() async throws(TSEFailure) -> TSEStatus

    /// The transactions of a client that were started and not finished, in any order.
    func openTransactions(client: String) async throws(TSEFailure) -> [OpenTransaction]

    /// What became of a transaction. The answer must be certain: a TSE that cannot tell fails, or answers
    /// ``TransactionRecord/finishedUnreadable``.
    func record(of number: UInt64, client: String) async throws(TSEFailure) -> TransactionRecord
}
