/// For what one system does in its own way.
var isLinux: Bool {
    #if os(Linux)
        true
    #else
        false
    #endif
}
