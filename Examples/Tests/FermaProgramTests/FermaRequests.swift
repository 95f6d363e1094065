/// Requests as a till's program writes them.
enum FermaRequests {
    /// Two and a half kilograms of apples at 100 roubles, paid by card.
    private static let apples =
        #"{"Requestid":"order-1001-sale","Clientid":"shop","Device":"auto","DocumentType":0,"#
        + #""Lines":[{"Qty":2500,"Price":10000,"PayAttribute":4,"LineAttribute":1,"Taxid":3,"Description":"Яблоки"}],"#
        + #""NonCash":[25000],"TaxMode":2,"PhoneOrEmail":"79878985623","FullResponse":false}"#

    /// The apples, with parts of the text replaced.
    static func sale(_ replacements: [String: String] = [:]) -> String {
        replacements.reduce(self.apples) { text, change in text.replacing(change.key, with: change.value) }
    }

    /// The apples under an identifier.
    static func sale(_ requestID: String) -> String {
        self.sale(["order-1001-sale": requestID])
    }

    /// The apples with one member set to a value, on the line where it belongs there.
    static func sale(setting member: String, to value: String) -> String {
        let start = #""\#(member)":"#
        guard let name = self.apples.firstRange(of: start) else {
            let owner = ["AgentModes", "ProviderData"].contains(member) ? #"{"Qty""# : #"{"Requestid""#
            return self.apples.replacing(owner, with: "{\(start)\(value),\(owner.dropFirst())")
        }
        let end = self.apples[name.upperBound...].firstIndex { ",}".contains($0) } ?? self.apples.endIndex
        return self.apples.replacingCharacters(in: name.upperBound..<end, with: value)
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}

/// Answers as the service writes them.
enum FermaAnswers {
    /// A receipt of 175.20 roubles.
    static func success(
        requestID: String = "order-1001-sale", type: Int = 0, sign: Int = 1, total: Int = 17_520
    ) -> String {
        let roubles = "\(total / 100)." + String("0\(total % 100)".suffix(2))
        return #"{"fceerror":0,"Requestid":"\#(requestID)","Clientid":"shop","Response":{"Error":0,"#
            + #""ErrorMessages":null},"Device":{"Name":"00000003820034472769","Address":"172.16.13.213:4444"},"#
            + #""FiscalDocNumber":62848,"DocNumber":58,"Date":{"Date":{"Day":27,"Month":2,"Year":20},"#
            + #""Time":{"Hour":12,"Minute":43,"Second":57}},"GrandTotal":\#(total),"FiscalSign":1570734444,"#
            + #""DocumentType":\#(type),"FNSerialNumber":"9289000100444444","#
            + #""QR":"t=20200227T1243\u0026s=\#(roubles)\u0026fn=9289000100444444\u0026i=62848"#
            + #"\u0026fp=1570734444\u0026n=\#(sign)","DeviceSerialNumber":"00000003820034472769","#
            + #""DeviceRegistrationNumber":"0001729222014444","FCEError":0,"Fatal":false,"HTTPStatus":200}"#
    }

    /// A device error.
    static func device(_ code: Int, fatal: Bool? = nil, messages: String = "null") -> String {
        #"{"FCEError":0,"Response":{"Error":\#(code),"ErrorMessages":\#(messages)}"#
            + (fatal.map { #","Fatal":\#($0)"# } ?? "") + "}"
    }

    /// A service error.
    static func service(_ code: Int, fatal: Bool? = nil, text: String = "ошибка") -> String {
        #"{"FCEError":\#(code),"ErrorDescription":"\#(text)""# + (fatal.map { #","Fatal":\#($0)"# } ?? "") + "}"
    }
}
