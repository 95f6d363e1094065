public import CRKProtocol
import FiscalCore
public import Foundation

/// The protected memory as two files: `documents.jsonl`, a line for each document, only ever added to, and
/// `documents.index`, which tells for each where its line is. No more than one page of it is in memory.
///
/// A line is on the disk before its place in the index. Opened after a crash, what has no place gets one, and a line that
/// was cut off goes.
public final class DocumentFile: DocumentSource {
    private let path: String
    private let lines: Int32
    private let index: Int32

    /// One place in the index: three words of eight bytes.
    private struct Place {
        static let size = 24
        var number: Int64
        var offset: Int64
        var length: Int64
    }

    public init(_ folder: URL) throws {
        self.path = folder.appendingPathComponent("documents.jsonl").path
        self.lines = open(self.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        self.index = open(folder.appendingPathComponent("documents.index").path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard self.lines >= 0, self.index >= 0 else { throw AtomicFile.failure(self.path) }
        try self.locked { try self.repair() }
    }

    deinit {
        close(self.lines)
        close(self.index)
    }

    // MARK: Reading

    public func lastNumber() async throws -> Int64 { try self.last() }

    /// The number of the last document; 0 for none.
    public func last() throws -> Int64 {
        let count = try self.count()
        return count == 0 ? 0 : try self.place(count - 1).number
    }

    public func documents(in range: ClosedRange<Int64>, limit: Int) async throws -> [CRKDocument] {
        let count = try self.count()
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if try self.place(middle).number < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        var documents: [CRKDocument] = []
        while low < count, documents.count < limit {
            let place = try self.place(low)
            guard place.number <= range.upperBound else { break }
            documents.append(try self.line(at: place).document(place.number))
            low += 1
        }
        return documents
    }

    // MARK: Adding

    /// Adds documents, all of them on the disk when it returns. One that is there already, the same to the byte, is
    /// passed over: a list may be given again after a crash.
    /// - Returns: how many were added.
    /// - Throws: `InvalidField` for a number below the last one with another document, or out of range; documents before
    ///   it may have been added.
    @discardableResult
    public func append(_ documents: some Sequence<MemoryDocument>) throws -> Int {
        try self.locked {
            var (last, end) = (try self.last(), try Self.size(self.lines))
            var (bytes, places): ([UInt8], [Place]) = ([], [])
            var added = 0
            func flush() throws {
                guard !places.isEmpty else { return }
                try self.write(bytes, to: self.lines)
                try self.write(places.flatMap(Self.encode), to: self.index)
                (bytes, places) = ([], [])
            }
            for document in documents {
                let number = document.number ?? last + 1
                _ = try document.document(number)
                let line = Array(document.json(number).text.utf8) + [UInt8(ascii: "\n")]
                if number <= last {
                    try flush()
                    guard
                        try self.stored(number).map({ $0.json(number).text.utf8.elementsEqual(line.dropLast()) })
                            == true
                    else { throw InvalidField("number", .range, limit: "above \(last), the last one") }
                    continue
                }
                places.append(Place(number: number, offset: end, length: Int64(line.count)))
                bytes += line
                end += Int64(line.count)
                last = number
                added += 1
                if bytes.count > 4 << 20 { try flush() }
            }
            try flush()
            return added
        }
    }

    private func stored(_ number: Int64) throws -> MemoryDocument? {
        var (low, high) = (0, try self.count())
        while low < high {
            let middle = (low + high) / 2
            let place = try self.place(middle)
            if place.number == number { return try self.line(at: place) }
            if place.number < number { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    // MARK: Files

    /// Gives a place to every whole line that has none, and cuts off what is no whole line.
    private func repair() throws {
        let count = try Self.size(self.index) / Int64(Place.size)
        guard ftruncate(self.index, off_t(count) * off_t(Place.size)) == 0 else { throw AtomicFile.failure(self.path) }
        var offset: Int64 = 0
        if count > 0 {
            let place = try self.place(Int(count) - 1)
            offset = place.offset + place.length
        }
        let rest = try self.read(self.lines, at: offset, Int(try Self.size(self.lines) - offset))
        var places: [Place] = []
        var start = rest.startIndex
        while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let number = try JSON(parsing: Array(rest[start..<end]))["number"]?.integer ?? 0
            places.append(Place(number: number, offset: offset, length: Int64(end - start + 1)))
            offset += Int64(end - start + 1)
            start = end + 1
        }
        if !places.isEmpty { try self.write(places.flatMap(Self.encode), to: self.index) }
        guard ftruncate(self.lines, off_t(offset)) == 0 else { throw AtomicFile.failure(self.path) }
    }

    /// One process at a time adds.
    private func locked<Value>(_ body: () throws -> Value) throws -> Value {
        guard flock(self.lines, LOCK_EX) == 0 else { throw AtomicFile.failure(self.path) }
        defer { flock(self.lines, LOCK_UN) }
        return try body()
    }

    private func count() throws -> Int { Int(try Self.size(self.index)) / Place.size }

    private func place(_ position: Int) throws -> Place {
        let bytes = try self.read(self.index, at: Int64(position * Place.size), Place.size)
        func word(_ start: Int) -> Int64 {
            Int64(bitPattern: bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) })
        }
        return Place(number: word(0), offset: word(8), length: word(16))
    }

    private static func encode(_ place: Place) -> [UInt8] {
        [place.number, place.offset, place.length].flatMap { word in
            (0..<8).reversed().map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
    }

    private func line(at place: Place) throws -> MemoryDocument {
        let bytes = try self.read(self.lines, at: place.offset, Int(place.length))
        return try MemoryDocument(try JSON(parsing: bytes.dropLast()))
    }

    private static func size(_ file: Int32) throws -> Int64 {
        let size = lseek(file, 0, Int32(SEEK_END))
        guard size >= 0 else { throw POSIXError(.EIO) }
        return Int64(size)
    }

    private func read(_ file: Int32, at offset: Int64, _ count: Int) throws -> [UInt8] {
        guard count > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let part = bytes.withUnsafeMutableBytes {
                pread(file, $0.baseAddress?.advanced(by: done), count - done, off_t(offset) + off_t(done))
            }
            guard part > 0 else { throw AtomicFile.failure(self.path) }
            done += part
        }
        return bytes
    }

    private func write(_ bytes: [UInt8], to file: Int32) throws {
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: false)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(bytes))
        try handle.synchronize()
    }
}
