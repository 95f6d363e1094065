public import CRKProtocol
public import FiscalCore

extension CRKAuthority {
    /// Orders something of a register.
    /// - Parameters:
    ///   - priority: the higher the sooner it is served.
    ///   - now: the time in the code of the order; a millisecond or more later when that code was given before.
    /// - Returns: The `commandId`.
    @discardableResult
    public mutating func order(
        _ content: CRKOrderContent, for unit: UniqueNumber, priority: Int = 0, form: CRKOrderForm = CRKOrderForm(),
        at now: FiscalInstant
    ) -> String {
        self.queue(content, unit.text, priority: priority, form: form, at: now)
    }

    @discardableResult
    mutating func queue(
        _ content: CRKOrderContent, _ unit: String, priority: Int = 0, form: CRKOrderForm = CRKOrderForm(),
        at now: FiscalInstant
    ) -> String {
        let given = Set(self.registers.values.flatMap { $0.orders.map(\.commandID) })
        var time = now
        func id() -> String { "\(content.code).\(form.unit ?? unit).\(Self.text(of: time, form.fractionDigits))" }
        let step: Duration = form.fractionDigits < 3 ? .seconds(1) : .milliseconds(1)
        while given.contains(id()) { time = time + step }
        let order = CRKOrder(commandID: id(), content: content, form: form, priority: priority, orderedAt: now)
        self.withRegister(unit) { $0.orders.append(order) }
        return order.commandID
    }

    private static func text(of time: FiscalInstant, _ digits: Int) -> String {
        OffsetDateTime(time, zone: FixedZone.utc).iso8601(fractionDigits: min(max(digits, 0), 9))
    }

    /// The next orders of a register, as they are served; each is made once and served the same until it is confirmed.
    mutating func serve(_ unit: String) throws -> [String] {
        let waiting = self.register(unit).waitingOrders.prefix(max(1, self.rules.ordersPerAnswer))
        var texts: [String] = []
        for order in waiting {
            let text = try order.served ?? self.text(of: order, for: unit)
            texts.append(text)
            self.withRegister(unit) { register in
                guard let place = register.orders.firstIndex(where: { $0.commandID == order.commandID }) else { return }
                register.orders[place].served = text
                register.orders[place].deliveries += 1
            }
        }
        return texts
    }

    private mutating func text(of order: CRKOrder, for unit: String) throws -> String {
        let command: JSON = ["attributes": try self.attributes(of: order.content)]
        guard order.form.seal != .plain else {
            return JSON.object([.init("commandId", .string(order.commandID)), .init("command", command)]).text
        }
        let content =
            order.form.shape == .attributes ? command : ["commandId": .string(order.commandID), "command": command]
        var sealed = try self.seal(content.bytes, for: unit, order.form.seal)
        if order.form.seal == .damaged { sealed = Self.damage(sealed) }
        return JSON.object([
            .init("commandId", .string(order.commandID)), .init("encryptedCommand", .string(sealed)),
        ]).text
    }

    private func attributes(of content: CRKOrderContent) throws -> JSON {
        switch content {
        case .callService(let name): return ["CPDServiceName": .string(name)]
        case .timetable(let timetable):
            return .object([
                .init("sendFreqEventHub", self.number(timetable.sendFreqEventHub)),
                .init("checkFreqWebApi", self.number(timetable.checkFreqWebApi)),
                .init(Self.shipmentType(self.rules.doublesPInTimetable), .string(timetable.shipmentType)),
            ])
        case .qrCode(let amount): return ["qrCode": self.number(amount)]
        case .documents(let scope, let shipmentType):
            return .object([
                .init("scope", .string(scope)),
                .init(Self.shipmentType(self.rules.doublesPInDocumentOrder), .string(shipmentType)),
            ])
        case .raw(_, let attributes): return try JSON(parsing: attributes)
        }
    }

    /// Signed by the repository, encrypted to the register (section 2.3.1.4.1).
    private mutating func seal(_ content: [UInt8], for unit: String, _ form: CRKOrderForm.Seal) throws -> String {
        let profile = try SealingProfile(JSON(parsing: self.rules.orderSeal))
        let signer = form == .wrongSignature ? self.identity.stranger : self.identity.encrypt
        var recipient = self.identity.encrypt.certificate
        if form != .wrongRecipient {
            guard let text = self.register(unit).encryptCertificates.last, let der = Base64.decode(text) else {
                throw CRKRefusal("E05", "no certificate to encrypt to")
            }
            recipient = try Certificate(der: der)
        }
        self.drawn += 1
        let random = CRKDrawnBytes(secret: self.identity.secret, label: "order \(self.drawn)")
        return try profile.seal(
            content, signer: signer.key, certificate: signer.certificate, for: recipient, randomness: random)
    }

    /// Another letter in the middle of the longest part, which is the ciphertext.
    private static func damage(_ sealed: String) -> String {
        var letters = Array(sealed.utf8)
        var start = 0, best = 0..<0
        for part in letters.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            if part.count > best.count { best = start..<start + part.count }
            start += part.count + 1
        }
        guard !best.isEmpty else { return sealed }
        let middle = best.lowerBound + best.count / 2
        letters[middle] = letters[middle] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        return String(decoding: letters, as: UTF8.self)
    }
}
