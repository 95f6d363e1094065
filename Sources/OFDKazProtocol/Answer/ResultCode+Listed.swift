extension ResultCode {
    /// Whether the table of that edition has the code (section 2.4). One that it has not is read all the same.
    func isListed(at edition: Edition) -> Bool {
        switch self.rawValue {
        case 0...9, 11...15, 254, 255: true
        case 17: edition >= .v202
        case 18, 19: edition >= .v204
        default: false
        }
    }
}
