/// Registration data of the register (section 3.10).
public struct KkmRegInfo: Sendable, Hashable, Codable {
    public var pointOfPaymentNumber: String?
    public var terminalNumber: String?
    /// The registration number at the tax committee (РНМ), twelve digits.
    public var fnsKkmID: String?
    /// The factory number.
    public var serialNumber: String?
    /// The identification number: the ID of the header in decimal digits.
    public var kkmID: String?

    public init(
        pointOfPaymentNumber: String? = nil, terminalNumber: String? = nil, fnsKkmID: String? = nil,
        serialNumber: String? = nil, kkmID: String? = nil
    ) {
        self.pointOfPaymentNumber = pointOfPaymentNumber
        self.terminalNumber = terminalNumber
        self.fnsKkmID = fnsKkmID
        self.serialNumber = serialNumber
        self.kkmID = kkmID
    }

    /// The newer data, and where it is silent, what is known already.
    func updated(by newer: Self) -> Self {
        Self(
            pointOfPaymentNumber: newer.pointOfPaymentNumber ?? self.pointOfPaymentNumber,
            terminalNumber: newer.terminalNumber ?? self.terminalNumber, fnsKkmID: newer.fnsKkmID ?? self.fnsKkmID,
            serialNumber: newer.serialNumber ?? self.serialNumber, kkmID: newer.kkmID ?? self.kkmID)
    }
}

extension KkmRegInfo {
    package init(_ pb: PBKkmRegInfo) {
        self.init(
            pointOfPaymentNumber: pb.hasPointOfPaymentNumber ? pb.pointOfPaymentNumber : nil,
            terminalNumber: pb.hasTerminalNumber ? pb.terminalNumber : nil,
            fnsKkmID: pb.hasFnsKkmID ? pb.fnsKkmID : nil, serialNumber: pb.hasSerialNumber ? pb.serialNumber : nil,
            kkmID: pb.hasKkmID ? pb.kkmID : nil)
    }

    package var pb: PBKkmRegInfo {
        var pb = PBKkmRegInfo()
        if let value = self.pointOfPaymentNumber { pb.pointOfPaymentNumber = value }
        if let value = self.terminalNumber { pb.terminalNumber = value }
        if let value = self.fnsKkmID { pb.fnsKkmID = value }
        if let value = self.serialNumber { pb.serialNumber = value }
        if let value = self.kkmID { pb.kkmID = value }
        return pb
    }
}
