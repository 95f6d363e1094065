import Foundation
import OFDKazProtocol
import Testing

/// The register and an independent model of its server: from every state every event, until no new state appears.
///
/// What holds everywhere stands in `Joint+Checks.swift`: the server keeps the documents that were issued, in order and
/// none twice; TOKEN and REQNUM are in step after every recovery; nothing leaves a blocked register but what decisions
/// K5 and K28 allow; both sides have counted the same once the queue is empty; and every state has a way back to work.
/// Documents that a person set apart are what the person made of them.
///
/// `FISCAL_CAMPAIGN=long` joins what the short walks keep apart.
@Suite("Register and server, explored together", .serialized)
struct ExhaustiveWalkTests {
    @Test("Every walk ends without a violation", arguments: Walk.short)
    func short(_ walk: Walk) throws { try walk.take() }

    @Test("Every long walk ends without a violation", .enabled(if: Walk.isLong), arguments: Walk.long)
    func long(_ walk: Walk) throws { try walk.take() }

    struct Walk: Sendable, CustomTestStringConvertible {
        var name: String
        var plan: JointWalk.Plan
        var testDescription: String { self.name }

        init(_ name: String, _ plan: JointWalk.Plan) {
            self.name = name
            self.plan = plan
        }

        func take() throws {
            var walk = try JointWalk(self.plan)
            try walk.run()
            print("register and server, \(self.name): \(walk.figures)")
            #expect(walk.figures.isComplete || walk.figures.depth >= 10)
            #expect(Set(walk.figures.modes.keys) == ["ONLINE", "OFFLINE", "BLOCKED", "SERVER-BLOCKED"])
        }

        static var isLong: Bool { ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" }

        /// 8 refuses the pair, 13 the message.
        static let twoRefusals: [ResultCode] = [.invalidRequestNumber, .incorrectRequestData]

        static let short: [Walk] = [
            Walk(
                "every kind of message and every class of answer, a queue of one",
                .init(kinds: MessageKind.allCases, longestQueue: 1)),
            Walk(
                "a ticket or a report before and behind another one",
                .init(kinds: [.ticket, .report], refusals: Self.twoRefusals)),
            Walk(
                "a queue of three",
                .init(kinds: [.ticket], refusals: [.incorrectRequestData], rotations: [true], longestQueue: 3)),
            Walk(
                "a server that refuses before it looks for repeats",
                .init(reading: .refusalsFirst, kinds: [.ticket], refusals: Self.twoRefusals)),
            Walk(
                "a server that answers 8 to the last number under any token",
                .init(reading: .wideCodeEight, kinds: [.ticket], refusals: Self.twoRefusals)),
            Walk(
                "requests that arrive after they were given up",
                .init(
                    kinds: [.ticket], refusals: Self.twoRefusals, rotations: [true], hasDelays: true, longestQueue: 1)),
            Walk(
                "a server that gives a new token with INFO and NOMENCLATURE",
                .init(
                    kinds: [.ticket], services: [.keepAlive, .nomenclature], refusals: Self.twoRefusals,
                    rotatesOnInfo: true, longestQueue: 1)),
            Walk(
                "days pass, and the clock is set back",
                .init(kinds: [.ticket], refusals: Self.twoRefusals, hasClock: true, longestQueue: 1)),
        ]

        static let long: [Walk] =
            ModelAuthority.Reading.allCases.map {
                Walk("everything, a queue of two, \($0)", .init(reading: $0, kinds: MessageKind.allCases))
            } + [
                Walk(
                    "everything, a queue of three, to depth 14",
                    .init(kinds: MessageKind.allCases, longestQueue: 3, depth: 14)),
                Walk(
                    "tickets, a queue of three", .init(kinds: [.ticket], refusals: Self.twoRefusals, longestQueue: 3)),
                Walk(
                    "requests that arrive after they were given up, a queue of two",
                    .init(kinds: [.ticket, .report], refusals: Self.twoRefusals, rotations: [true], hasDelays: true)),
                Walk(
                    "days pass, and the clock is set back, a queue of two",
                    .init(kinds: [.ticket, .report], refusals: Self.twoRefusals, hasClock: true)),
                Walk(
                    "a new token with INFO as well, a queue of two",
                    .init(services: [.keepAlive, .nomenclature], rotatesOnInfo: true)),
            ]
    }
}
