import FiscalCore

/// The cashier (section 4.14): also the pump operator, the waiter, the receptionist, the driver.
public struct Operator: Sendable, Hashable, Codable {
    /// 0...2147483647; the `operator_code` of a sign-in.
    public var code: UInt32
    /// The full name.
    public var name: String?

    public init(code: UInt32, name: String? = nil) {
        self.code = code
        self.name = name
    }
}

extension Operator {
    package init(_ pb: PBOperator) {
        self.init(code: pb.code, name: pb.hasName ? pb.name : nil)
    }

    package var pb: PBOperator {
        var pb = PBOperator()
        pb.code = self.code
        if let name { pb.name = name }
        return pb
    }
}

extension Operator {
    func check(field: String) throws(InvalidField) {
        guard self.code <= Int32.max else { throw InvalidField(field + ".code", .range, limit: "0...2147483647") }
    }
}
