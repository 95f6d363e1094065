/// What the register runs on (section 3.10, `SoftwareInformation`).
public struct SoftwareInformation: Sendable, Hashable {
    public var moduleInfos: [ModuleInformation]
    public var hardwareArch: String?
    public var osFamily: String?
    public var osVersion: String?
    public var osExtendedInfo: String?
    public var runtimeVersion: String?
    /// 0...2147483647.
    public var partnerID: UInt32?

    public init(
        moduleInfos: [ModuleInformation] = [], hardwareArch: String? = nil, osFamily: String? = nil,
        osVersion: String? = nil, osExtendedInfo: String? = nil, runtimeVersion: String? = nil, partnerID: UInt32? = nil
    ) {
        self.moduleInfos = moduleInfos
        self.hardwareArch = hardwareArch
        self.osFamily = osFamily
        self.osVersion = osVersion
        self.osExtendedInfo = osExtendedInfo
        self.runtimeVersion = runtimeVersion
        self.partnerID = partnerID
    }

    /// A program, or a part of one. Name, version and build are numbers in the document, and texts in every known
    /// schema; they are sent as texts.
    public struct ModuleInformation: Sendable, Hashable {
        public var name: String
        public var version: String
        public var buildInfo: String?
        public var deviceInfo: DeviceInformation?
        public var extendedInfo: [KeyValuePair]
        public var buildArch: String?

        public init(
            name: String, version: String, buildInfo: String? = nil, deviceInfo: DeviceInformation? = nil,
            extendedInfo: [KeyValuePair] = [], buildArch: String? = nil
        ) {
            self.name = name
            self.version = version
            self.buildInfo = buildInfo
            self.deviceInfo = deviceInfo
            self.extendedInfo = extendedInfo
            self.buildArch = buildArch
        }
    }

    /// The device that a program drives.
    public struct DeviceInformation: Sendable, Hashable {
        public var manufacturer: String?
        public var model: String?
        public var firmwareVersion: String?

        public init(manufacturer: String? = nil, model: String? = nil, firmwareVersion: String? = nil) {
            self.manufacturer = manufacturer
            self.model = model
            self.firmwareVersion = firmwareVersion
        }
    }
}

extension SoftwareInformation {
    var pb: PBServiceRequest.SoftwareInformation {
        var pb = PBServiceRequest.SoftwareInformation()
        pb.moduleInfos = self.moduleInfos.map(\.pb)
        if let hardwareArch { pb.hardwareArch = hardwareArch }
        if let osFamily { pb.osFamily = osFamily }
        if let osVersion { pb.osVersion = osVersion }
        if let osExtendedInfo { pb.osExtendedInfo = osExtendedInfo }
        if let runtimeVersion { pb.runtimeVersion = runtimeVersion }
        if let partnerID { pb.partnerID = partnerID }
        return pb
    }
}

extension SoftwareInformation.ModuleInformation {
    fileprivate var pb: PBServiceRequest.SoftwareInformation.ModuleInformation {
        var pb = PBServiceRequest.SoftwareInformation.ModuleInformation()
        pb.name = self.name
        pb.version = self.version
        if let buildInfo { pb.buildInfo = buildInfo }
        if let deviceInfo { pb.deviceInfo = deviceInfo.pb }
        pb.extendedInfo = self.extendedInfo.map(\.pb)
        if let buildArch { pb.buildArch = buildArch }
        return pb
    }
}

extension SoftwareInformation.DeviceInformation {
    fileprivate var pb: PBServiceRequest.SoftwareInformation.ModuleInformation.DeviceInformation {
        var pb = PBServiceRequest.SoftwareInformation.ModuleInformation.DeviceInformation()
        if let manufacturer { pb.manufacturer = manufacturer }
        if let model { pb.model = model }
        if let firmwareVersion { pb.firmwareVersion = firmwareVersion }
        return pb
    }
}
