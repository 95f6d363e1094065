import FiscalCore

/// `eet.txt`: how the module works, in exactly 4 rows. Holds a password in clear text: create it readable by its
/// owner only.
public struct EETConfigurationFile: Sendable, Hashable {
    /// Row 1, debug mode: true is the test environment, false is production, where sales are officially recorded.
    public let isDebug: Bool
    /// Row 2: how long to wait for the authority, in milliseconds, at least 2000; the whole exchange counts.
    public let timeoutMilliseconds: Int
    /// Row 3: where the taxpayer's certificate lies (PKCS#12).
    public let certificatePath: String
    /// Row 4: the password of that file.
    public let certificatePassword: String

    /// The least timeout, in milliseconds.
    public static let leastTimeout = 2000

    /// - Throws: ``FileRowError`` naming the row.
    public init(
        isDebug: Bool, timeoutMilliseconds: Int, certificatePath: String, certificatePassword: String
    ) throws(FileRowError) {
        guard timeoutMilliseconds >= Self.leastTimeout else {
            throw Row.timeout.error(.range, limit: Self.timeoutLimit)
        }
        guard !certificatePath.isEmpty else { throw Row.certificatePath.error(.required, limit: "a path") }
        for (row, text) in [(Row.certificatePath, certificatePath), (.certificatePassword, certificatePassword)]
        where text.contains(where: { $0.isNewline }) {
            throw row.error(.pattern, limit: "one row of text")
        }
        self.isDebug = isDebug
        self.timeoutMilliseconds = timeoutMilliseconds
        self.certificatePath = certificatePath
        self.certificatePassword = certificatePassword
    }

    /// Reads a file.
    /// - Throws: ``FileRowError`` naming row, rule and limit, never a value.
    public init(bytes: [UInt8]) throws(FileRowError) {
        let rows = try FileRows(splitting: bytes, file: .configuration, count: Row.allCases.count)
        func text(_ row: Row) throws(FileRowError) -> String {
            guard let text = rows.text(row.rawValue) else {
                throw row.error(.pattern, limit: "UTF-8 text without control characters")
            }
            return text
        }
        guard let isDebug = FileValue.boolean(try text(.debug)) else {
            throw Row.debug.error(.oneOf, limit: "true, false")
        }
        guard let timeout = FileValue.integer(try text(.timeout)) else {
            throw Row.timeout.error(.pattern, limit: Self.timeoutLimit)
        }
        try self.init(
            isDebug: isDebug, timeoutMilliseconds: timeout, certificatePath: try text(.certificatePath),
            certificatePassword: try text(.certificatePassword))
    }

    /// The file: UTF-8, CR LF. It holds the password.
    public var bytes: [UInt8] {
        FileRows.join([
            self.isDebug ? "true" : "false", String(self.timeoutMilliseconds), self.certificatePath,
            self.certificatePassword,
        ])
    }

    /// The environment that row 1 chooses: address, rules and test flag follow from it.
    public var environment: EETEnvironment { self.isDebug ? .playground : .production }

    /// Row 2 as a time.
    public var timeout: Duration { .milliseconds(self.timeoutMilliseconds) }

    private static let timeoutLimit = "a whole number of milliseconds, at least \(Self.leastTimeout)"

    /// The 4 rows in their order, named as the module's documentation does.
    private enum Row: Int, CaseIterable {
        case debug = 1
        case timeout
        case certificatePath
        case certificatePassword

        private var name: String {
            switch self {
            case .debug: "debug mode"
            case .timeout: "timeout MS"
            case .certificatePath: "certificate path"
            case .certificatePassword: "certificate password"
            }
        }

        func error(_ rule: InvalidField.Rule, limit: String) -> FileRowError {
            FileRowError(.configuration, row: self.rawValue, InvalidField(self.name, rule, limit: limit))
        }
    }
}

extension EETConfigurationFile: CustomStringConvertible, CustomReflectable {
    /// Without the password.
    public var description: String {
        "eet.txt: \(self.environment.rawValue), timeout \(self.timeoutMilliseconds) ms, "
            + "certificate \(self.certificatePath), password redacted"
    }

    /// Without the password, so that neither `dump` nor string interpolation shows it.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "isDebug": self.isDebug, "timeoutMilliseconds": self.timeoutMilliseconds,
                "certificatePath": self.certificatePath, "certificatePassword": "redacted",
            ])
    }
}
