/// Who signed in (section 3.11). A sign-in makes no session: every later command names its operator by itself.
public struct AuthAnswer: Sendable, Hashable {
    public var result: AuthResult
    /// The operator's code, for the `operator` of later commands; mandatory when the result is OK.
    public var operatorCode: UInt32?
    /// The operator's full name; mandatory when the result is OK.
    public var operatorName: String?
    public var roles: [UserRole]

    public init(
        result: AuthResult, operatorCode: UInt32? = nil, operatorName: String? = nil, roles: [UserRole] = []
    ) {
        self.result = result
        self.operatorCode = operatorCode
        self.operatorName = operatorName
        self.roles = roles
    }
}

extension AuthAnswer {
    /// - Returns: nil without a result: then nobody is authorised.
    package init?(_ pb: PBAuthResponse) {
        guard pb.hasResult else { return nil }
        self.init(
            result: AuthResult(pb.result), operatorCode: pb.hasOperatorCode ? pb.operatorCode : nil,
            operatorName: pb.hasOperatorName ? pb.operatorName : nil, roles: pb.roles.map { UserRole($0) })
    }
}
