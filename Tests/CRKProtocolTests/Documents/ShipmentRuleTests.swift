import CRKProtocol
import FiscalCore
import Testing

@Suite("The form in which a document is sent")
struct ShipmentRuleTests {
    private func form(
        _ type: ShipmentType?, event: Int? = nil, hasShort: Bool = true, types: ShipmentTypes,
        kind: RegisterKind = .hardware, _ purpose: ShipmentRule.Purpose = .schedule, receiptsAsInfo: Bool = false
    ) throws -> ShipmentRule.Form {
        let rule = ShipmentRule(kind: kind, types: types, purpose: purpose, shortReceiptsAsInfo: receiptsAsInfo)
        return rule.form(of: try TestDocuments.document(1, type, event: event, hasShort: hasShort))
    }

    private static let listed: [ShipmentType] = [.pr, .pa, .fk, .fa, .rd, .wn, .ze, .rf]

    @Test("By the schedule everything goes out in short form, the kinds of the setting in detail", arguments: listed)
    func oneKind(_ chosen: ShipmentType) throws {
        for type in Self.listed {
            #expect(try self.form(type, types: ShipmentTypes([chosen])) == (type == chosen ? .detailed : .short))
        }
        // A list of two kinds is the sum of both.
        let two = ShipmentTypes([chosen, .fk])
        for type in Self.listed {
            #expect(try self.form(type, types: two) == (type == chosen || type == .fk ? .detailed : .short))
        }
    }

    @Test("ALL is every kind in detail, in every register and for every purpose")
    func all() throws {
        for kind in RegisterKind.allCases {
            for type in Self.listed {
                #expect(try self.form(type, types: .all, kind: kind) == .detailed)
                #expect(try self.form(type, types: .all, kind: kind, .order) == .detailed)
            }
        }
    }

    @Test("The events 12, 13, 15 and 18 are in detail whatever is set; all others follow the setting")
    func events() throws {
        for kind in RegisterKind.allCases {
            for event in 1...30 {
                let isAlways = [12, 13, 15, 18].contains(event)
                let form = try self.form(.ze, event: event, types: ShipmentTypes([.pr]), kind: kind)
                #expect(form == (isAlways ? .detailed : .short), "event \(event)")
                let asked = try self.form(.ze, event: event, types: ShipmentTypes([.ze]), kind: kind)
                #expect(asked == .detailed, "event \(event)")
            }
        }
        #expect(try self.form(.ze, types: ShipmentTypes([.pr])) == .short)
    }

    @Test("A kind outside the table is info 10, whatever is set or asked for")
    func unlisted() throws {
        for kind in RegisterKind.allCases {
            for types in [ShipmentTypes.all, ShipmentTypes([.fk])] {
                #expect(try self.form(nil, types: types, kind: kind) == .info(10))
                #expect(try self.form(nil, types: types, kind: kind, .order) == .info(10))
            }
        }
    }

    @Test("A register in the form of software reports a receipt in short form as info 10; hardware does not")
    func softwareReceipts() throws {
        let types = ShipmentTypes([.fk])
        #expect(try self.form(.pr, types: types, kind: .software) == .info(10))
        #expect(try self.form(.pr, types: types, kind: .hardware) == .short)
        for type in Self.listed where type != .pr && type != .fk {
            #expect(try self.form(type, types: types, kind: .software) == .short)
        }
        #expect(try self.form(.pr, types: ShipmentTypes([.pr]), kind: .software) == .detailed)
    }

    @Test("A document without a short form is info 10 where a short form is due, and itself where it is in detail")
    func withoutShortForm() throws {
        #expect(try self.form(.rd, hasShort: false, types: ShipmentTypes([.fk])) == .info(10))
        #expect(try self.form(.rd, hasShort: false, types: ShipmentTypes([.rd])) == .detailed)
    }

    @Test("An order is answered with the kinds that it names and nothing more")
    func orders() throws {
        for kind in RegisterKind.allCases {
            for type in Self.listed {
                let form = try self.form(type, types: ShipmentTypes([.pa]), kind: kind, .order)
                #expect(form == (type == .pa ? .detailed : .omitted))
            }
        }
        // An event that the schedule always details is no exception to what was asked for.
        #expect(try self.form(.ze, event: 13, types: ShipmentTypes([.pa]), .order) == .omitted)
    }

    @Test("Software answers an order with its other receipts as info 10 where the host wants that; hardware never")
    func receiptsAsInfo() throws {
        let types = ShipmentTypes([.fk])
        #expect(try self.form(.pr, types: types, kind: .software, .order, receiptsAsInfo: true) == .info(10))
        #expect(try self.form(.pr, types: types, kind: .software, .order, receiptsAsInfo: false) == .omitted)
        #expect(try self.form(.pr, types: types, kind: .hardware, .order, receiptsAsInfo: true) == .omitted)
        #expect(try self.form(.rd, types: types, kind: .software, .order, receiptsAsInfo: true) == .omitted)
    }

    @Test("A rule comes back from the journal as it was")
    func stored() throws {
        let rule = ShipmentRule(
            kind: .software, types: ShipmentTypes([.fk, .ze]), purpose: .order, shortReceiptsAsInfo: true)
        #expect(try JSONRoundTrip.of(rule) == rule)
    }
}
