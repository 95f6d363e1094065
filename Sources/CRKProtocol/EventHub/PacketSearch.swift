/// The search for the number of documents that fill one packet: sealed sizes cannot be told beforehand, only measured.
struct PacketSearch {
    private(set) var pieces: [DocumentStream.Piece] = []
    /// The most documents known to fit, and their seal.
    private(set) var best: (count: Int, sealed: String)?
    /// Sealed bytes for a thousand bytes of content.
    private(set) var ratio: Int
    /// Whether there are no more documents than ``pieces``.
    private(set) var isExhausted = false
    private let room: Int
    private let contentLimit: Int
    /// The fewest documents known not to fit.
    private var tooMany = Int.max
    /// Bytes of content up to each piece, the piece included.
    private var sums: [Int] = []

    init(room: Int, ratio: Int, contentLimit: Int) {
        self.room = room
        self.ratio = max(1, ratio)
        self.contentLimit = contentLimit
    }

    private var total: Int { self.sums.last ?? PacketContent.frameCost }

    mutating func append(_ piece: DocumentStream.Piece) {
        self.pieces.append(piece)
        self.sums.append(self.total + PacketContent.cost(piece))
    }

    /// The source has no more documents.
    mutating func exhausted() {
        self.isExhausted = true
    }

    /// Whether another document is worth having before the next seal.
    var wantsMore: Bool {
        self.tooMany == Int.max && !self.isExhausted && self.total < self.contentLimit && self.total <= self.target
    }

    /// Bytes of content that fill the room, as far as the ratio tells.
    private var target: Int { self.room * 1000 / self.ratio }

    /// How many documents are sealed and measured next; nil when the search is over.
    var nextTry: Int? {
        let most = min(self.pieces.count, self.tooMany - 1, self.allowed)
        guard let best else { return most == 0 ? nil : self.estimate(1...most) }
        // 97 per cent of the room are a full packet.
        guard best.count < most, best.sealed.utf8.count * 100 < self.room * 97 else { return nil }
        return self.estimate((best.count + 1)...most)
    }

    /// How many documents the limit of content allows; the first one always.
    private var allowed: Int { max(1, self.sums.firstIndex { $0 > self.contentLimit } ?? self.sums.count) }

    /// The largest count in the range whose content is expected to fit, the smallest when none is.
    private func estimate(_ range: ClosedRange<Int>) -> Int {
        let count = self.sums.firstIndex { $0 > self.target } ?? self.sums.count
        let clamped = min(max(count, range.lowerBound), range.upperBound)
        // Ratios differ within a range: halve it when the expectation says its ends only.
        let isAtAnEnd = self.tooMany != Int.max && self.best != nil && range.count > 4
        guard isAtAnEnd else { return clamped }
        return min(max(clamped, range.lowerBound + range.count / 8), range.upperBound - range.count / 8)
    }

    mutating func measured(_ count: Int, _ sealed: String) {
        let size = sealed.utf8.count
        self.ratio = max(1, size * 1000 / max(1, self.sums[count - 1]))
        if size <= self.room { self.best = (count, sealed) } else { self.tooMany = count }
    }
}
