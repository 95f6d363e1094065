import FermaClient
import FiscalCore
import Testing

@Suite("Where the buyer wants the receipt")
struct PhoneOrEmailTests {
    @Test(
        "Both forms of a telephone number, and addresses",
        arguments: [
            "79878985623", "7-987-898-56-23", "ivanov@example.ru", "a.b+c_d@mail.example.org", "касса@пример.рф",
            "Daenerys.Targaryen@7kingdoms.com",
        ])
    func taken(text: String) throws {
        #expect(try PhoneOrEmail(text).text == text)
    }

    @Test(
        "Any other form of a number",
        arguments: [
            "+79878985623", "89878985623", "7987898562", "798789856234", "7 987 898 56 23", "7-987-898-5623",
            "7(987)8985623", "abc", "", " 79878985623", "７９８７８９８５６２３", "7-98789856-23",
        ])
    func noPhone(text: String) throws {
        let error = #expect(throws: InvalidField.self) { try PhoneOrEmail(text) }
        #expect(error?.field == "PhoneOrEmail")
        #expect(error?.limit.contains("7XXXXXXXXXX") == true)
    }

    @Test(
        "What has an @ and is no address",
        arguments: [
            "@", "a@", "@b.ru", "a@b", "a@@b.ru", "a@b@c.ru", "a b@c.ru", "a@b..ru", "a@.ru", "a@-b.ru", ".a@b.ru",
        ])
    func noEmail(text: String) throws {
        let error = #expect(throws: InvalidField.self) { try PhoneOrEmail(text) }
        #expect(error?.limit == "name@domain")
    }

    @Test("It shows itself to nobody")
    func redacted() throws {
        let contact = try PhoneOrEmail("79878985623")
        #expect("\(contact)" == "redacted")
        let error = #expect(throws: InvalidField.self) { try PhoneOrEmail("+79878985623") }
        #expect(error.map { "\($0)" }?.contains("7987") == false)
    }
}
