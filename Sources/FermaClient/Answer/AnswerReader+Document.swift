import FiscalCore

extension AnswerReader {
    /// The members of a receipt, as far as they can be read.
    mutating func document() -> FiscalDocument {
        var document = FiscalDocument()
        document.number = self.integer(self.body("FiscalDocNumber"), "FiscalDocNumber").flatMap { $0 < 0 ? nil : $0 }
        document.docNumber = self.integer(self.body("DocNumber"), "DocNumber")
        document.date = self.date()
        document.total = self.integer(self.body("GrandTotal"), "GrandTotal").flatMap {
            $0 < 0 ? nil : Money(minorUnits: $0, currency: .rub)
        }
        document.sign = self.integer(self.body("FiscalSign"), "FiscalSign").flatMap(UInt32.init(exactly:))
        document.type = self.integer(self.body("DocumentType"), "DocumentType").map(DocumentType.init(rawValue:))
        document.qr = self.presentText("QR")
        document.fn = self.presentText("FNSerialNumber")
        document.deviceSerialNumber = self.presentText("DeviceSerialNumber")
        document.deviceRegistrationNumber = self.presentText("DeviceRegistrationNumber")
        return document
    }

    private mutating func presentText(_ name: String) -> String? {
        self.text(self.body(name), name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `Date{Date{Day,Month,Year},Time{Hour,Minute,Second}}`; the year is its last two digits, or all four.
    private mutating func date() -> CivilDateTime? {
        let date = Self.member(self.body("Date"), "Date")
        let time = Self.member(self.body("Date"), "Time")
        func part(_ object: JSON?, _ name: String) -> Int? {
            self.integer(Self.member(object, name), "Date.\(name)").flatMap { Int(exactly: $0) }
        }
        guard let day = part(date, "Day"), let month = part(date, "Month"), let year = part(date, "Year"),
            let hour = part(time, "Hour"), let minute = part(time, "Minute"), let second = part(time, "Second")
        else { return nil }
        let civil: CivilDate?
        if (1000...9999).contains(year) {
            self.leniencies.append("Date.Year has four digits")
            civil = CivilDate(year: year, month: month, day: day)
        } else {
            civil = CivilDate(yearOf2000s: year, month: month, day: day)
        }
        return civil.flatMap { CivilDateTime(date: $0, hour: hour, minute: minute, second: second) }
    }

    /// The values of tag 1199 of the lines of a full answer, in their order; nil where a line has none that can be
    /// read.
    ///
    /// A full answer repeats every command (`Responses`); the document is that of the last one that has lines.
    var taxTags: [Int64?] {
        for response in (self.body("Responses")?.array ?? []).reversed() {
            let document = Self.member(Self.member(response, "Response"), "FiscalDocument")
            let lines = Self.tags(1059, in: document)
            if !lines.isEmpty { return lines.map { Self.tags(1199, in: $0).first?[anyCase: "Value"]?.integer } }
        }
        return []
    }

    /// The tags of a number directly inside a structure: `{"TagID": 1059, "TagType": "stlv", "Value": […]}`.
    private static func tags(_ number: Int64, in structure: JSON?) -> [JSON] {
        (self.member(structure, "Value")?.array ?? []).filter { $0[anyCase: "TagID"]?.integer == number }
    }
}
