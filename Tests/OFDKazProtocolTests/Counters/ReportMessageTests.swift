import FiscalCore
import FiscalTestSupport
import OFDKazProtocol
import SwiftProtobuf
import Testing

/// The messages of whole reports. What is expected was written down by hand as text, made into bytes by `protoc`, and its
/// checksum computed by Python's zlib.
@Suite("Reports as they are sent")
struct ReportMessageTests {
    /// Cash is put in offline, one sale is paid in two ways, one is returned.
    private func day() throws -> RegisterCounters {
        var counters = RegisterCounters()
        try counters.add(placement: CountedTicket.placement(.deposit, 500_00, at: .counted(hour: 9)), isOffline: true)
        var sale = CountedTicket(total: 112_00, at: .counted(hour: 9, minute: 30))
        sale.line(112_00, section: "1", taxes: [CountedTicket.tax(12_000, 12_00)])
        sale.pay(.cash, 100_00)
        sale.pay(.card, 12_00)
        sale.pb.amounts.change = PBMoney(tiyn: 5_50)
        try counters.add(ticket: sale.pb, isOffline: false)
        var back = CountedTicket(.sellReturn, total: 30_50, at: .counted(hour: 10))
        back.line(30_50, section: "2")
        back.pay(.card, 30_50)
        try counters.add(ticket: back.pb, isOffline: false)
        return counters
    }

    @Test("An X report of a day, byte for byte, with its checksum")
    func x() throws {
        let reports = Reports(checksum: .unverifiedCRC32)
        let report = try reports.x(of: self.day(), at: .counted(hour: 12))
        #expect(report.checksum == "6FA87A61")
        let bytes: [UInt8] = try report.pb.serializedBytes()
        #expect(bytes == Self.bytes(Self.xMessage))
        #expect(ZXReport(try PBZXReport(serializedBytes: bytes)) == report)
    }

    @Test("The Z report of the same day, closed with a withdrawal, by the same encoder")
    func z() throws {
        let reports = Reports(checksum: .unverifiedCRC32)
        var counters = try self.day()
        let report = try reports.closeShift(
            of: &counters, at: .counted(hour: 21, minute: 5, second: 59), withdrawsMoney: true)
        #expect(report.checksum == "B8D449AA")
        #expect(try report.pb.serializedBytes() == Self.bytes(Self.zMessage))
        #expect(!counters.isShiftOpen && counters.cash == .tiyn(0))
    }

