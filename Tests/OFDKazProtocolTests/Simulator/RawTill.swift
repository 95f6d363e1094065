import FiscalCore
import FiscalSimulators
import OFDKazProtocol
import SwiftProtobuf

/// A register that is nothing but bytes (a class, because expectations cannot call what changes a value): it writes headers by itself and knows no rule, so that a test can send what no
/// register of ours would.
final class RawTill {
    /// One answer, taken apart by hand.
    struct Answer {
        var bytes: [UInt8]
        var response: PBResponse

        init?(_ bytes: [UInt8]) {
            guard bytes.count >= 18, let response = try? PBResponse(serializedBytes: Array(bytes[18...])) else {
                return nil
            }
            self.bytes = bytes
            self.response = response
        }

        private func word(_ place: Int, _ count: Int) -> UInt32 {
            (0..<count).reduce(0) { $0 | UInt32(self.bytes[place + $1]) << UInt32(8 * $1) }
        }

        var appcode: UInt32 { self.word(0, 2) }
        var version: UInt32 { self.word(2, 2) }
        var size: UInt32 { self.word(4, 4) }
        var id: UInt32 { self.word(8, 4) }
        var token: UInt32 { self.word(12, 4) }
        var reqnum: UInt32 { self.word(16, 2) }
        var code: UInt32 { self.response.result.resultCode }
        var report: PBZXReport { self.response.report.zxReport }
    }

    var authority: OFDAuthority
    var id: UInt32 = 100_001
    var token: UInt32 = 0x0102_0304
    /// The last number that was used.
    var reqnum: UInt16 = 0
    var version: UInt16 = 203
    /// Friday, 20 November 2026, 10:00 in Almaty.
    var now = FiscalInstant(secondsSinceEpoch: 1_795_150_800)

    /// A till at an authority that knows it under the same ID and token.
    init(version: UInt16 = 203, _ change: (inout OFDAuthority) -> Void = { _ in }) {
        var authority = OFDAuthority()
        authority.testRegister()
        change(&authority)
        self.authority = authority
        self.version = version
    }

    var account: OFDAccount {
        get { self.authority[self.id] ?? OFDAccount(id: 0, token: 0, registration: .test()) }
        set { self.authority[self.id] = newValue }
    }

    static func frame(
        _ payload: [UInt8], version: UInt16, id: UInt32, token: UInt32, reqnum: UInt16, appcode: UInt16 = 0x81A2,
        size: UInt32? = nil
    ) -> [UInt8] {
        func little(_ number: UInt32, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
        }
        var bytes = little(UInt32(appcode), 2) + little(UInt32(version), 2)
        bytes += little(size ?? UInt32(payload.count + 18), 4)
        bytes += little(id, 4) + little(token, 4) + little(UInt32(reqnum), 2)
        return bytes + payload
    }

    func frame(_ request: PBRequest, token: UInt32? = nil, reqnum: UInt16? = nil) throws -> [UInt8] {
        RawTill.frame(
            try request.serializedBytes(), version: self.version, id: self.id, token: token ?? self.token,
            reqnum: reqnum ?? self.reqnum)
    }

    /// What comes back for these bytes, nil for anything but one whole frame at once.
    func exchange(_ bytes: [UInt8]) -> Answer? {
        Answer(self.authority.receive(bytes, at: self.now).pieces.flatMap(\.bytes))
    }

    /// Sends under a certain pair, and changes nothing of its own.
    func sendOnce(_ request: PBRequest, token: UInt32? = nil, reqnum: UInt16? = nil) throws -> Answer? {
        self.exchange(try self.frame(request, token: token, reqnum: reqnum))
    }

    /// Sends with the next REQNUM, and takes the token over when the answer is OK.
    func send(_ request: PBRequest) throws -> Answer? {
        self.reqnum &+= 1
        let answer = try self.sendOnce(request)
        if let answer, answer.code == 0 { self.token = answer.token }
        return answer
    }

    /// The result code of a request.
    func code(_ request: PBRequest) throws -> UInt32? { try self.send(request)?.code }

    /// Sends something that is not expected to be answered.
    func reply(_ request: PBRequest) throws -> SimulatedStreamReply {
        self.reqnum &+= 1
        return self.authority.receive(try self.frame(request), at: self.now)
    }
}
