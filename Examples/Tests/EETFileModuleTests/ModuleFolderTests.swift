import EETFileModule
import EETProtocol
import FiscalCore
import FiscalSimulators
import Foundation
import Synchronization
import Testing

/// Marker, lock and files of the folder, as another program sees them.
@Suite struct ModuleFolderTests {
    @Test("While a message is under way the marker is there, under its one right name, and afterwards it is gone")
    func markerDuringTheRun() async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        let seen = Mutex<[Bool]>([])
        desk.office.onBefore { [desk] _ in
            seen.withLock { $0 += [desk.exists("pracuji.txt"), desk.exists("pracuji.exe"), desk.exists("eetout.txt")] }
        }
        desk.office.onAfter { [desk] _ in seen.withLock { $0.append(desk.exists("pracuji.txt")) } }
        await desk.run()
        #expect(seen.withLock { $0 } == [true, false, false, true])
        #expect(!desk.exists("pracuji.txt"))
        #expect(desk.output.count == 6)
    }

    @Test("eetin.txt is read once at the start: the next receipt written meanwhile changes nothing")
    func inputIsReadOnce() async throws {
        let desk = try Desk()
        try desk.writeReceipt("1")
        desk.office.onBefore { [desk] _ in try? desk.writeReceipt("2") }
        await desk.run()
        #expect(desk.data("porad_cis") == ["1"])
        #expect(desk.output[0] == "1")
    }

    @Test("A second start while one is at work is refused and touches nothing")
    func secondStart() async throws {
        let desk = try Desk()
        try desk.writeReceipt("1")
        let second = Mutex<ModuleReport?>(nil)
        let names = Mutex<[String]>([])
        desk.office.onBefore { [desk] _ in
            desk.office.onBefore(nil)
            let report = await desk.run()
            second.withLock { $0 = report }
            let files = try? FileManager.default.contentsOfDirectory(atPath: desk.folder)
            names.withLock { $0 = files ?? [] }
        }
        let first = await desk.run()
        #expect(first.exitStatus == 0)
        #expect(second.withLock { $0?.exitStatus } == 2)
        #expect(second.withLock { $0?.hasOutput } == false)
        #expect(names.withLock { $0.contains("pracuji.txt") && !$0.contains("eetout.txt") })
        #expect(desk.messages.count == 1)
        #expect(desk.output[3] == desk.sales.first?.first.code)
        #expect(desk.said.contains("another run is at work"))
    }

    @Test("A marker that a dead run left does not block the next one")
    func staleMarker() async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        try desk.write("pracuji.txt", "")
        #expect(await desk.run().exitStatus == 0)
        #expect(!desk.exists("pracuji.txt"))
        #expect(desk.said.contains("left by a run that died"))
    }

    @Test("A folder that is not there is told, and nothing is made")
    func noFolder() async throws {
        let desk = try Desk()
        let path = desk.folder + "/nowhere"
        let report = await ModuleRun(folder: path, options: ModuleOptions(), host: desk.host).run()
        #expect(report.exitStatus == 2)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("An output that cannot be written leaves the marker: its absence would say that there is one")
    func outputCannotBeWritten() async throws {
        let desk = try Desk()
        try desk.writeReceipt()
        try FileManager.default.createDirectory(
            atPath: desk.folder + "/eetout.txt.new", withIntermediateDirectories: true)
        let report = await desk.run()
        #expect(report.exitStatus == 3)
        #expect(desk.exists("pracuji.txt"))
        try FileManager.default.removeItem(atPath: desk.folder + "/eetout.txt.new")
        // The sale is in the journal: the next start answers from there.
        #expect(await desk.run().exitStatus == 0)
        #expect(desk.messages.count == 1)
        #expect(!desk.exists("pracuji.txt"))
    }

    @Test("Each ending writes a whole output and takes the marker away, in this order")
    func orderOfSteps() async throws {
        let desk = try Desk()
        let steps = Mutex<[String]>([])
        desk.fileObserver.withLock { observer in
            observer = { step in if step.isDone { steps.withLock { $0.append("\(step.change) \(step.file)") } } }
        }
        for rows in [desk.rows(), ["nonsense"]] {
            steps.withLock { $0 = [] }
            try desk.writeInput(rows)
            await desk.run()
            #expect(
                steps.withLock { $0 } == [
                    "write marker", "write output", "rename output", "syncFolder output", "delete marker",
                ])
        }
    }

    @Test("At the instant at which the marker is gone there are always six whole rows of this receipt")
    func markerAndOutputRace() async throws {
        let desk = try Desk()
        desk.office.failAlways(.unreachable)
        // The very instant, seen from inside; the watcher below sees it from outside, a moment later.
        let atTheInstant = Mutex<String?>(nil)
        desk.fileObserver.withLock { observer in
            observer = { [unowned desk] step in
                guard step.file == .marker, step.change == .delete, step.isDone else { return }
                atTheInstant.withLock { $0 = desk.text("eetout.txt") }
            }
        }
        for number in 1...1000 {
            // Most runs end at once, some with a message.
            try desk.writeReceipt("\(number)", number.isMultiple(of: 20) ? [:] : [9: "x"])
            try? FileManager.default.removeItem(atPath: desk.folder + "/eetout.txt")
            let watcher = Task.detached { [desk] in
                // The caller's rule: no marker, and an output (the old one was deleted).
                while !Task.isCancelled {
                    let output = desk.exists("pracuji.txt") ? nil : desk.text("eetout.txt")
                    if let output { return output }
                    await Task.yield()
                }
                return ""
            }
            if await !desk.run().hasOutput { watcher.cancel() }
            let text = await watcher.value
            #expect(atTheInstant.withLock { $0 } == text)
            let rows = text.components(separatedBy: "\r\n")
            #expect(rows.count == 7 && rows[6] == "" && rows[0] == "\(number)" && rows[5] != "")
        }
    }

    @Test("eet.txt is readable by its owner only, also when it was there with other rights")
    func configurationIsPrivate() throws {
        let desk = try Desk()
        let path = desk.folder + "/eet.txt"
        func mode() throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode() == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let configuration = try EETConfigurationFile(
            isDebug: true, timeoutMilliseconds: 2000, certificatePath: "a.p12", certificatePassword: "eet")
        try ModuleFolder(desk.folder).write(configuration)
        #expect(try mode() == 0o600)
        #expect(desk.text("eet.txt") == "true\r\n2000\r\na.p12\r\neet\r\n")
    }
}
