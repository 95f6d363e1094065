import EETProtocol
import FiscalCore
import Testing

/// The caller who cannot watch the process: what he may conclude from marker, output and time.
@Suite struct PollingRuleTests {
    private let rule = PollingRule(timeout: .seconds(2), margin: .seconds(3))
    private let recorded = SampleCodes.file([
        "0/6460/ZQ42", SampleCodes.pkp, SampleCodes.bkp, SampleCodes.fik, SampleCodes.uuid, "",
    ])

    private func verdict(
        marker: Bool, output: [UInt8]?, fresh: Bool = true, after elapsed: Duration
    ) throws -> PollingRule.Verdict {
        self.rule.verdict(
            .init(markerExists: marker, output: output, outputIsFresh: fresh, elapsed: elapsed),
            submitted: try EETInText().read(), edition: .v3, isTest: false)
    }

    @Test("Start, marker, marker gone with an output: wait, wait, finished")
    func story() throws {
        #expect(try self.verdict(marker: false, output: nil, after: .zero) == .wait)
        #expect(try self.verdict(marker: true, output: nil, after: .milliseconds(300)) == .wait)
        #expect(try self.verdict(marker: true, output: self.recorded, after: .milliseconds(900)) == .wait)
        guard
            case .finished(let result) = try self.verdict(
                marker: false, output: self.recorded, after: .milliseconds(901))
        else {
            Issue.record("not finished")
            return
        }
        #expect(result.confirmationCode == SampleCodes.fik)
    }

    @Test("A marker that comes late and an old output of another receipt: the old content is never returned")
    func lateMarkerAndStaleOutput() throws {
        let stale = SampleCodes.file(["OLD", SampleCodes.pkp, SampleCodes.bkp, SampleCodes.fik, SampleCodes.uuid, ""])
        for milliseconds in stride(from: 0, through: 4900, by: 100) {
            let marker = (500..<900).contains(milliseconds)
            let verdict = try self.verdict(
                marker: marker, output: stale, fresh: false, after: .milliseconds(milliseconds))
            #expect(verdict == .wait)
        }
        #expect(
            try self.verdict(marker: false, output: stale, fresh: false, after: .seconds(5))
                == .outcomeUnknown(.noOutput))
        // Even when it was taken for fresh, it belongs to another receipt.
        #expect(try self.verdict(marker: false, output: stale, after: .seconds(1)) == .outcomeUnknown(.otherReceipt))
    }

    @Test("An old output of the same receipt is not taken for the new one either")
    func staleOutputOfTheSameReceipt() throws {
        #expect(try self.verdict(marker: false, output: self.recorded, fresh: false, after: .seconds(1)) == .wait)
    }

    @Test(
        "A marker left by a crash blocks until timeout and margin are over, then the outcome is unknown, never a success"
    )
    func staleMarker() throws {
        #expect(try self.verdict(marker: true, output: nil, after: .milliseconds(4999)) == .wait)
        #expect(try self.verdict(marker: true, output: nil, after: .seconds(5)) == .outcomeUnknown(.markerStays))
        #expect(
            try self.verdict(marker: true, output: self.recorded, after: .seconds(60)) == .outcomeUnknown(.markerStays))
    }

    @Test("No marker and no output after the bound: unknown")
    func nothingHappened() throws {
        #expect(try self.verdict(marker: false, output: nil, after: .seconds(5)) == .outcomeUnknown(.noOutput))
    }

    @Test("An output that cannot be read says nothing certain")
    func unreadable() throws {
        let torn = Array(self.recorded.prefix(100))
        guard case .outcomeUnknown(.unreadable) = try self.verdict(marker: false, output: torn, after: .seconds(1))
        else {
            Issue.record("a torn output was used")
            return
        }
    }

    @Test("The marker is pracuji.txt; the documentation's pracuji.exe is a slip")
    func names() {
        #expect(PollingRule.markerName == "pracuji.txt")
        #expect(PollingRule.inputName == "eetin.txt")
        #expect(PollingRule.outputName == "eetout.txt")
    }
}
