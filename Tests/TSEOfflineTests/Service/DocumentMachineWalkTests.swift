import FiscalCore
import TSEOffline
import Testing

/// The machine of a document and a model of its TSE: from every state every event, until no new state appears. What
/// holds everywhere stands in `DocumentJoint.check`; and every state has a way to its end.
@Suite("A document and its TSE, explored together")
struct DocumentMachineWalkTests {
    private static let events: [DocumentJoint.Event] =
        DocumentJoint.Fate.allCases.map { .create($0) } + DocumentJoint.Fate.allCases.map { .call($0) } + [
            .finishRequested, .answerOffline, .restart, .belatedArrives, .sweep, .somebodyCloses, .tseIsReplaced,
        ]

    @Test("No document is signed twice, none is lost, no answer changes", arguments: ReSigningPolicy.allCases)
    func walk(_ policy: ReSigningPolicy) throws {
        var known: Set<DocumentJoint> = []
        var level = [DocumentJoint(policy: policy)]
        var transitions = 0
        var endings: Set<String> = []
        while !level.isEmpty {
            var next: [DocumentJoint] = []
            for joint in level {
                for event in Self.events {
                    var after = joint
                    // Four transactions are enough for every tangle.
                    guard try after.apply(event), after.model.transactions.count <= 4 else { continue }
                    transitions += 1
                    guard known.insert(after).inserted else { continue }
                    do { try after.check() } catch {
                        Issue.record("\(error), after \(event) in \(joint)")
                        return
                    }
                    endings.insert(try self.ending(of: after))
                    next.append(after)
                }
            }
            level = next
        }
        print("document and TSE, \(policy): \(known.count) states, \(transitions) transitions")
        #expect(known.count > 1000)
        let expected: Set<String> = ["signed", "reSigned", "signatureNotAtHand", "pending"]
        #expect(endings == (policy == .never ? expected.union(["neverSigned"]) : expected))
    }

    /// In good weather, and when the till finishes what it began, everything comes to its end.
    private func ending(of start: DocumentJoint) throws -> String {
        var joint = start
        _ = try joint.apply(.belatedArrives)
        _ = try joint.apply(.restart)
        _ = try joint.apply(.finishRequested)
        for _ in 0..<8 {
            guard try joint.apply(.call(.well)) else { break }
            try joint.check()
        }
        _ = try joint.apply(.restart)
        _ = try joint.apply(.sweep)
        #expect(!joint.model.transactions.contains(.open), "a transaction stays open: \(start)")
        switch joint.machine.state {
        case .signed, .reSigned:
            #expect(joint.model.signatures == 1)
            return joint.answer == .regular ? "signed" : "reSigned"
        case .signatureNotAtHand: return "signatureNotAtHand"
        case .neverSigned: return "neverSigned"
        case .offline, .finishing:
            // Only where somebody else closed the transaction in the middle of a doubt.
            #expect(joint.hasMeddling, "it never ends: \(start)")
            return "pending"
        case .creating, .open:
            Issue.record("it was not finished: \(start)")
            return ""
        }
    }
}
