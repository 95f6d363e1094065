/// The taxpayer of a register (OrgRegInfo).
public struct OFDOrganisation: Sendable, Hashable, Codable {
    public var title: String
    public var address: String
    /// The address in Kazakh.
    public var addressKz: String
    /// IIN or BIN.
    public var iin: String
    /// Code of the economic activity.
    public var oked: String

    public init(title: String, address: String, addressKz: String, iin: String, oked: String) {
        self.title = title
        self.address = address
        self.addressKz = addressKz
        self.iin = iin
        self.oked = oked
    }
}

/// Where a register stands (PosRegInfo).
public struct OFDPointOfSale: Sendable, Hashable, Codable {
    public var title: String
    public var address: String
    /// The address in Kazakh.
    public var addressKz: String
    /// In ten-thousandths of a degree.
    public var latitude: UInt32
    /// In ten-thousandths of a degree.
    public var longitude: UInt32

    public init(title: String, address: String, addressKz: String, latitude: UInt32, longitude: UInt32) {
        self.title = title
        self.address = address
        self.addressKz = addressKz
        self.latitude = latitude
        self.longitude = longitude
    }
}

/// The register itself (KkmRegInfo).
public struct OFDDevice: Sendable, Hashable, Codable {
    /// The number under which the tax committee registered it (fns_kkm_id).
    public var registrationNumber: String
    public var serialNumber: String
    public var pointOfPaymentNumber: String?
    public var terminalNumber: String?

    public init(
        registrationNumber: String, serialNumber: String, pointOfPaymentNumber: String? = nil,
        terminalNumber: String? = nil
    ) {
        self.registrationNumber = registrationNumber
        self.serialNumber = serialNumber
        self.pointOfPaymentNumber = pointOfPaymentNumber
        self.terminalNumber = terminalNumber
    }
}

/// Everything the operator has on file of one register.
public struct OFDRegistrationData: Sendable, Hashable, Codable {
    public var organisation: OFDOrganisation
    public var pointOfSale: OFDPointOfSale?
    public var device: OFDDevice

    public init(organisation: OFDOrganisation, pointOfSale: OFDPointOfSale?, device: OFDDevice) {
        self.organisation = organisation
        self.pointOfSale = pointOfSale
        self.device = device
    }

    /// An invented shop in Almaty, for tests.
    public static func test(registrationNumber: String = "010101234567", iin: String = "123456789012") -> Self {
        Self(
            organisation: OFDOrganisation(
                title: "ТОО \"Сынақ\"", address: "г. Алматы, пр. Абая, 1", addressKz: "Алматы қ., Абай даңғ., 1",
                iin: iin, oked: "47301"),
            pointOfSale: OFDPointOfSale(
                title: "Дүкен №1", address: "г. Алматы, ул. Сатпаева, 2", addressKz: "Алматы қ., Сәтбаев көш., 2",
                latitude: 432_380, longitude: 769_450),
            device: OFDDevice(registrationNumber: registrationNumber, serialNumber: "SWK00000001"))
    }
}
