import FermaClient
import FiscalCore
import Testing

@Suite("What is allowed in a request, but deserves a look")
struct RequestWarningTests {
    private func warnings(_ request: JSON) -> [String] {
        let report = RequestReport(checking: request)
        #expect(report.issues == [])
        return report.warnings.map(\.description)
    }

    @Test("A line that is not exact")
    func inexact() {
        let line = TestRequest.line.changed(["Price": 333, "Qty": 1500])
        #expect(
            self.warnings(TestRequest.with(["Lines": .array([line]), "NonCash": [500]])) == ["inexactLine Lines[0]"])
    }

    @Test("TaxMode 0 and the abolished 8")
    func taxMode() {
        #expect(self.warnings(TestRequest.with(["TaxMode": 0])) == ["taxModeZero TaxMode"])
        #expect(self.warnings(TestRequest.with(["TaxMode": 8])) == ["taxModeAbolished TaxMode"])
    }

    @Test("An agent without the supplier's INN, on the line or for the whole document")
    func agent() {
        let missing = ["agentWithoutSupplierINN Lines[0].ProviderData.INN"]
        #expect(self.warnings(TestRequest.withLine(["AgentModes": 64])) == missing)
        #expect(self.warnings(TestRequest.with(["PaymentAgentModes": 64])) == missing)
        #expect(self.warnings(TestRequest.withLine(["AgentModes": 64, "ProviderData": ["INN": "7707083893"]])) == [])
    }

    @Test("Optional members without a value")
    func empty() {
        let request = TestRequest.with([
            "Group": "", "Clientid": .null, "Place": "", "Cash": 0, "PaymentAgentModes": 0, "FullResponse": .null,
            "PhoneOrEmail": "",
        ])
        #expect(
            Set(self.warnings(request)) == [
                "emptyMember Group", "emptyMember Clientid", "emptyMember Place", "emptyMember Cash",
                "emptyMember PaymentAgentModes", "emptyMember FullResponse", "emptyMember PhoneOrEmail",
            ])
        let line = TestRequest.withLine(["PayAttribute": .null, "ProviderData": [:], "AgentData": ["Phone": ""]])
        #expect(
            Set(self.warnings(line)) == [
                "emptyMember Lines[0].PayAttribute", "emptyMember Lines[0].ProviderData",
                "emptyMember Lines[0].AgentData.Phone",
            ])
    }

    @Test("Members that nobody knows, and those that stand twice")
    func names() {
        #expect(self.warnings(TestRequest.with(["Password": 1])) == ["unknownMember Password"])
        #expect(self.warnings(TestRequest.withLine(["SubTotal": 1])) == ["unknownMember Lines[0].SubTotal"])
        let twice = TestRequest.with(["RequestId": "other"])
        #expect(self.warnings(twice) == ["repeatedMember RequestId"])
    }
}
