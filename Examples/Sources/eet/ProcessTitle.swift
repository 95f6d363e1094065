#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What other users of the machine see of this process.
enum ProcessTitle {
    /// Overwrites the values of `--password` in the process' argument area, from which lists of processes are made.
    ///
    /// A password given on the command line is visible until here all the same; `-` for a file that is read from the
    /// standard input and `eet.txt` are the ways that never show one.
    static func hidePasswords() {
        let option = "--password"
        var isValue = false
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let argument = CommandLine.unsafeArgv[index] else { continue }
            let text = String(cString: argument)
            if isValue {
                memset(argument, Int32(UInt8(ascii: "*")), strlen(argument))
            } else if text.hasPrefix(option + "=") {
                memset(
                    argument + option.utf8.count + 1, Int32(UInt8(ascii: "*")), strlen(argument) - option.utf8.count - 1
                )
            }
            isValue = text == option && !isValue
        }
    }
}
