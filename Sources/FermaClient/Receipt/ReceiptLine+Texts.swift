extension ReceiptLine {
    /// The line with every printed text in another form.
    func mapTexts(_ form: (String) -> String) -> Self {
        var line = self
        line.description = form(self.description)
        line.transferOperator?.phone = self.transferOperator?.phone.map(form)
        line.transferOperator?.name = self.transferOperator?.name.map(form)
        line.transferOperator?.address = self.transferOperator?.address.map(form)
        line.paymentOperator?.phone = self.paymentOperator?.phone.map(form)
        line.agent?.operation = self.agent?.operation.map(form)
        line.agent?.phone = self.agent?.phone.map(form)
        line.provider?.phone = self.provider?.phone.map(form)
        line.provider?.name = self.provider?.name.map(form)
        return line
    }
}
