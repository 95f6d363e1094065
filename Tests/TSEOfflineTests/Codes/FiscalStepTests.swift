import TSEOffline
import Testing

@Suite("Steps of a document") struct FiscalStepTests {
    @Test("a document is finished by storing or cancelling it")
    func finishing() {
        #expect(FiscalStep.allCases.filter(\.isFinishing) == [.store, .cancel])
    }
}
