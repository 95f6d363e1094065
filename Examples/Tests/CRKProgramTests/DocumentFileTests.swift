import CRKProtocol
import CRKRegisterFolder
import FiscalCore
import Foundation
import ProgramTestSupport
import Testing

/// The protected memory as a file: what was added stays, in order, whatever moment a crash chooses.
@Suite struct DocumentFileTests {
    private let folder: TestFolder
    private let url: URL

    init() throws {
        self.folder = try TestFolder()
        self.url = URL(fileURLWithPath: self.folder.path)
    }

    private func document(_ number: Int64?, _ text: String = "a") -> MemoryDocument {
        MemoryDocument(number: number, type: "PR", detailed: ["t": .string(text)], short: nil)
    }

    @Test("Documents are read by their numbers, a page at a time; without a number they take the next one")
    func pages() async throws {
        let file = try DocumentFile(self.url)
        #expect(try await file.lastNumber() == 0)
        #expect(try await file.documents(in: 1...10, limit: 5).isEmpty)
        try file.append([self.document(3), self.document(nil), self.document(9)])
        #expect(try await file.lastNumber() == 9)
        #expect(try await file.documents(in: 1...100, limit: 10).map(\.number) == [3, 4, 9])
        #expect(try await file.documents(in: 4...8, limit: 10).map(\.number) == [4])
        #expect(try await file.documents(in: 5...100, limit: 1).map(\.number) == [9])
        #expect(try await file.documents(in: 10...20, limit: 1).isEmpty)
        let detailed = try await file.documents(in: 4...4, limit: 1).first?.detailed
        #expect(detailed.map { String(decoding: $0, as: UTF8.self) } == #"{"t":"a"}"#)
    }

    @Test("The same document again is passed over, another one under its number refused")
    func again() throws {
        let file = try DocumentFile(self.url)
        #expect(try file.append([self.document(1), self.document(2)]) == 2)
        #expect(try file.append([self.document(1), self.document(2), self.document(3)]) == 1)
        #expect(throws: InvalidField.self) { try file.append([self.document(2, "b")]) }
        #expect(try file.last() == 3)
    }

    @Test("Cut off anywhere while a document is added, the memory has it or not, and all before it")
    func cutOff() async throws {
        let file = try DocumentFile(self.url)
        try file.append([self.document(1), self.document(2)])
        let (lines, index) = (try self.folder.bytes("documents.jsonl"), try self.folder.bytes("documents.index"))
        try file.append([self.document(3)])
        let (more, places) = (try self.folder.bytes("documents.jsonl"), try self.folder.bytes("documents.index"))
        for count in lines.count...more.count {
            // The line is written first, then its place.
            for place in count < more.count ? [index.count] : [index.count, index.count + 7, places.count] {
                let copy = try TestFolder()
                try copy.write("documents.jsonl", Array(more.prefix(count)))
                try copy.write("documents.index", Array(places.prefix(place)))
                let opened = try DocumentFile(URL(fileURLWithPath: copy.path))
                let numbers = try await opened.documents(in: 1...9, limit: 9).map(\.number)
                #expect(numbers == (count < more.count ? [1, 2] : [1, 2, 3]), "cut at \(count), \(place)")
                #expect(try opened.append([self.document(nil)]) == 1)
                #expect(try opened.last() == (count < more.count ? 3 : 4))
            }
        }
    }
}
