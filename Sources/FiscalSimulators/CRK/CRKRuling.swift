import FiscalCore

/// What a server decided on a request.
struct CRKRuling {
    enum Body {
        case none
        case json(JSON)
        /// An answer of the CPD server or the WebApi with attributes: the ones that a fault may change.
        case message(id: String, attributes: [JSON.Member], beside: [JSON.Member] = [])
    }

    /// The three letters of the command, or the name of CMD16.
    var command: String?
    var status: Int
    var body = Body.none
    var code: String?
    var message: String?
    var reason: String?

    init(_ status: Int, _ body: Body = .none, command: String? = nil) {
        self.status = status
        self.body = body
        self.command = command
    }
}

/// A call that the CPD server refuses.
struct CRKRefusal: Error {
    var code: String
    var reason: String

    init(_ code: String, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

/// A refusal in CMD09's own words.
struct CRKStatusRefusal: Error {
    var status: Int
    var reason: String

    init(_ status: Int, _ reason: String) {
        self.status = status
        self.reason = reason
    }
}
