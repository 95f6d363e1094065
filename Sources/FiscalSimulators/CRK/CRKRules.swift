/// How the simulated repository behaves where the document leaves a choice. Times in seconds, sizes in octets.
public struct CRKRules: Sendable, Hashable, Codable {
    /// How the body of an error of the CPD server looks; the document prints none.
    public enum ErrorBody: String, Sendable, Hashable, Codable, CaseIterable {
        /// `{"Code":…,"Message":…}`, in the spirit of ErrorDetails.
        case json
        /// The same inside `{"error":…}`, with small letters.
        case nested
        case text, html, empty
    }

    /// Which numbers belong to a model: whole unique numbers or beginnings of them.
    public var pool = ["ZTE", "WTE"]
    /// Beginnings of the unique numbers of registers in the form of software, unless a register was enrolled as another
    /// kind.
    public var softwarePrefixes = ["W"]
    /// Taxpayers that exist; nil for all.
    public var taxpayers: [String]?
    /// Technicians that may work; nil, as in the document, asks nobody.
    public var technicians: [String]?
    /// Programs that are admitted; nil for all.
    public var programs: [CRKProgram]?
    /// False: the repository has no certificates of its own yet (B02).
    public var hasRepositoryCertificates = true
    /// CMD09 says by `statusFisc` what else has a code of its own: 02 for B03, 05 for B04, 17 for B06, 18 for B11, 19 for
    /// B12.
    public var refusesByStatus = false
    /// The first registration number is that of this count.
    public var firstRegistrationNumber: Int64 = 101

    // MARK: Spelling

    /// CMD02 says `shippmentType`, as its example does.
    public var doublesPInTimetable = false
    /// CMD06 says `shippmentType`.
    public var doublesPInDocumentOrder = false
    /// CMD09 says `shippmentType`, as its table does.
    public var doublesPInFiscalisation = true
    /// A refused CMD09 says `shippmentType`; its example does not.
    public var doublesPInRefusal = false
    /// A refused CMD09 has its members where the document's example has them: outside of `attributes`.
    public var misplacesRefusal = false
    /// `statusFisc.code` with one digit, as in the examples.
    public var writesShortStatus = false
    /// CMD12 has no `maxMemNr`, as in its example.
    public var omitsMemoryNumber = false
    /// Whole numbers are texts.
    public var writesNumbersAsText = false
    public var errorBody = ErrorBody.json
    /// Which command's table has the words for a request that does not say what it is; nil for the general table.
    public var unnamedCommand: String?

    // MARK: Orders

    /// What CMD09 grants, and what is ordered when a register becomes FIS.
    public var timetable = CRKTimetable()
    /// A CMD02 waits for every register that becomes FIS.
    public var ordersTimetable = true
    /// More than one: waiting orders are served as an array of that many at the most.
    public var ordersPerAnswer = 1
    /// A second confirmation of an order gets Code 110; otherwise 204 again.
    public var forgetsConfirmedOrders = false
    /// The seal of orders, as the programs take a profile.
    public var orderSeal = #"{"compression":"none"}"#

    // MARK: Event Hub

    public var tokenLifetime: Int64 = 3_600
    /// A token is made this long, by a parameter without meaning; nil leaves it as it is.
    public var tokenLength: Int?
    /// A malformed token is answered with 500, as some say the real service does.
    public var malformedTokenGives500 = false
    /// Larger requests get 413, measured as they come over the wire; some read the document's 256 kB as 262144.
    public var packetLimit = 256_000
    /// The seal of packets, as the programs take a profile.
    public var packetSeal = "{}"
    /// The member that numbers documents, wherever it stands inside them.
    public var numberMember = "JPKID"

    // MARK: Other

    /// Larger requests of the WebApi get 404.
    public var webApiLimit = 102_400
    /// The repository's clock is so far ahead of the time that requests come with; negative for behind.
    public var clockSkewMilliseconds: Int64 = 0

    public init() {}
}

/// What CMD09 grants and CMD02 sets: any numbers and words, also wrong ones.
public struct CRKTimetable: Sendable, Hashable, Codable {
    public var sendFreqEventHub: Int64 = 7_200
    public var checkFreqWebApi: Int64 = 1_800
    public var shipmentType = "PA;FA;RD;WN"

    public init(sendFreqEventHub: Int64 = 7_200, checkFreqWebApi: Int64 = 1_800, shipmentType: String = "PA;FA;RD;WN") {
        self.sendFreqEventHub = sendFreqEventHub
        self.checkFreqWebApi = checkFreqWebApi
        self.shipmentType = shipmentType
    }
}

/// A version of a register's program.
public struct CRKProgram: Sendable, Hashable, Codable {
    /// `firmwareMetadata`
    public var metadata: String
    /// `firmwareChecksum`, in small letters.
    public var checksum: String

    public init(metadata: String, checksum: String) {
        self.metadata = metadata
        self.checksum = checksum.lowercased()
    }
}
