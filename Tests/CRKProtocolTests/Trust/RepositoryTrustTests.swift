import FiscalCore
import Foundation
import Testing

@testable import CRKProtocol

@Suite("Whom a register trusts on each channel")
struct RepositoryTrustTests {
    private let anchors: [Certificate]
    private let certificates: TrustCertificates
    private let first: RepositoryKeys, second: RepositoryKeys, third: RepositoryKeys

    init() throws {
        let certificates = try TrustCertificates.shared.get()
        self.certificates = certificates
        self.anchors = try ["MF root", "MF root 2"].map { try certificates.named($0) }
        func keys(_ turn: Int) throws -> RepositoryKeys {
            RepositoryKeys(
                webApiTLS: try certificates.named("webapi \(turn)"),
                cpdServerTLS: try certificates.named("cpd \(turn)"),
                repositoryEncrypt: try certificates.named("encrypt \(turn)"),
                eventHubAuthorities: [
                    try certificates.named("hub \(turn) a"), try certificates.named("hub \(turn) b"),
                ])
        }
        (self.first, self.second, self.third) = (try keys(1), try keys(2), try keys(3))
    }

    /// The names in the sets that are tried, in their order.
    private func names(_ trust: RepositoryTrust, _ channel: CRKChannel, isKeyCall: Bool = false) -> [[String]] {
        trust.candidates(for: channel, anchors: self.anchors, isKeyCall: isKeyCall).map { set in
            set.map { $0.subject.attributes.first?.value ?? "" }
        }
    }

    private func stored(_ trust: RepositoryTrust) throws -> RepositoryTrust {
        try JSONDecoder().decode(RepositoryTrust.self, from: JSONEncoder().encode(trust))
    }

    @Test("Before CMD07 the given anchors count, on every channel", arguments: CRKChannel.allCases)
    func before(_ channel: CRKChannel) {
        #expect(self.names(RepositoryTrust(), channel) == [["MF root", "MF root 2"]])
        #expect(RepositoryTrust().repositoryEncrypt == nil)
    }

    @Test("After CMD07 each channel trusts what was named for it alone, also in another process")
    func after() throws {
        var trust = RepositoryTrust()
        trust.adopt(self.first)
        for trust in [trust, try self.stored(trust)] {
            #expect(self.names(trust, .webApi) == [["webapi 1"]])
            #expect(self.names(trust, .cpd) == [["cpd 1"]])
            #expect(self.names(trust, .eventHub) == [["hub 1 a", "hub 1 b"]])
            #expect(trust.repositoryEncrypt == self.first.repositoryEncrypt)
            #expect(CRKChannel.allCases.allSatisfy { !trust.isRollingOver($0) })
        }
    }

