import FiscalCore

/// Finds what is odd about an answer that settles.
struct AnswerReview {
    private(set) var anomalies = AnomalyList()
    private let response: PBResponse
    private let expected: AnswerReader.Expectation
    private let isAccepted: Bool

    init(_ response: PBResponse, expecting expected: AnswerReader.Expectation) {
        self.response = response
        self.expected = expected
        self.isAccepted = response.result.resultCode == ResultCode.ok.rawValue
    }

    mutating func checkHeader(edition: Edition, token: UInt32) {
        if edition != self.expected.edition {
            self.report(.version, nil, "the answer is of \(edition), the request was of \(self.expected.edition)")
        }
        if !self.isAccepted {
            if token != self.expected.sentToken { self.report(.token, nil, "a refusal came with another token") }
        } else if [CommandType.system, .report, .auth].contains(self.expected.command) {
            if token != self.expected.sentToken { self.report(.token, nil, "another token where it must not change") }
        } else if token == 0 {
            self.report(.token, nil, "0 is no token")
        }
    }

    /// - Parameter edition: the older one of the request's and the answer's: neither side owes more.
    mutating func checkContent(salvage: PayloadSalvage, edition: Edition) {
        let code = ResultCode(rawValue: self.response.result.resultCode)
        if !code.isListed(at: edition) {
            self.report(.unlistedCode, "result.result_code", "\(code.rawValue) is not in the table of \(edition)")
        }
        self.anomalies.append(contentsOf: salvage.anomalies)
        for issue in PresenceCheck.issues(in: self.response, edition: edition)
        where !salvage.anomalies.names(issue.field) {
            self.report(issue.rule == .consistency ? .list : .missing, issue.field, issue.limit)
        }
        for issue in RangeCheck.issues(in: self.response, edition: edition) {
            let kind: Anomaly.Kind =
                switch issue.rule {
                case .oneOf: .unlistedCode
                case .consistency, .length: .list
                default: .outOfRange
                }
            self.report(kind, issue.field, issue.limit)
        }
    }

    mutating func check(_ answer: Answer) {
        self.checkBodies()
        self.checkReport(answer)
        self.checkNomenclature(answer)
        if self.isAccepted, self.expected.asksForRegistration, self.expected.command != .info,
            !self.response.service.hasRegInfo
        {
            self.report(.missing, "service.reg_info", "it was asked for")
        }
    }

    private mutating func checkBodies() {
        let bodies: [(field: String, isThere: Bool, commands: [CommandType])] = [
            ("ticket", self.response.hasTicket, [.ticket]),
            ("report", self.response.hasReport, [.report, .closeShift, .info]),
            ("nomenclature", self.response.hasNomenclature, [.nomenclature]),
            ("auth", self.response.hasAuth, [.auth]),
        ]
        for body in bodies where body.isThere {
            if !body.commands.contains(self.expected.command) {
                self.report(.misplaced, body.field, "does not belong to this command; ignored")
            } else if !self.isAccepted && self.expected.command != .auth {
                self.report(.misplaced, body.field, "does not belong to a refusal; ignored")
            }
        }
    }

    private mutating func checkReport(_ answer: Answer) {
        guard let type = answer.reportType else { return }
        let wanted = self.expected.command == .closeShift ? .z : self.expected.report
        if self.expected.command != .info, let wanted, type != wanted {
            self.report(.contradiction, "report.report", "\(type.rawValue), but \(wanted.rawValue) was asked for")
        }
    }

    private mutating func checkNomenclature(_ answer: Answer) {
        guard answer.nomenclatureResult == .ok else { return }
        guard let nomenclature = answer.nomenclature else {
            return self.report(.damaged, "nomenclature", "not whole; the list that is held stays")
        }
        for index in nomenclature.hierarchy.unreachableIndices {
            self.report(
                .contradiction, "nomenclature.elements[\(index)].parent_group_id", "no way from a root leads there")
        }
        if Set(nomenclature.elements.map(\.id)).count < nomenclature.elements.count {
            self.report(.list, "nomenclature.elements", "an id is there more than once")
        }
        for (index, element) in self.response.nomenclature.elements.enumerated() {
            let path = "nomenclature.elements[\(index)].item"
            if element.item.hasPurchasePrice && element.item.purchasePrice.money == nil {
                self.report(.damaged, path + ".purchase_price", "too large; left out")
            }
            if element.item.hasSellPrice && element.item.sellPrice.money == nil {
                self.report(.damaged, path + ".sell_price", "too large; left out")
            }
        }
    }

    private mutating func report(_ kind: Anomaly.Kind, _ field: String?, _ detail: String) {
        self.anomalies.append(Anomaly(kind, field: field, detail))
    }
}
