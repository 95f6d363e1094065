public import FiscalCore

/// A position of a receipt (an element of `Lines`, FFD tag 1059). It is checked when its ``Receipt`` is made.
public struct ReceiptLine: Sendable, Hashable {
    /// `Qty`, more than nothing.
    public var quantity: Quantity
    /// `Price`: of one whole unit, in roubles; zero or more.
    public var price: Money
    /// `PayAttribute`; nil leaves it to the device.
    public var payAttribute: PayAttribute?
    /// `LineAttribute`; nil leaves it to the device.
    public var lineAttribute: LineAttribute?
    /// `Taxid`
    public var vat: VAT
    /// `Description`: the name of the goods, not blank; the number of an income or contribution where
    /// ``LineAttribute/descriptionNumbers`` says so.
    public var description: String
    /// `AgentModes`
    public var agentModes: AgentModes
    public var transferOperator: TransferOperatorData?
    public var paymentOperator: GetPaymentOperatorData?
    public var agent: AgentData?
    public var provider: ProviderData?

    public init(
        _ description: String, quantity: Quantity = .one, price: Money, vat: VAT, payAttribute: PayAttribute? = nil,
        lineAttribute: LineAttribute? = nil, agentModes: AgentModes = [],
        transferOperator: TransferOperatorData? = nil, paymentOperator: GetPaymentOperatorData? = nil,
        agent: AgentData? = nil, provider: ProviderData? = nil
    ) {
        self.description = description
        self.quantity = quantity
        self.price = price
        self.vat = vat
        self.payAttribute = payAttribute
        self.lineAttribute = lineAttribute
        self.agentModes = agentModes
        self.transferOperator = transferOperator
        self.paymentOperator = paymentOperator
        self.agent = agent
        self.provider = provider
    }

    /// What the line costs: price × quantity, rounded half up to a kopeck (``LineArithmetic``).
    /// - Throws: `MoneyError` when it does not fit.
    public var total: Money {
        get throws(MoneyError) { try LineArithmetic.total(price: self.price, quantity: self.quantity) }
    }
}
