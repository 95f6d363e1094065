public import EETProtocol

/// The folder in which the module and its caller exchange files.
///
/// Order of a run (decision E14): lock, marker, work, output, marker away. The output is whole and durable before the
/// marker goes, because its absence tells a polling caller that he may read.
public struct ModuleFolder: Sendable {
    public let path: String
    private let observer: FileStepObserver?

    /// - Parameter observer: told before and after each change of a file.
    public init(_ path: String, observer: FileStepObserver? = nil) {
        self.path = path
        self.observer = observer
    }

    public var input: String { "\(self.path)/\(FileRowError.File.eetin.rawValue)" }
    public var output: String { "\(self.path)/\(FileRowError.File.eetout.rawValue)" }
    public var configuration: String { "\(self.path)/\(FileRowError.File.configuration.rawValue)" }
    public var licence: String { "\(self.path)/\(FileRowError.File.licence.rawValue)" }
    public var marker: String { "\(self.path)/\(PollingRule.markerName)" }

    /// Where the journal of an environment lies: sales of the test environment never meet official ones.
    public func journal(_ environment: EETEnvironment) -> String {
        "\(self.path)/journal/\(environment.rawValue).sqlite"
    }

    /// A path of `eet.txt`: a relative one starts at the folder.
    public func resolve(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(self.path)/\(path)"
    }

    /// Writes `eet.txt`, readable by its owner only: it holds the certificate's password.
    /// - Throws: ``FolderError``.
    public func write(_ configuration: EETConfigurationFile) throws(FolderError) {
        try DurableFile.write(configuration.bytes, to: self.configuration, mode: 0o600)
    }

    /// Writes `eetin.txt` for the next run.
    /// - Throws: ``FolderError``.
    public func write(_ input: EETInFile) throws(FolderError) {
        try DurableFile.write(input.bytes, to: self.input, mode: 0o644)
    }

    // MARK: Steps of a run

    func setMarker() throws(FolderError) {
        try self.step(.marker, .write) { () throws(FolderError) in try DurableFile.touch(self.marker) }
    }

    func removeMarker() throws(FolderError) {
        try self.step(.marker, .delete) { () throws(FolderError) in try DurableFile.delete(self.marker) }
    }

    func write(_ output: EETOutFile) throws(FolderError) {
        try self.write(output.bytes, .output, to: self.output, mode: 0o644)
    }

    /// Replaces `eet-licence.txt`, with the rights that it had.
    func writeLicence(_ bytes: [UInt8]) throws(FolderError) {
        try self.write(bytes, .licence, to: self.licence, mode: DurableFile.mode(self.licence) ?? 0o600)
    }

    private func write(
        _ bytes: [UInt8], _ file: FileStep.File, to path: String, mode: UInt32
    ) throws(FolderError) {
        try DurableFile.write(bytes, to: path, mode: mode) { (step, body) throws(FolderError) in
            let change: FileStep.Change =
                switch step {
                case .write: .write
                case .rename: .rename
                case .syncFolder: .syncFolder
                }
            try self.step(file, change, body)
        }
    }

    private func step(
        _ file: FileStep.File, _ change: FileStep.Change, _ body: () throws(FolderError) -> Void
    ) throws(FolderError) {
        self.observer?(FileStep(file: file, change: change, isDone: false))
        try body()
        self.observer?(FileStep(file: file, change: change, isDone: true))
    }
}

/// One change of a file of the folder, for whoever watches a run: a test that stops the process there.
public struct FileStep: Sendable, Hashable {
    public enum File: Sendable, Hashable { case marker, output, licence }
    public enum Change: Sendable, Hashable { case write, rename, syncFolder, delete }
    public var file: File
    public var change: Change
    /// False before the change, true after it.
    public var isDone: Bool
}

/// Told of each ``FileStep``.
public typealias FileStepObserver = @Sendable (FileStep) -> Void
