import FiscalCore
import Foundation
import Testing

@testable import CRKProtocol

/// A register on its way through chapter 3, with a model of everything around it: the repository, the memories of the
/// device, the people. The model knows what is true; the machine knows only what it was told.
struct ModelledFiscalisation {
    struct Setting: Sendable, Hashable, CaseIterable, CustomTestStringConvertible {
        var kind: RegisterKind
        var category: String?
        /// Whether the schedule of CMD09 suspends sending.
        var isSuspended: Bool

        static let allCases = [RegisterKind.hardware, .software].flatMap { kind in
            [nil, "kantor"].flatMap { category in
                [false, true].map { Setting(kind: kind, category: category, isSuspended: $0) }
            }
        }
        var testDescription: String {
            "\(self.kind)" + (self.category == nil ? "" : " with a category") + (self.isSuspended ? ", suspended" : "")
        }

        /// The steps of chapter 3 that this register takes.
        var steps: [FiscalisationStep] {
            FiscalisationStep.allCases.filter {
                switch $0 {
                case .checkProgram: self.kind == .software
                case .recordPurpose: self.category != nil
                default: true
                }
            }
        }
    }

    /// What is true, whoever knows it.
    struct Truth: Hashable {
        enum Repository: Hashable { case unknown, roz, fis }
        var repository = Repository.unknown
        /// How many registration numbers the repository has given to this register.
        var numbers = 0
        var hasKeys = false
        var hasSentCertificates = false
        var isProgramAdmitted = false
        /// How often the device carried out each of its steps, up to 2.
        var writes: [FiscalisationStep: Int] = [:]
        var isReportTaken = false
        var hasTimetable = false
        var isSuspended: Bool
        /// A person gave up a request that had been granted.
        var wasGivenUp = false
        /// A person went on without a timetable.
        var wentOn = false
    }

    let setting: Setting
    var machine: FiscalisationMachine
    var truth: Truth

    static let now = FiscalInstant(secondsSinceEpoch: 1_800_000_000)
    static let report: Int64 = 7
    static let unit = (try? UniqueNumber("ZTE1701000901"))
    static let number = (try? RegistrationNumber("2017/000000101"))

    init(_ setting: Setting) throws {
        self.setting = setting
        self.machine = try Self.fresh(setting)
        self.truth = Truth(isSuspended: setting.isSuspended)
    }

    static func fresh(_ setting: Setting) throws -> FiscalisationMachine {
        let unit = try UniqueNumber("ZTE1701000901")
        let taxpayer = try NIP("5260250274")
        let request =
            setting.kind == .software
            ? FiscalisationRequest(software: unit, taxpayer: taxpayer)
            : try FiscalisationRequest(hardware: "SN 1", taxpayer: taxpayer, technician: "M-1")
        return FiscalisationMachine(unit, setting.kind, request, category: setting.category, at: Self.now)
    }

    /// Everything that makes a difference to what may come; pauses do not.
    var key: [AnyHashable] { [self.machine.phase, self.machine.facts, self.truth] }

    func writes(_ step: FiscalisationStep) -> Int { self.truth.writes[step] ?? 0 }
    var writes: Int { self.truth.writes.values.reduce(0, +) }

    /// Whether a step is done in truth.
    func isDone(_ step: FiscalisationStep) -> Bool {
        switch step {
        case .fetchRepositoryKeys: self.truth.hasKeys
        case .sendRegisterCertificates: self.truth.hasSentCertificates
        case .checkProgram: self.truth.isProgramAdmitted
        case .requestFiscalisation: self.truth.numbers > 0
        case .receiveRegistrationNumber: self.machine.facts != nil
        case .recordFiscalisation, .bindMemories, .zeroCounters, .recordTaxpayer, .recordRegistrationNumber,
            .recordPurpose, .makeFiscalReport:
            self.writes(step) > 0
        case .confirmFiscalisation: self.truth.repository == .fis
        case .sendFiscalReport: self.truth.isReportTaken
        case .storeTimetable: self.truth.hasTimetable || self.truth.wentOn
        }
    }

    /// Whether every step of this register before `step` is done in truth.
    func isReady(for step: FiscalisationStep) -> Bool {
        self.setting.steps.filter { $0 < step }.allSatisfy(self.isDone)
    }

    /// The process ends here, and another one takes up what was stored.
    func restarted() throws -> Self {
        var after = self
        after.machine = try JSONDecoder().decode(
            FiscalisationMachine.self, from: JSONEncoder().encode(self.machine))
        after.machine.restarted()
        return after
    }

    mutating func write(_ step: FiscalisationStep) { self.truth.writes[step] = min(self.writes(step) + 1, 2) }

    /// Somebody begins again after a refusal.
    func begunAgain() throws -> Self {
        var after = self
        after.machine = try Self.fresh(self.setting)
        (after.truth.hasKeys, after.truth.hasSentCertificates, after.truth.isProgramAdmitted) = (false, false, false)
        return after
    }
}
