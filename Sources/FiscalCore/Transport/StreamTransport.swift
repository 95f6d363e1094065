/// Opens connections to an authority that speaks frames over a byte stream (TCP, with or without TLS). The host
/// supplies it; `FiscalTransport` has a ready-made one.
///
/// It carries bytes and knows no message: where one ends, whether it came whole, late, twice or unasked, is judged above.
public protocol StreamTransport: Sendable {
    /// Opens one connection. `timeout` is one budget for name resolution, connecting and TLS.
    ///
    /// A cancelled task gives up at once and leaves no connection behind.
    /// - Throws: ``TransportError``, always with the code `notDelivered`: nothing of any message has left.
    func connect(timeout: Duration) async throws(TransportError) -> any StreamConnection
}

/// One open connection.
///
/// The contract: the caller sets each deadline; a duration of zero or below has already run out. Bytes arrive in the
/// order sent, none twice. One ``send(_:timeout:)`` and one ``receive(timeout:)`` at a time, of which each may run
/// during the other. A connection to which nobody holds a reference any more is closed.
///
/// What the code of an error says: `notDelivered`, no byte that was given to *this call* of ``send(_:timeout:)`` has
/// left, or, from ``receive(timeout:)``, no byte was ever sent over this connection; `outcomeUnknown`, the peer may
/// have received it.
///
/// Cancelling the task of a call closes the connection and ends the call with the reason `cancelled`: who cancels gives
/// the exchange up, and bytes that came afterwards would be taken for the answer to another one.
public protocol StreamConnection: Sendable {
    /// Sends all of these bytes: returns when the last one has been handed to the operating system, which says nothing
    /// about their arrival.
    ///
    /// When it is known that the peer has closed its side, nothing is sent (`notDelivered`, reason `closed`): no answer
    /// could come back. After an error, the deadline included, the connection is closed: part of the bytes may be on
    /// their way.
    func send(_ bytes: [UInt8], timeout: Duration) async throws(TransportError)

    /// What has arrived since the last call, in one or many pieces as the network had it; waits for the first byte when
    /// there is none.
    ///
    /// Running out of time (reason `deadline`) does no harm: the connection stays open, and what comes later is given
    /// to the next call. After any other error it is closed.
    /// - Returns: at least one byte; none once the peer has closed its side and all it sent has been received, however
    ///   often that is asked.
    func receive(timeout: Duration) async throws(TransportError) -> [UInt8]

    /// Closes the connection and gives up what has not been received. A call that waits ends with the reason `closed`,
    /// and so does every later one. To close once more does nothing.
    func close() async
}
