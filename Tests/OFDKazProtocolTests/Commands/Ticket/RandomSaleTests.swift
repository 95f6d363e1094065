import FiscalCore
import FiscalTestSupport
import Foundation
import OFDKazProtocol
import Testing

@Suite("Whatever is sold, the receipt adds up")
struct RandomSaleTests {
    private static let seeds: Range<UInt64> =
        0..<(ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" ? 20_000 : 500)

    /// A sale takes off more than there is now and then; then it is refused as such, and as nothing else.
    private static func built(seed: UInt64) throws -> (steps: [SaleStep], ticket: Ticket)? {
        let sale = try RandomSale(seed: seed)
        do { return (sale.steps, try sale.builder.build()) } catch {
            guard error.field == "amounts.total", error.rule == .range else { throw error }
            return nil
        }
    }

    @Test("What is built keeps every rule, in each edition")
    func rules() throws {
        var built = 0
        for seed in Self.seeds {
            guard let (_, ticket) = try Self.built(seed: seed) else { continue }
            built += 1
            for edition in Edition.sendable {
                #expect(TicketRules.issues(in: ticket.pb, edition: edition, isStamped: false) == [], "seed \(seed)")
            }
            #expect(try Ticket(wire: ticket.pb) == ticket)
        }
        #expect(built > Self.seeds.count * 7 / 10)
    }

    @Test("One tiyn more or less anywhere in the arithmetic is found")
    func oneTiyn() throws {
        for seed in Self.seeds.prefix(100) {
            guard let (_, ticket) = try Self.built(seed: seed) else { continue }
            var random = RandomSale.SplitMix(state: seed)
            let index = Int(random.below(UInt64(ticket.pb.items.count)))
            for change in [
                { (wire: inout PBTicketRequest) in
                    wire.amounts.total = PBMoney(tiyn: (wire.amounts.total.tiyn ?? 0) + 1)
                },
                { wire in
                    guard !wire.payments.isEmpty else { return wire.items = [] }
                    wire.payments[0].sum = PBMoney(tiyn: (wire.payments[0].sum.tiyn ?? 0) + 1)
                },
                { wire in
                    switch wire.items[index].type {
                    case .itemTypeCommodity: wire.items[index].commodity.sum.coins ^= 1
                    case .itemTypeStornoCommodity: wire.items[index].stornoCommodity.sum.coins ^= 1
                    case .itemTypeMarkup: wire.items[index].markup.sum.coins ^= 1
                    case .itemTypeStornoMarkup: wire.items[index].stornoMarkup.sum.coins ^= 1
                    case .itemTypeDiscount: wire.items[index].discount.sum.coins ^= 1
                    default: wire.items[index].stornoDiscount.sum.coins ^= 1
                    }
                },
            ] as [(inout PBTicketRequest) -> Void] {
                var wire = ticket.pb
                change(&wire)
                #expect(!TicketRules.issues(in: wire, edition: .v203, isStamped: false).isEmpty, "seed \(seed)")
            }
        }
    }

    @Test("A reckoning in fractions, from the steps alone, agrees", .enabled(if: OutsideTool.exists("python3")))
    func fractions() throws {
        var input: [UInt8] = []
        var count = 0
        for seed in Self.seeds {
            guard let (steps, ticket) = try Self.built(seed: seed) else { continue }
            count += 1
            input += Array(try JSONEncoder().encode(steps)) + [UInt8(ascii: "\n")]
            input += Array(try PayloadJSON.text(of: ticket.pb).utf8) + [UInt8(ascii: "\n")]
        }
        let result = try OutsideTool.run("python3", ["-c", Self.reckoning], input: input)
        #expect(result.errorText == "")
        #expect(result.text == "\(count) agree\n")
    }

    private static let reckoning = """
        import json, sys
        from fractions import Fraction
        from math import floor

        def round_half_up(number): return floor(number + Fraction(1, 2))
        def tiyn(money): return int(money["bills"]) * 100 + money["coins"]
        def tax_of(base, percent, inside):
            rate = Fraction(percent, 100000)
            return round_half_up(base * rate / (1 + rate) if inside else base * rate)
        def with_tax(base, percent, inside):
            if percent is None: return base, []
            tax = tax_of(base, percent, inside)
            return (base if inside else base + tax), [(percent, tax, inside)]
        def taxes_in(block): return [(t["percent"], tiyn(t["sum"]), t["is_in_total_sum"]) for t in block.get("taxes", [])]

        def reckon(steps):
            items, base, whole, tax, card, cash = [], 0, None, None, None, None
            for step in steps:
                (kind, given), = step.items()
                if kind == "add":
                    goods = dict(price=given["price"], quantity=given["quantity"], left=given["quantity"],
                                 percent=given.get("percent"), inside=given["inside"])
                    line = round_half_up(Fraction(goods["price"] * goods["quantity"], 1000))
                    items.append(("commodity", *with_tax(line, goods["percent"], goods["inside"]), goods))
                elif kind == "modify":
                    goods = [item[3] for item in items if item[0] == "commodity"][-1]
                    line = round_half_up(Fraction(goods["price"] * goods["quantity"], 1000))
                    sum = given.get("sum")
                    if sum is None: sum = round_half_up(Fraction(line * given["percent"], 100000))
                    name = "discount" if given["discount"] else "markup"
                    items.append((name, *with_tax(sum, goods["percent"], goods["inside"]), None))
                elif kind == "storno":
                    name, sum, taxes, goods = items[given["item"]]
                    if name == "commodity":
                        quantity = given.get("quantity")
                        if quantity is None: quantity = goods["left"]
                        goods["left"] -= quantity
                        line = round_half_up(Fraction(goods["price"] * quantity, 1000))
                        sum, taxes = with_tax(line, goods["percent"], goods["inside"])
                    items.append(("storno_" + name, sum, taxes, None))
                elif kind == "wholeModifier": whole = given
                elif kind == "wholeTax": tax = given
                elif kind == "card": card = given["_0"]
                elif kind == "cash": cash = given
            sign = dict(commodity=1, markup=1, storno_discount=1, storno_commodity=-1, discount=-1, storno_markup=-1)
            for name, sum, taxes, goods in items: base += sign[name] * sum
            amounts = {}
            if whole is not None:
                sum = whole.get("sum")
                if sum is None: sum = round_half_up(Fraction(base * whole["percent"], 100000))
                amounts["discount" if whole["discount"] else "markup"] = sum
                base += -sum if whole["discount"] else sum
            amounts["total"], taxes = with_tax(base, tax["percent"], tax["inside"]) if tax else (base, [])
            payments = {}
            if card is not None: payments["PAYMENT_CARD"] = card
            if cash is not None:
                kept = amounts["total"] - (card or 0)
                amounts["taken"] = cash.get("taken") if cash.get("taken") is not None else kept
                amounts["change"] = amounts["taken"] - kept
                payments["PAYMENT_CASH"] = kept
            return [(name, sum, taxes) for name, sum, taxes, goods in items], taxes, amounts, payments

        def read(ticket):
            items = []
            for item in ticket["items"]:
                name = item["type"].removeprefix("ITEM_TYPE_").lower()
                items.append((name, tiyn(item[name]["sum"]), taxes_in(item[name])))
            amounts = {name: tiyn(block.get("sum", block)) for name, block in ticket["amounts"].items()}
            payments = {payment["type"]: tiyn(payment["sum"]) for payment in ticket.get("payments", [])}
            return items, taxes_in(ticket), amounts, payments

        agreed = 0
        lines = sys.stdin.read().splitlines()
        for steps, ticket in zip(lines[::2], lines[1::2]):
            ours, theirs = reckon(json.loads(steps)), read(json.loads(ticket))
            if ours != theirs: sys.exit(f"{steps}\\n{ours}\\n{theirs}")
            agreed += 1
        print(agreed, "agree")
        """
}