    @Test("The last Z report is sent again with the checksum of what is sent; while there is none, the empty one is")
    func lastZ() throws {
        let reports = Reports(checksum: .unverifiedCRC32)
        var last = ZXReport(try PBZXReport(serializedBytes: Self.bytes(Self.zMessage)))
        last.checksum = "the server's"
        last.operations.reverse()
        #expect(
            try reports.z(last: last, at: .counted(day: 3, hour: 9)).pb.serializedBytes() == Self.bytes(Self.zMessage))
        let empty = try reports.z(last: nil, at: .counted(hour: 9))
        #expect(empty.shiftNumber == 0 && empty.dateTime == .counted(hour: 9))
        #expect(empty.checksum?.count == 8)
    }

    @Test("The checksum is over the message without it: the default is zlib's CRC-32 in eight upper-case digits")
    func defaultChecksum() {
        // The check value of CRC-32, and one whose first digit is a zero (both from Python's zlib).
        for (text, sum) in [("123456789", "CBF43926"), ("leading zero 20", "06062F06")] {
            let input = ReportChecksum.Input(type: .x, report: ZXReport(), message: Array(text.utf8))
            #expect(ReportChecksum.unverifiedCRC32.text(of: input) == sum)
        }
    }

    @Test("Python's zlib agrees for the report of any day", .enabled(if: OutsideTool.exists("python3"), "no python3"))
    func pythonChecksum() throws {
        let reports = Reports(checksum: .unverifiedCRC32)
        var counters = try self.day()
        var lines: [String] = []
        var sums: [String] = []
        for hour in 10..<22 {
            try counters.add(ticket: CountedTicket.simple(UInt64(hour), at: .counted(hour: hour)), isOffline: false)
            let report = try reports.x(of: counters, at: .counted(hour: hour))
            sums.append(try #require(report.checksum))
            var bare = report.pb
            bare.clearChecksum()
            lines.append(Hex.encode(try bare.serializedBytes() as [UInt8]))
        }
        let script = "import sys, zlib\nfor line in sys.stdin: print('%08X' % zlib.crc32(bytes.fromhex(line.strip())))"
        let result = try OutsideTool.run("python3", ["-c", script], input: Array(lines.joined(separator: "\n").utf8))
        try #require(result.status == 0, "\(result.errorText)")
        #expect(result.text.split(separator: "\n").map(String.init) == sums)
    }

    @Test("A host's own function is given the kind, the report and its message without a checksum")
    func ownChecksum() throws {
        let own = ReportChecksum(name: "own") { input in
            let pb = try? PBZXReport(serializedBytes: input.message)
            return
                "\(input.type.rawValue)/\(input.report.shiftNumber ?? 0)/\(pb == input.report.pb)/\(pb?.hasChecksum ?? true)"
        }
        let reports = Reports(checksum: own)
        #expect(try reports.x(of: self.day(), at: .counted(hour: 12)).pb.checksum == "1/1/true/false")
        var counters = try self.day()
        #expect(try reports.closeShift(of: &counters, at: .counted(hour: 21)).pb.checksum == "0/1/true/false")
    }

    @Test("A function that gives nothing makes no report, and the shift stays open")
    func noChecksum() throws {
        let reports = Reports(checksum: ReportChecksum(name: "nothing") { _ in "" })
        var counters = try self.day()
        let before = counters
        #expect(throws: CounterError(.noChecksum, "zx_report.checksum")) {
            try reports.closeShift(of: &counters, at: .counted(hour: 21))
        }
        #expect(throws: CounterError(.noChecksum, "zx_report.checksum")) {
            try reports.x(of: counters, at: .counted(hour: 12))
        }
        #expect(counters == before)
    }

    @Test("Production must choose how the checksum is made; elsewhere the unverified one serves")
    func choice() throws {
        #expect(try ReportChecksum.chosen(nil, isProduction: false).name == "unverifiedCRC32")
        #expect(try ReportChecksum.chosen(.unverifiedCRC32, isProduction: true).name == "unverifiedCRC32")
        #expect(throws: InvalidField("checksum", .required, limit: "a ReportChecksum, chosen by the host")) {
            try ReportChecksum.chosen(nil, isProduction: true)
        }
    }

    /// Two messages of an independent encoder (Google's for Python): a sale, and the Z report of its shift. The report
    /// leaves zeros out, and leaves out the mobile payment of the sale too.
    @Test("The report of another encoder is read, and differs from ours where it leaves a payment out")
    func vectors() throws {
        let ticket = try PBTicketRequest(serializedBytes: Self.bytes(Self.saleVector))
        let z = try PBZXReport(serializedBytes: Self.bytes(Self.zVector))
        #expect(try ZXReport(z).faithful.serializedBytes() == Self.bytes(Self.zVector), "nothing is lost in between")

        var counters = RegisterCounters()
        var earlier = ZXReport()
        earlier.shiftNumber = 7
        earlier.ticketOperations = [.init(operation: .sell, ticketsTotalCount: 8)]
        counters.adopt(earlier, from: .noOpenShift, at: .counted(hour: 3))
        try counters.add(ticket: ticket, isOffline: false)
        let own = try counters.closeShift(at: .counted(hour: 23, minute: 59, second: 59))
        let theirs = ZXReport(z)
        #expect(own.openShiftTime == theirs.openShiftTime && own.closeShiftTime == theirs.closeShiftTime)
        let differences = counters.differences(from: theirs, .closedShift, lastZ: own, at: .counted(hour: 23))
        #expect(
            differences.map(\.field) == [
                "ticket_operations[OPERATION_SELL].payments[PAYMENT_MOBILE].count",
                "ticket_operations[OPERATION_SELL].payments[PAYMENT_MOBILE].sum",
            ])
        #expect(differences.last?.local == .sum(tiyn: 500_00))
    }

    private static func bytes(_ hex: String) -> [UInt8] { Hex.decode(hex.split(separator: "\n").joined()) ?? [] }

    private static let xMessage = """
        0a110a0708ea0f100118021206080c1000180010011a330a0131120a080010001a0408001000120a080110001a0408001000
        120a080210011a0408701000120a080310001a04080010001a330a0132120a080010001a0408001000120a080110001a0408
        001000120a080210001a0408001000120a080310011a04081e1032220a080010001a0408001000220a080110001a04080010
        00220a080210011a0408701000220a080310011a04081e10322a0a080010001a04080010002a0a080110001a04080010002a
        0a080210001a04080010002a0a080310001a0408001000320a080010001a0408001000320a080110001a0408001000320a08
        0210001a0408001000320a080310001a04080010003a0a080010001a04080010003a0a080110001a04080010003a0a080210
        011a04087010003a0a080310011a04081e1032425d086410e05d1a1408001204080010001a04080010002204080010001a14
        08011204080010001a04080010002204080010001a1408021204087010001a04080c10002204086410001a14080312040800
        10001a04080010002204080010004a0808001204080010004a0808011204080010004a0808021204080010004a0808031204
        0800100052440800100018002204080010002a0a080012040800100018002a0a080112040800100018002a0a080412040800
        1000180030003a04080010004204080010004a040800100052440801100018002204080010002a0a08001204080010001800
        2a0a080112040800100018002a0a0804120408001000180030003a04080010004204080010004a0408001000524408021001
        18012204087010002a0a080012040864100018012a0a08011204080c100018012a0a0804120408001000180030003a040800
        10004204080010004a040805103252440803100118012204081e10322a0a080012040800100018002a0a08011204081e1032
        18012a0a0804120408001000180030003a04080010004204080010004a04080010005a0f080010011801220508f403100028
        015a0e08011000180022040800100028006a0508d804100072080a040851103210007a0808001204080010007a0808011204
        080010007a0808021204087010007a0808031204081e10328201110a0708ea0f100118021206080910001800920108364641
        3837413631
        """

    private static let zMessage = """
        0a110a0708ea0f10011802120608151005183b10011a330a0131120a080010001a0408001000120a080110001a0408001000
        120a080210011a0408701000120a080310001a04080010001a330a0132120a080010001a0408001000120a080110001a0408
        001000120a080210001a0408001000120a080310011a04081e1032220a080010001a0408001000220a080110001a04080010
        00220a080210011a0408701000220a080310011a04081e10322a0a080010001a04080010002a0a080110001a04080010002a
        0a080210001a04080010002a0a080310001a0408001000320a080010001a0408001000320a080110001a0408001000320a08
        0210001a0408001000320a080310001a04080010003a0a080010001a04080010003a0a080110001a04080010003a0a080210
        011a04087010003a0a080310011a04081e1032425d086410e05d1a1408001204080010001a04080010002204080010001a14
        08011204080010001a04080010002204080010001a1408021204087010001a04080c10002204086410001a14080312040800
        10001a04080010002204080010004a0808001204080010004a0808011204080010004a0808021204080010004a0808031204
        0800100052440800100018002204080010002a0a080012040800100018002a0a080112040800100018002a0a080412040800
        1000180030003a04080010004204080010004a040800100052440801100018002204080010002a0a08001204080010001800
        2a0a080112040800100018002a0a0804120408001000180030003a04080010004204080010004a0408001000524408021001
        18012204087010002a0a080012040864100018012a0a08011204080c100018012a0a0804120408001000180030003a040800
        10004204080010004a040805103252440803100118012204081e10322a0a080012040800100018002a0a08011204081e1032
        18012a0a0804120408001000180030003a04080010004204080010004a04080010005a0f080010011801220508f403100028
        015a0f080110011801220508d804100028006a040800100072080a040851103210007a0808001204080010007a0808011204
        080010007a0808021204087010007a0808031204081e10328201110a0708ea0f1001180212060809100018008a01110a0708
        ea0f10011802120608151005183b9201084238443434394141
        """

    private static let saleVector = """
        080212110a0708ea0f1001180212060803100418051a100801120cd09ad0b0d181d181d0b8d180220208002a520801124e12
        0ad0a2d0bed0b2d0b0d1801a013120c4132a0508e8071000320508c41310003a100864106518e05d2205088b02105628016a
        0337393672063031303436307a0d3032303030303030303030303132090800120508d00f100032120804120508f403100022
        070a02515212013142150a0508c4131000120508b81710001a0508e8071000700780012a
        """

    private static let zVector = """
        0a110a0708ea0f1001180212060817103b183b10071a100a0131120b080210011a0508c4131000220b080210011a0508c413
        10003a0b080210011a0508c4131000421e086410e05d1a170802120508c41310001a05088b021056220508b811100e4a0808
        02120408001000522f080210091801220508c41310002a0b0800120508d00f1000180130003a04080010004204080010004a
        0508e80710005a0e08001000180022040800100028006a0508d00f100072090a0508c413100010007a090802120508c41310
        008201110a0708ea0f1001180212060803100418058a01110a0708ea0f1001180212060817103b183b920108303030303030
        3030
        """
}
