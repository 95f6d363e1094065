import Foundation
import ProgramTestSupport
import Testing

/// `ferma qr`: the text in the square code of a receipt.
@Suite struct FermaQRProgramTests {
    private let ferma = Program("ferma")
    private let good = "t=20200227T1243&s=175.20&fn=9289000100444444&i=62848&fp=1570734444&n=1"

    @Test("A good text: all six fields, the sum in kopecks, status 0")
    func good() async throws {
        let ending = try await self.ferma.run("qr", self.good, "--json")
        #expect(ending.status == 0 && ending.json["valid"] as? Bool == true, "\(ending.text)\(ending.errors)")
        #expect(ending.json["totalKopecks"] as? Int == 17_520)
        #expect(ending.json["t"] as? String == "20200227T1243")
        #expect(ending.json["fn"] as? String == "9289000100444444")
        #expect(ending.json["i"] as? Int == 62_848 && ending.json["fp"] as? Int == 1_570_734_444)
        #expect(ending.json["n"] as? Int == 1 && ending.json["problems"] as? [String] == [])
        let seconds = try await self.ferma.run("qr", self.good.replacing("T1243", with: "T124357"), "--json")
        #expect(seconds.status == 0 && seconds.json["t"] as? String == "20200227T124357")
    }

    @Test("A text that breaks one rule is not valid: status 1, the problem said, what can be read is read")
    func bad() async throws {
        let breaks: [(from: String, to: String)] = [
            ("T1243", "T3333"), ("T1243", "Т1243"), ("20200227", "20200230"), ("T1243", "T12"), ("175.20", "175.2"),
            ("175.20", "175,20"), ("175.20", "0175.20"), ("9289000100444444", "92890001004444"), ("i=62", "i=062"),
            ("fp=1570734444", "fp=4294967296"), ("fp=1", "fp=01"), ("n=1", "n=5"), ("n=1", "n=0"), ("&n=1", ""),
            ("n=1", "n=1&x=2"), ("t=", "T="), ("s=175.20&fn=9289000100444444", "fn=9289000100444444&s=175.20"),
        ]
        for (from, to) in breaks {
            let text = self.good.replacing(from, with: to)
            let ending = try await self.ferma.run("qr", text, "--json")
            #expect(ending.status == 1 && ending.json["valid"] as? Bool == false, "\(text): \(ending.text)")
            #expect((ending.json["problems"] as? [String])?.isEmpty == false, "\(text)")
        }
        let hour = try await self.ferma.run("qr", self.good.replacing("T1243", with: "T3333"), "--json")
        #expect(hour.json["i"] as? Int == 62_848 && hour.json["totalKopecks"] as? Int == 17_520, "\(hour.text)")
        let nothing = try await self.ferma.run("qr", "", "--json")
        #expect(nothing.status == 1 && nothing.json["i"] is NSNull, "\(nothing.text)")
    }
}
