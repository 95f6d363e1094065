import CRKProtocol
import FiscalCore
import FiscalTestSupport
import Foundation
import Testing

@Suite("Identifiers of commands, none twice")
struct CommandIDMintTests {
    private let unit: UniqueNumber
    private let start = FiscalInstant(secondsSinceEpoch: 1_800_000_000)

    init() throws {
        self.unit = try UniqueNumber("ZTE1701000901")
    }

    @Test("An identifier carries the present time")
    func presentTime() {
        var mint = CommandIDMint()
        #expect(mint.next(.mfp, self.unit, at: self.start).text == "MFP.ZTE1701000901.2027-01-15T08:00:00.000Z")
        let later = self.start + .milliseconds(17)
        #expect(mint.next(.dfd, self.unit, at: later).text == "DFD.ZTE1701000901.2027-01-15T08:00:00.017Z")
    }

    @Test("Within one millisecond, and after the clock was set back, each is one millisecond behind the last")
    func sameMillisecond() {
        var mint = CommandIDMint()
        let times = [self.start, self.start, self.start - .seconds(3600), self.start + .milliseconds(1)].map {
            mint.next(.dfd, self.unit, at: $0).time
        }
        #expect(times == (0...3).map { self.start + .milliseconds($0) })
    }

    @Test("Whatever the clock does and however often the process ends, no identifier comes twice")
    func noneTwice() throws {
        var random = SeededGenerator(seed: 2027)
        var mint = CommandIDMint()
        var now = self.start
        var seen: Set<String> = []
        var last = self.start - .seconds(1)
        for _ in 0..<5_000 {
            switch random.pick([0, 1, 2, 3, 4]) {
            case 0: now = now - .milliseconds(Int64.random(in: 0...86_400_000, using: &random))
            case 1: now = now + .milliseconds(Int64.random(in: 0...60_000, using: &random))
            case 2: mint = try JSONDecoder().decode(CommandIDMint.self, from: JSONEncoder().encode(mint))
            default: break
            }
            let id = mint.next(random.pick(CommandCode.allCases), self.unit, at: now)
            #expect(id.time > last)
            let isNew = seen.insert(id.text).inserted
            #expect(isNew)
            last = id.time
        }
    }
}
