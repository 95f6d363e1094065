/// What a shipment consists of, one number after another: documents in their form, infos where there is none.
///
/// Holds one page of documents at a time, however long the range is.
struct DocumentStream {
    /// The bytes under one number.
    struct Piece: Sendable, Hashable {
        var number: Int64
        var bytes: [UInt8]
    }

    /// How many documents are asked for at a time. One may have megabytes.
    static let pageSize = 16

    private let source: any DocumentSource
    private let rule: ShipmentRule
    private let info: InfoDocument
    /// The next number that is accounted for.
    private var next: Int64
    private let last: Int64
    private var page: ArraySlice<CRKDocument> = []
    /// Whether the source has nothing behind the page.
    private var isExhausted = false
    /// Whether numbers without a document are reported: a reply to an order reports them beside a document only.
    private var reportsGaps: Bool

    init(
        _ source: any DocumentSource, from next: Int64, through last: Int64, rule: ShipmentRule, info: InfoDocument,
        reportsGaps: Bool
    ) {
        self.source = source
        self.next = next
        self.last = last
        self.rule = rule
        self.info = info
        self.reportsGaps = reportsGaps
    }

    /// The next piece; nil at the end of the range.
    mutating func piece() async throws -> Piece? {
        while self.next <= self.last {
            try await self.fill()
            let number = self.next
            self.next += 1
            guard let document = self.page.first, document.number == number else {
                guard self.reportsGaps else {
                    // Nothing in the whole range: there is nothing to report beside.
                    self.next = self.last + 1
                    return nil
                }
                return Piece(number: number, bytes: self.info.bytes(InfoDocument.missing, number))
            }
            self.page = self.page.dropFirst()
            self.reportsGaps = true
            switch self.rule.form(of: document) {
            case .detailed: return Piece(number: number, bytes: document.detailed)
            case .short: return Piece(number: number, bytes: document.short ?? document.detailed)
            case .info(let typObiektu): return Piece(number: number, bytes: self.info.bytes(typObiektu, number))
            case .omitted: continue
            }
        }
        return nil
    }

    private mutating func fill() async throws {
        guard self.page.isEmpty, !self.isExhausted else { return }
        let page: [CRKDocument]
        do {
            page = try await self.source.documents(in: self.next...self.last, limit: Self.pageSize)
        } catch {
            throw CRKError(.badDocuments, "documents from \(self.next) on could not be read", underlying: error)
        }
        var before = self.next - 1
        for document in page {
            guard document.number > before, document.number <= self.last else {
                throw CRKError(.badDocuments, "documents out of order or range: \(document.number) after \(before)")
            }
            before = document.number
        }
        self.page = page[...]
        self.isExhausted = page.isEmpty
        if !page.isEmpty { self.reportsGaps = true }
    }
}
