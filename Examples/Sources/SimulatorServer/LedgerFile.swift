import FiscalSimulators
import Foundation

/// The messages that an authority received, one JSON line each, on disk before any answer leaves.
struct LedgerFile: Sendable {
    private let descriptor: Int32

    /// Opens the file and reads what it holds. A last line that a crash cut off was never answered, and goes.
    init(_ path: String) throws {
        self.descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard self.descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    func read() throws -> EETLedger {
        let file = FileHandle(fileDescriptor: self.descriptor, closeOnDealloc: false)
        try file.seek(toOffset: 0)
        let bytes = try file.readToEnd() ?? Data()
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
        let isWhole = bytes.last == UInt8(ascii: "\n")
        let messages = try (isWhole ? lines[...] : lines.dropLast())
            .map { try JSONDecoder().decode(EETReceivedMessage.self, from: $0) }
        if !isWhole, let last = lines.last { try file.truncate(atOffset: UInt64(bytes.count - last.count)) }
        try file.seekToEnd()
        return EETLedger(replaying: messages)
    }

    func append(_ messages: some Sequence<EETReceivedMessage>) throws {
        let file = FileHandle(fileDescriptor: self.descriptor, closeOnDealloc: false)
        for message in messages {
            try file.write(contentsOf: JSONEncoder().encode(message) + [UInt8(ascii: "\n")])
        }
        try file.synchronize()
    }
}