    @Test("CMD07 itself works under the anchors too, tried last")
    func keyCall() {
        var trust = RepositoryTrust()
        trust.adopt(self.first)
        #expect(self.names(trust, .cpd, isKeyCall: true) == [["cpd 1"], ["MF root", "MF root 2"]])
        trust.adopt(self.second)
        #expect(
            self.names(trust, .cpd, isKeyCall: true) == [["cpd 2"], ["cpd 2", "cpd 1"], ["MF root", "MF root 2"]])
    }

    @Test("Old certificates stay beside the new ones until a channel has worked under the new ones alone")
    func rollOver() throws {
        var trust = RepositoryTrust()
        trust.adopt(self.first)
        trust.adopt(self.second)
        #expect(self.names(trust, .webApi) == [["webapi 2"], ["webapi 2", "webapi 1"]])
        #expect(
            self.names(trust, .eventHub)
                == [["hub 2 a", "hub 2 b"], ["hub 2 a", "hub 2 b", "hub 1 a", "hub 1 b"]])
        // Old and new together prove nothing.
        let both = trust.candidates(for: .webApi, anchors: self.anchors)[1]
        trust.succeeded(.webApi, trusting: both)
        trust.succeeded(.webApi, trusting: self.anchors)
        trust.succeeded(.webApi, trusting: [self.first.webApiTLS])
        #expect(trust.isRollingOver(.webApi))
        trust = try self.stored(trust)
        trust.succeeded(.webApi, trusting: [self.second.webApiTLS])
        #expect(self.names(trust, .webApi) == [["webapi 2"]])
        // Each channel for itself.
        #expect(trust.isRollingOver(.cpd))
        #expect(trust.isRollingOver(.eventHub))
        trust.succeeded(.eventHub, trusting: self.second.eventHubAuthorities)
        #expect(self.names(trust, .eventHub) == [["hub 2 a", "hub 2 b"]])
        #expect(trust.isRollingOver(.cpd))
    }

    @Test("Two changes before anything worked leave what worked before them")
    func twice() {
        var trust = RepositoryTrust()
        trust.adopt(self.first)
        trust.adopt(self.second)
        trust.succeeded(.cpd, trusting: [self.second.cpdServerTLS])
        trust.adopt(self.third)
        #expect(self.names(trust, .webApi) == [["webapi 3"], ["webapi 3", "webapi 2", "webapi 1"]])
        #expect(self.names(trust, .cpd) == [["cpd 3"], ["cpd 3", "cpd 2"]])
        trust.succeeded(.webApi, trusting: [self.third.webApiTLS])
        #expect(self.names(trust, .webApi) == [["webapi 3"]])
    }

    @Test("The same certificates once more change nothing, and only a changed channel rolls over")
    func sameAgain() {
        var trust = RepositoryTrust()
        trust.adopt(self.first)
        let before = trust
        trust.adopt(self.first)
        #expect(trust == before)
        var keys = self.first
        keys.webApiTLS = self.second.webApiTLS
        trust.adopt(keys)
        #expect(trust.isRollingOver(.webApi))
        #expect(!trust.isRollingOver(.cpd))
        #expect(!trust.isRollingOver(.eventHub))
    }

    @Test("A change that is taken back ends where it began")
    func takenBack() {
        var trust = RepositoryTrust()
        for keys in [self.first, self.second, self.first] { trust.adopt(keys) }
        #expect(self.names(trust, .webApi) == [["webapi 1"], ["webapi 1", "webapi 2"]])
    }

    @Test("Ten changes without a success keep a list that does not grow for ever")
    func manyChanges() throws {
        var trust = RepositoryTrust()
        for turn in 0..<40 {
            var keys = self.first
            keys.webApiTLS = try self.certificates.named("webapi \(turn)")
            keys.repositoryEncrypt = try self.certificates.named("encrypt \(turn)")
            trust.adopt(keys)
        }
        let names = self.names(trust, .webApi)
        #expect(names.first == ["webapi 39"])
        #expect(names.last?.prefix(2) == ["webapi 39", "webapi 38"])
        #expect((names.last?.count ?? 0) <= 21)
        #expect(trust.repositoryEncryptCertificates.count == 5)
    }

    @Test("Orders that were sealed before a change of the repository's certificate can still be told from forged ones")
    func encrypt() {
        var trust = RepositoryTrust()
        trust.adopt(self.first)
        trust.adopt(self.second)
        #expect(trust.repositoryEncrypt == self.second.repositoryEncrypt)
        #expect(
            trust.repositoryEncryptCertificates == [self.second.repositoryEncrypt, self.first.repositoryEncrypt])
    }

    @Test("What is kept holds no anchors: they are given at every start")
    func anchorsAreNotKept() throws {
        var trust = RepositoryTrust()
        trust.adopt(self.first)
        let other = [try self.certificates.named("another root")]
        let sets = try self.stored(trust).candidates(for: .cpd, anchors: other, isKeyCall: true)
        #expect(sets == [[self.first.cpdServerTLS], other])
    }

    @Test("Every certificate that counts is known with what it is for")
    func roles() {
        var trust = RepositoryTrust()
        #expect(trust.certificates(anchors: self.anchors).map(\.role) == [.anchor, .anchor])
        trust.adopt(self.first)
        let all = trust.certificates(anchors: self.anchors)
        #expect(
            all.map(\.role) == [
                .anchor, .anchor, .cpdServerTLS, .webApiTLS, .repositoryEncrypt, .eventHubAuthority,
                .eventHubAuthority,
            ])
        #expect(all[2].certificate == self.first.cpdServerTLS)
        #expect(all[6].certificate == self.first.eventHubAuthorities[1])
    }
}
