public import FiscalCore

/// The entries of a report's lists (the tables of section 3.8). Codes are open: a server's number that is not in a table
/// is kept, and counted nowhere.
extension ZXReport {
    /// `ZXReport::Section`: totals of one section.
    public struct Section: Sendable, Hashable {
        /// Number or name of the section.
        public var sectionCode: String
        /// Four entries.
        public var operations: [Operation]

        public init(sectionCode: String, operations: [Operation]) {
            self.sectionCode = sectionCode
            self.operations = operations
        }
    }

    /// `ZXReport::Operation`: count and sum for one kind of receipt.
    public struct Operation: Sendable, Hashable {
        public var operation: OperationType
        public var count: UInt32?
        public var sum: Money?

        public init(operation: OperationType, count: UInt32?, sum: Money?) {
            self.operation = operation
            self.count = count
            self.sum = sum
        }
    }

    /// `ZXReport::Tax`: totals of one tax.
    public struct Tax: Sendable, Hashable {
        public var type: TaxType
        /// Thousandths of a percent: 12000 is 12 %.
        public var percent: UInt32
        /// Four entries.
        public var operations: [TaxOperation]

        public init(type: TaxType, percent: UInt32, operations: [TaxOperation]) {
            self.type = type
            self.percent = percent
            self.operations = operations
        }
    }

    /// `ZXReport::Tax::TaxOperation`: totals of one tax for one kind of receipt.
    public struct TaxOperation: Sendable, Hashable {
        public var operation: OperationType
        /// What was subject to the tax, with the tax.
        public var turnover: Money?
        /// The same without the tax.
        public var turnoverWithoutTax: Money?
        /// The tax.
        public var sum: Money?

        public init(operation: OperationType, turnover: Money?, turnoverWithoutTax: Money?, sum: Money?) {
            self.operation = operation
            self.turnover = turnover
            self.turnoverWithoutTax = turnoverWithoutTax
            self.sum = sum
        }
    }

    /// `ZXReport::NonNullableSum`: a sum since registration.
    public struct NonNullableSum: Sendable, Hashable {
        public var operation: OperationType
        public var sum: Money?

        public init(operation: OperationType, sum: Money?) {
            self.operation = operation
            self.sum = sum
        }
    }

    /// `ZXReport::TicketOperation`: totals of the receipts of one kind.
    public struct TicketOperation: Sendable, Hashable {
        public var operation: OperationType
        /// Receipts since registration.
        public var ticketsTotalCount: UInt32?
        /// Receipts in the shift.
        public var ticketsCount: UInt32?
        public var ticketsSum: Money?
        /// Three entries: cash, card, mobile.
        public var payments: [Payment]
        /// Receipts of the shift that were issued offline.
        public var offlineCount: UInt32?
        public var discountSum: Money?
        public var markupSum: Money?
        public var changeSum: Money?

        public init(
            operation: OperationType, ticketsTotalCount: UInt32? = nil, ticketsCount: UInt32? = nil,
            ticketsSum: Money? = nil, payments: [Payment] = [], offlineCount: UInt32? = nil, discountSum: Money? = nil,
            markupSum: Money? = nil, changeSum: Money? = nil
        ) {
            self.operation = operation
            self.ticketsTotalCount = ticketsTotalCount
            self.ticketsCount = ticketsCount
            self.ticketsSum = ticketsSum
            self.payments = payments
            self.offlineCount = offlineCount
            self.discountSum = discountSum
            self.markupSum = markupSum
            self.changeSum = changeSum
        }
    }

    /// `ZXReport::TicketOperation::Payment`: totals of one means of payment.
    public struct Payment: Sendable, Hashable {
        public var payment: PaymentType
        /// What was kept: of cash, without the change.
        public var sum: Money?
        /// How many payments.
        public var count: UInt32?

        public init(payment: PaymentType, sum: Money?, count: UInt32?) {
            self.payment = payment
            self.sum = sum
            self.count = count
        }
    }

    /// `ZXReport::MoneyPlacement`: totals of cash put in, or taken out.
    public struct MoneyPlacement: Sendable, Hashable {
        public var operation: MoneyPlacementType
        /// Movements since registration.
        public var operationsTotalCount: UInt32?
        /// Movements in the shift.
        public var operationsCount: UInt32?
        public var operationsSum: Money?
        /// Movements of the shift that were made offline.
        public var offlineCount: UInt32?

        public init(
            operation: MoneyPlacementType, operationsTotalCount: UInt32? = nil, operationsCount: UInt32? = nil,
            operationsSum: Money? = nil, offlineCount: UInt32? = nil
        ) {
            self.operation = operation
            self.operationsTotalCount = operationsTotalCount
            self.operationsCount = operationsCount
            self.operationsSum = operationsSum
            self.offlineCount = offlineCount
        }
    }
}
