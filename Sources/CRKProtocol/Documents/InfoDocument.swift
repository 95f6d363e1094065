/// How an info is written: the stand-in of a document that does not exist, or that has no form of its own.
///
/// Its schema is not public. The member `typObiektu` and its values 9 and 10 are all that the source document tells
/// (section 2.2.5), so the rest is a guess that a host can replace (decision P17).
public struct InfoDocument: Sendable {
    /// No document was ever made under that number.
    public static let missing = 9
    /// A document of another kind, or one in short form.
    public static let other = 10

    private let make: @Sendable (_ typObiektu: Int, _ number: Int64) -> [UInt8]

    /// - Parameter make: the JSON object for one number.
    public init(_ make: @escaping @Sendable (_ typObiektu: Int, _ number: Int64) -> [UInt8]) {
        self.make = make
    }

    /// A guess, labelled as what it is: `{"info":{"typObiektu":9,"JPKID":3}}`, one for each number.
    public static let unverified = InfoDocument { typObiektu, number in
        Array("{\"info\":{\"typObiektu\":\(typObiektu),\"JPKID\":\(number)}}".utf8)
    }

    func bytes(_ typObiektu: Int, _ number: Int64) -> [UInt8] { self.make(typObiektu, number) }
}
