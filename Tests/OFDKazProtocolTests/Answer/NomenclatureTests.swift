import FiscalCore
import Foundation
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("The list of goods")
struct NomenclatureTests {
    private let load: CompleteAnswer

    init() throws { self.load = try CompleteAnswer.named("nomenclature") }

    private func read(_ change: (inout PBNomenclatureResponse) -> Void) throws -> Answer {
        var response = try self.load.pb()
        change(&response.nomenclature)
        return try self.load.answer(response)
    }

    private func element(_ type: Int, _ id: UInt64, in parent: UInt64? = nil) -> PBNomenclatureResponse.Element {
        .with {
            $0.type = type == 0 ? .group : .item
            $0.title = "T"
            $0.id = id
            if let parent { $0.parentGroupID = parent }
            if type == 1 {
                $0.item.barcode = "1"
                $0.item.purchasePrice = PBMoney(tiyn: 1)
                $0.item.sellPrice = PBMoney(tiyn: 2)
            }
        }
    }

    @Test("A load is taken whole, with everything that the document knows of an item")
    func complete() throws {
        let answer = try self.load.answer(self.load.pb())
        let nomenclature = try #require(answer.nomenclature)
        #expect(answer.nomenclatureResult == .ok)
        #expect(nomenclature.version == 5)
        #expect(nomenclature.createdTime?.description == "20260102T030405")
        #expect(nomenclature.elements.map(\.id) == [1, 2] && nomenclature.elements.map(\.type) == [.group, .item])
        let money = Money(minorUnits: 1005, currency: .kzt)
        #expect(
            nomenclature.elements[1].item
                == Nomenclature.Item(
                    article: "a", barcode: "b", ntin: "n", description: "d", purchasePrice: money, sellPrice: money,
                    taxes: [Nomenclature.Tax(taxationType: .sts, type: .vat, percent: 12_000)], measureCount: 100_000,
                    measureTitle: "г", measureFractional: true, measureUnitCode: "166"))
        #expect(nomenclature.elements[0].item == nil && nomenclature.elements[0].parentGroupID == nil)
    }

    @Test("Only result 0 brings a list, an empty one too; 1 and 2 and any other keep what is held")
    func results() throws {
        let empty = try self.read { $0.elements = [] }
        #expect(
            empty.nomenclature
                == Nomenclature(
                    version: 5, createdTime: empty.nomenclature?.createdTime, elements: []))
        for result in [1, 2, 3, 9] {
            let answer = try self.read {
                $0.elements = []
                $0.result = .init(rawValue: result) ?? .resultTypeOk
            }
            #expect(answer.nomenclature == nil)
            #expect(answer.nomenclatureResult?.rawValue == UInt32(result))
        }
        let without = try self.read { $0.clearResult() }
        #expect(without.nomenclature == nil && without.nomenclatureResult == nil)
        #expect(without.anomalies.map(\.field) == ["nomenclature.result"])
    }

    @Test("One element without type, title or id rejects the whole load", arguments: ["type", "title", "id"])
    func incompleteElement(field: String) throws {
        let answer = try self.read {
            switch field {
            case "type": $0.elements[1].clearType()
            case "title": $0.elements[1].clearTitle()
            default: $0.elements[1].clearID()
            }
        }
        #expect(answer.code == .ok && answer.nomenclature == nil && answer.nomenclatureResult == .ok)
        #expect(answer.anomalies.map(\.field) == ["nomenclature.elements[1].\(field)", "nomenclature"])
        #expect(try self.read { $0.clearVersion() }.nomenclature == nil)
    }

    @Test("A load that is cut off rejects itself: goods at its end may be lost")
    func cutLoad() throws {
        let (whole, _) = try self.load.places()
        let payload = whole.bytes
        let element = try #require(whole.places.first { $0.path == "nomenclature.elements[1].title" })
        let cut = whole.replacing(element, by: .raw([0x1A, 0x7F])).bytes
        #expect(try self.load.read(cut).settled().nomenclature == nil)
        var isWhole = false
        for length in 6...payload.count {
            let answer = try self.load.read(Array(payload.prefix(length))).settled()
            if let nomenclature = answer.nomenclature {
                // The service part stands behind; the list is there whole or not at all.
                #expect(nomenclature.elements.count == 2 && nomenclature.elements[1].item != nil)
                isWhole = true
            } else {
                #expect(!isWhole)
            }
        }
        #expect(isWhole)
    }

    @Test("A list whose end is lost rejects itself also where its result stands before the elements")
    func resultBeforeElements() throws {
        var head = try self.load.pb()
        head.clearService()
        let elements = head.nomenclature.elements
        head.nomenclature.elements = []
        // version, created_time and result first, then the elements; any order is good protobuf.
        var body: [UInt8] = try head.nomenclature.serializedBytes()
        for element in elements {
            let bytes: [UInt8] = try element.serializedBytes()
            body += [0x1A] + varint(UInt64(bytes.count)) + bytes
        }
        head.clearNomenclature()
        let start: [UInt8] = try head.serializedBytes()
        let payload = start + [0x2A] + varint(UInt64(body.count)) + body
        #expect(try self.load.read(payload).settled().nomenclature?.elements.count == 2)
        for lost in 1..<body.count {
            let answer = try self.load.read(Array(payload.dropLast(lost))).settled()
            #expect(answer.code == .ok && answer.nomenclature == nil, "\(lost) bytes lost")
        }
    }

    @Test("A text of an item that is not UTF-8 costs the text and not the load")
    func brokenText() throws {
        let (whole, places) = try self.load.places()
        let text = try #require(places.first { $0.path == "nomenclature.elements[1].item.description" })
        let answer = try self.load.read(whole.replacing(text, by: .bytes([0xFF])).bytes).settled()
        #expect(answer.nomenclature?.elements[1].item?.description == nil)
        #expect(answer.nomenclature?.elements[1].item?.barcode == "b")
        #expect(answer.anomalies.map(\.field) == ["nomenclature.elements[1].item.description"])
    }

    @Test("An item needs a barcode or a number of the national catalogue")
    func identifiers() throws {
        #expect(try self.read { $0.elements[1].item.clearBarcode() }.anomalies.isEmpty)
        #expect(try self.read { $0.elements[1].item.clearNtin() }.anomalies.isEmpty)
        let neither = try self.read {
            $0.elements[1].item.clearBarcode()
            $0.elements[1].item.clearNtin()
        }
        #expect(neither.anomalies.map(\.field) == ["nomenclature.elements[1].item.barcode"])
        #expect(neither.nomenclature != nil)
    }

    @Test("An item without its data is told, a group needs none")
    func missingItem() throws {
        let answer = try self.read { $0.elements[1].clearItem() }
        #expect(answer.anomalies.map(\.field) == ["nomenclature.elements[1].item"])
        #expect(answer.nomenclature?.elements[1].item == nil)
    }

    @Test("A price that does not fit is absent and told, and the load stands")
    func unfitPrice() throws {
        let answer = try self.read { $0.elements[1].item.sellPrice.bills = 9_223_372_036_854_775_807 }
        #expect(answer.nomenclature?.elements[1].item?.sellPrice == nil)
        #expect(answer.nomenclature?.elements[1].item?.purchasePrice != nil)
        #expect(answer.anomalies.map(\.field) == ["nomenclature.elements[1].item.sell_price"])
    }

    @Test("Groups make a tree; what hangs on nothing is told by its place")
    func tree() throws {
        let answer = try self.read {
            $0.elements = [
                self.element(1, 10, in: 2), self.element(0, 1), self.element(0, 2, in: 1), self.element(1, 11),
                self.element(1, 12, in: 99), self.element(1, 13, in: 10), self.element(0, 20, in: 21),
                self.element(0, 21, in: 20), self.element(1, 14, in: 20), self.element(0, 30, in: 30),
            ]
        }
        let hierarchy = try #require(answer.nomenclature?.hierarchy)
        #expect(hierarchy.roots.map(\.id) == [1, 11])
        #expect(hierarchy.children(of: hierarchy.roots[0]).map(\.id) == [2])
        #expect(hierarchy.children(of: hierarchy.children(of: hierarchy.roots[0])[0]).map(\.id) == [10])
        #expect(hierarchy.children(of: hierarchy.roots[1]).isEmpty)
        #expect(hierarchy.unreachable.map(\.id) == [12, 13, 20, 21, 14, 30])
        #expect(
            answer.anomalies.map(\.field) == (4...9).map { "nomenclature.elements[\($0)].parent_group_id" })
        #expect(answer.anomalies.allSatisfy { $0.kind == .contradiction })
    }

    @Test("One id for two elements is told")
    func sameID() throws {
        let answer = try self.read { $0.elements = [self.element(0, 1), self.element(0, 1)] }
        #expect(answer.anomalies.map(\.field) == ["nomenclature.elements"])
        #expect(answer.nomenclature?.elements.count == 2)
    }

    @Test("A chain of groups that is longer than a stack is deep is walked")
    func longChain() throws {
        let answer = try self.read {
            $0.elements = (1...20_000).map { self.element(0, $0, in: $0 == 1 ? nil : $0 - 1) }
        }
        let hierarchy = try #require(answer.nomenclature?.hierarchy)
        #expect(hierarchy.unreachable.isEmpty && hierarchy.roots.count == 1)
    }

    @Test("What is stored is what was loaded; other text is no list")
    func storing() throws {
        let nomenclature = try #require(self.load.answer(self.load.pb()).nomenclature)
        let stored = try JSONEncoder().encode([nomenclature])
        #expect(try JSONDecoder().decode([Nomenclature].self, from: stored) == [nomenclature])
        for text in [#"["x"]"#, #"["AAAA"]"#, #"[""]"#, "[1]"] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode([Nomenclature].self, from: Data(text.utf8)) }
        }
    }
}
