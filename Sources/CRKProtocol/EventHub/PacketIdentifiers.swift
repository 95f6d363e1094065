/// How packets get their `commandId`. Which way the repository wants is not said clearly (decisions P9 and P10).
public enum PacketIdentifiers: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every complete packet has a DFD of its own; the parts of a divided document share one.
    case perPacket
    /// All packets of a shipment share one DFD.
    case perShipment
    /// Replies carry the DDD of their order; shipments by the schedule are as in ``perPacket``.
    case echoOrder
}
