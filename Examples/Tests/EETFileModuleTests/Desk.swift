import EETFileModule
import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalStore
import Foundation
import Synchronization

/// A cash desk: a folder with its files, the module's journal, and the tax office at the other end of a wire in memory.
final class Desk: Sendable {
    let folder: String
    let edition: Edition
    let environment: EETEnvironment
    let office: SimulatedTransport<EETAuthority>
    let said = Lines()
    /// Journals by their path: they outlive a run as a file would.
    private let stores = Mutex<[String: MemoryStore]>([:])
    /// What the next runs are given instead of the usual; changed by tests.
    let options: Mutex<ModuleOptions>
    let licensor = Mutex<(any Licensor)?>(nil)
    let fileObserver = Mutex<FileStepObserver?>(nil)
    let storeFault = Mutex<(any Error)?>(nil)

    init(
        _ edition: Edition = .v3, environment: EETEnvironment = .playground, taxpayer: EETCredentials? = nil,
        timeout: Int = 2000, password: String? = nil
    ) throws {
        self.edition = edition
        self.environment = environment
        let identity = environment.isTest ? TestOffice.playground : TestOffice.production
        self.office = SimulatedTransport(
            EETAuthority(edition: edition, environment: environment, identity: identity, random: Noise(77)),
            clock: StillClock())
        self.folder = NSTemporaryDirectory() + "eet-desk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
        let credentials = taxpayer ?? (environment.isTest ? TestOffice.testTaxpayer : TestOffice.merchant)
        try Data(credentials.pkcs12).write(to: URL(fileURLWithPath: self.folder + "/taxpayer.p12"))
        try Data(identity.sealAuthorityCertificate.pem.utf8).write(to: URL(fileURLWithPath: self.folder + "/seal.pem"))
        self.options = Mutex(
            ModuleOptions(
                edition: edition, endpoint: "https://127.0.0.1:8443\(EETAuthority.path(edition))",
                sealAuthorities: [self.folder + "/seal.pem"]))
        try ModuleFolder(self.folder).write(
            EETConfigurationFile(
                isDebug: environment.isTest, timeoutMilliseconds: timeout, certificatePath: "taxpayer.p12",
                certificatePassword: password ?? credentials.password))
    }

    deinit { try? FileManager.default.removeItem(atPath: self.folder) }

    // MARK: Files

    /// Rows of a receipt that fits the desk.
    func rows(_ number: String = "0/6460/ZQ42") -> [String] {
        let dic = self.environment.isTest ? "CZ1212121218" : "CZ00000019"
        return [
            "TRUE", "FALSE", dic, "", "273", "/5546/RO24", number, "2026-11-21T10:59:12+01:00", "121.00", "0", "100.00",
            "21.00", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "FALSE",
        ]
    }

    func writeInput(_ rows: [String]) throws {
        try self.write("eetin.txt", rows.joined(separator: "\r\n") + "\r\n")
    }

    /// Writes `eetin.txt` for a receipt, with rows replaced (counted from 1).
    func writeReceipt(_ number: String = "0/6460/ZQ42", _ replacements: [Int: String] = [:]) throws {
        var rows = self.rows(number)
        for (row, text) in replacements { rows[row - 1] = text }
        try self.writeInput(rows)
    }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(self.folder)/\(name)"))
    }

    func text(_ name: String) -> String? {
        (try? Data(contentsOf: URL(fileURLWithPath: "\(self.folder)/\(name)"))).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(self.folder)/\(name)") }

    /// The six rows of `eetout.txt`, or what is there instead.
    var output: [String] {
        guard let text = self.text("eetout.txt") else { return ["missing"] }
        let rows = text.components(separatedBy: "\r\n")
        return rows.last == "" ? Array(rows.dropLast()) : ["not closed"] + rows
    }

    // MARK: Runs

    func change(_ body: (inout ModuleOptions) -> Void) {
        self.options.withLock { body(&$0) }
    }

    var host: ModuleHost {
        ModuleHost(
            openStore: { [self] path in
                if let fault = self.storeFault.withLock({ $0 }) { throw fault }
                return self.store(path)
            },
            openTransport: { [office] _ in office }, clock: StillClock(),
            randomness: Noise(UInt64(self.office.exchangeCount) + UInt64(self.said.all.count) * 1000 + 5),
            licensor: self.licensor.withLock { $0 }, fileObserver: self.fileObserver.withLock { $0 },
            say: { [said] in said.add($0) })
    }

    func store(_ path: String) -> MemoryStore {
        self.stores.withLock { stores in
            if let store = stores[path] { return store }
            let store = MemoryStore()
            stores[path] = store
            return store
        }
    }

    @discardableResult
    func run() async -> ModuleReport {
        await ModuleRun(folder: self.folder, options: self.options.withLock { $0 }, host: self.host).run()
    }

    func sync() async -> OutboxRun.Report {
        await OutboxRun(folder: self.folder, options: self.options.withLock { $0 }, host: self.host).run()
    }

    // MARK: The tax office

    /// The next message is treated so.
    func fault(_ fault: EETFault?, times: Int = 1) {
        self.office.withAuthority { $0.faults.add(fault, times: times) }
    }

    var messages: [EETReceivedMessage] { self.office.authority.messages }
    var sales: [EETLedger.Sale] { self.office.authority.sales }

    /// An attribute of `Hlavicka` in each message.
    func header(_ name: String) -> [String?] { self.messages.map { $0.header?[name] } }
    /// An attribute of `Data` in each message.
    func data(_ name: String) -> [String?] { self.messages.map { $0.data?[name] } }
}
