import OFDKazProtocol
import Testing

@Suite("Code tables, against the numbers of the document")
struct EnumTablesTests {
    @Test("2.3: commands; 7 and 9 are none")
    func commands() {
        #expect(CommandType.system.rawValue == 0)
        #expect(CommandType.ticket.rawValue == 1)
        #expect(CommandType.closeShift.rawValue == 2)
        #expect(CommandType.report.rawValue == 3)
        #expect(CommandType.nomenclature.rawValue == 4)
        #expect(CommandType.info.rawValue == 5)
        #expect(CommandType.moneyPlacement.rawValue == 6)
        #expect(CommandType.auth.rawValue == 8)
        #expect(CommandType.reserved.rawValue == 127)
        #expect(CommandType.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6, 8, 127])
    }

    @Test("No kind of message that is kept is a cancellation")
    func keptKinds() {
        #expect(MessageKind.allCases.map(\.command) == [.ticket, .closeShift, .report, .moneyPlacement])
    }

    @Test("3.7, 3.8: cash movements and reports")
    func movementsAndReports() {
        #expect(MoneyPlacementType.allCases.map(\.rawValue) == [0, 1])
        #expect(MoneyPlacementType.withdrawal.rawValue == 1)
        #expect(ReportType.allCases.map(\.rawValue) == [0, 1])
        #expect(ReportType.x.rawValue == 1)
    }

    @Test("3.9, 3.11: elements of the list of goods, ends of a load and of a sign-in")
    func goodsAndAuth() {
        #expect(ElementType.allCases == [.group, .item] && ElementType.item.rawValue == 1)
        #expect(NomenclatureResult.allCases == [.ok, .versionIsActual, .noVersion])
        #expect(NomenclatureResult.noVersion.rawValue == 2)
        #expect(AuthResult.allCases == [.ok, .invalidLoginPassword] && AuthResult.invalidLoginPassword.rawValue == 1)
    }

    @Test("4.5 to 4.11: domains, operations, payments, taxation, taxes, roles, texts")
    func types() {
        #expect(DomainType.allCases == [.trading, .services, .gasoil, .hotels, .taxi, .parking])
        #expect(DomainType.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5])
        #expect(OperationType.allCases == [.buy, .buyReturn, .sell, .sellReturn])
        #expect(OperationType.allCases.map(\.rawValue) == [0, 1, 2, 3])
        #expect(PaymentType.allCases == [.cash, .card, .mobile])
        #expect(PaymentType.allCases.map(\.rawValue) == [0, 1, 4])
        #expect(TaxationType.allCases == [.sts, .rts, .trff, .trbp])
        #expect(TaxationType.allCases.map(\.rawValue) == [100, 101, 102, 103])
        #expect(TaxType.allCases.map(\.rawValue) == [100])
        #expect(UserRole.allCases == [.paymaster, .chiefPaymaster, .administrator])
        #expect(UserRole.allCases.map(\.rawValue) == [1, 2, 3])
        #expect(TicketAdType.allCases == [.ofd, .org, .pos, .kkm, .info])
        #expect(TicketAdType.allCases.map(\.rawValue) == [0, 1, 2, 3, 4])
    }
}
