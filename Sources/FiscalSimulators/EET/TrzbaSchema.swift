import EETProtocol

/// The element `Trzba` as the XML schemas of both editions describe it (EETXMLSchema.xsd, versions 3.1 and 4.1).
struct TrzbaSchema: Sendable {
    private struct Attribute: Sendable {
        var name: String
        var type: SchemaType
        var isRequired: Bool
    }

    let edition: Edition

    /// The first thing in the element that the schema does not allow, in words; nil when it is valid.
    func violation(_ trzba: XMLElementNode) -> String? {
        guard trzba.name.isNamed("Trzba", self.namespace) else { return "the Body does not hold a Trzba" }
        var names: [XMLString] = ["Hlavicka", "Data"]
        if self.edition == .v3 { names.append("KontrolniKody") }
        if let fault = self.sequence(trzba, names) ?? self.attributes(trzba, []) { return fault }
        let parts = trzba.elements
        if let fault = self.empty(parts[0]) ?? self.attributes(parts[0], Self.header) { return fault }
        let data = self.edition == .v3 ? Self.dataV3 : Self.dataV4
        if let fault = self.empty(parts[1]) ?? self.attributes(parts[1], data) { return fault }
        return self.edition == .v3 ? self.codes(parts[2]) : nil
    }

    private var namespace: XMLString { XMLString(self.edition.namespace) }

    private func codes(_ element: XMLElementNode) -> String? {
        if let fault = self.sequence(element, ["pkp", "bkp"]) ?? self.attributes(element, []) { return fault }
        let (pkp, bkp) = (element.elements[0], element.elements[1])
        return self.simple(pkp, .pkp, Self.pkp) ?? self.simple(bkp, .bkp, Self.bkp)
    }

    /// Exactly these children in this order, and no text between them.
    private func sequence(_ element: XMLElementNode, _ names: [XMLString]) -> String? {
        guard !element.hasOwnText else { return "text in \(element.name.local)" }
        let children = element.elements
        let fits =
            children.count == names.count
            && zip(children, names).allSatisfy { $0.name.isNamed($1, self.namespace) }
        return fits ? nil : "\(element.name.local) does not hold \(names.map(\.string).joined(separator: ", "))"
    }

    /// No child and no text, not even white space: the content type is empty.
    private func empty(_ element: XMLElementNode) -> String? {
        let hasContent = element.children.contains { if case .instruction = $0 { false } else { true } }
        return hasContent ? "\(element.name.local) is not empty" : nil
    }

    /// Text of one type and nothing else.
    private func simple(_ element: XMLElementNode, _ type: SchemaType, _ attributes: [Attribute]) -> String? {
        guard element.elements.isEmpty else { return "an element in \(element.name.local)" }
        guard type.accepts(element.text.string) else { return "the value of \(element.name.local)" }
        return self.attributes(element, attributes)
    }

    private func attributes(_ element: XMLElementNode, _ allowed: [Attribute]) -> String? {
        for attribute in allowed {
            guard let value = element.attribute(XMLString(attribute.name)) else {
                if attribute.isRequired { return "\(element.name.local) without \(attribute.name)" }
                continue
            }
            guard attribute.type.accepts(value.string) else { return "the value of \(attribute.name)" }
        }
        for attribute in element.attributes {
            let isHint = Self.schemaHints.contains { attribute.name.isNamed($0, Self.instance) }
            let isKnown =
                attribute.name.namespace.isEmpty
                && allowed.contains { $0.name == attribute.name.local.string }
            if !isHint, !isKnown { return "\(attribute.name.local) in \(element.name.local)" }
        }
        return nil
    }

    /// Allowed on every element by XML Schema itself.
    private static let instance: XMLString = "http://www.w3.org/2001/XMLSchema-instance"
    private static let schemaHints: [XMLString] = ["schemaLocation", "noNamespaceSchemaLocation"]

    private static func required(_ name: String, _ type: SchemaType) -> Attribute {
        Attribute(name: name, type: type, isRequired: true)
    }

    private static func optional(_ name: String, _ type: SchemaType) -> Attribute {
        Attribute(name: name, type: type, isRequired: false)
    }

    private static let header = [
        required("uuid_zpravy", .uuid), required("dat_odesl", .dateTime), required("prvni_zaslani", .boolean),
        optional("overeni", .boolean),
    ]

    private static let dataV3 = [
        required("dic_popl", .taxpayer), optional("dic_poverujiciho", .taxpayer), required("id_provoz", .premises),
        required("id_pokl", .string20), required("porad_cis", .string25), required("dat_trzby", .dateTime),
        required("celk_trzba", .amount), optional("zakl_nepodl_dph", .amount), optional("zakl_dan1", .amount),
        optional("dan1", .amount), optional("zakl_dan2", .amount), optional("dan2", .amount),
        optional("zakl_dan3", .amount), optional("dan3", .amount), optional("cest_sluz", .amount),
        optional("pouzit_zboz1", .amount), optional("pouzit_zboz2", .amount), optional("pouzit_zboz3", .amount),
        optional("urceno_cerp_zuct", .amount), optional("cerp_zuct", .amount), required("rezim", .regime),
    ]

    private static let dataV4 = [
        required("eic_popl", .taxpayer), optional("eic_poverujiciho", .taxpayer),
        optional("povereni_vice_popl", .boolean), required("id_jednotky", .unit), required("id_pokl", .string20),
        required("porad_cis", .string25), required("dat_trzby", .dateTime), required("celk_trzba", .amount),
        optional("urceno_cerp_zuct", .amount), optional("cerp_zuct", .amount),
    ]

    private static let pkp = [
        required("digest", .word("SHA256")), required("cipher", .word("RSA2048")),
        required("encoding", .word("base64")),
    ]

    private static let bkp = [required("digest", .word("SHA1")), required("encoding", .word("base16"))]
}
