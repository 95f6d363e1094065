import FermaClient
import FiscalCore

/// An answer whose parts agree, to be spoiled one member at a time.
enum TestAnswer {
    static let success: JSON = [
        "fceerror": 0, "Requestid": "sale-7", "Clientid": .null,
        "Device": ["Name": "00000003820034472769", "Address": "172.16.13.213:4444"],
        "Path": "/fr/api/v2/Complex", "Response": ["Error": 0, "ErrorMessages": .null], "FiscalDocNumber": 62848,
        "DocNumber": 58,
        "Date": ["Date": ["Day": 27, "Month": 2, "Year": 20], "Time": ["Hour": 12, "Minute": 43, "Second": 57]],
        "GrandTotal": 17520, "FiscalSign": 1_570_734_444, "DocumentType": 0,
        "QR": "t=20200227T1243&s=175.20&fn=9289000100444444&i=62848&fp=1570734444&n=1",
        "FNSerialNumber": "9289000100444444", "DeviceSerialNumber": "00000003820034472769",
        "DeviceRegistrationNumber": "0001729222014444", "FCEError": 0, "ErrorDescription": .null, "Fatal": false,
        "HTTPStatus": 200,
    ]

    static func service(_ code: Int, fatal: JSON? = false) -> JSON {
        let answer: JSON = ["FCEError": .integer(code), "ErrorDescription": "said so"]
        return answer.changed(["Fatal": fatal])
    }

    static func device(_ code: Int, fatal: JSON? = false) -> JSON {
        success.changed(["Response": ["Error": .integer(code), "ErrorMessages": ["said so"]], "Fatal": fatal])
    }

    static func read(_ body: JSON, status: Int = 200, expecting: SentRequest? = nil) -> FermaAnswer {
        FermaAnswer(status: status, body: body.bytes, expecting: expecting)
    }

    static func read(_ body: String, status: Int = 200) -> FermaAnswer {
        FermaAnswer(status: status, body: body.utf8)
    }

    /// The successful answer with other members; nil takes one away.
    static func with(_ changes: [String: JSON?], expecting: SentRequest? = nil) -> FermaAnswer {
        read(success.changed(changes), expecting: expecting)
    }
}

extension FermaAnswer {
    /// The first words of the inconsistencies.
    var words: [String] { self.inconsistencies.map(\.word.rawValue) }
}
