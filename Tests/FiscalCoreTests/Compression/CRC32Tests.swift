import FiscalCore
import FiscalTestSupport
import Testing

@Suite("CRC-32")
struct CRC32Tests {
    @Test("The published check value, and nothing")
    func checkValue() {
        #expect(CRC32.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CRC32.checksum(of: []) == 0)
    }

    @Test(
        "Python's zlib finds the same for any bytes",
        .enabled(if: OutsideTool.exists("python3"), "python3 is absent"))
    func pythonAgrees() throws {
        let random = CountingRandomSource(seed: 32)
        let lines = [1, 2, 3, 255, 256, 1000, 65_536, 100_000].map { random.bytes(count: $0) }
        let script = "import sys, zlib\nfor line in sys.stdin: print(zlib.crc32(bytes.fromhex(line.strip())))"
        let input = lines.map { Hex.encode($0) }.joined(separator: "\n")
        let result = try OutsideTool.run("python3", ["-c", script], input: Array(input.utf8))
        try #require(result.status == 0, "\(result.errorText)")
        let theirs = result.text.split(separator: "\n").map { UInt32($0) }
        #expect(theirs == lines.map { CRC32.checksum(of: $0) })
    }
}
