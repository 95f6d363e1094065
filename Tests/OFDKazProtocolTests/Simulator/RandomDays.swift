import FiscalTestSupport
import Foundation

/// Days of a register as a program in Python makes them up, with what every report must say. It keeps all documents and
/// computes each report anew from them, in Python's own integers.
struct RandomDays: Decodable {
    struct Line: Decodable {
        var kind: Int
        var section: String?
        var quantity: UInt64?
        var price: Int64?
        var sum: Int64
        /// Percent, sum, and 1 for a tax that is in the sum.
        var taxes: [[Int64]]
    }

    struct Ticket: Decodable {
        var operation: Int
        var lines: [Line]
        /// Kind and sum.
        var payments: [[Int64]]
        var change: Int64
        var total: Int64
        var taxes: [[Int64]]
        var markup: Int64?
        var discount: Int64?
        var offline: UInt32?
    }

    struct Step: Decodable {
        var ticket: Ticket?
        /// 0 or 1, sum, and 1 when offline.
        var placement: [Int64]?
        /// 1 with all cash taken out, and 1 when offline.
        var close: [Int64]?
        var code: UInt32
        /// What an X says afterwards; after a close, the Z.
        var report: Report?
    }

    /// Amounts are in tiyn; operations, payments and placements in the order of their codes.
    struct Report: Decodable, Equatable {
        var shift: UInt32
        var cash: Int64
        var revenue: Int64
        var operations: [[Int64]]
        var discounts: [[Int64]]
        var markups: [[Int64]]
        var results: [[Int64]]
        var sections: [String: [[Int64]]]
        /// By percent: turnover, turnover without tax, tax.
        var taxes: [String: [[Int64]]]
        var start: [Int64]
        var sums: [Int64]
        /// All, in the shift, sum, offline, discounts, markups, change.
        var tickets: [[Int64]]
        /// Sum and count of each kind, by operation.
        var payments: [[[Int64]]]
        /// All, in the shift, sum, offline.
        var placements: [[Int64]]
    }

    var days: [[Step]]

    init(seed: Int, count: Int) throws {
        let result = try OutsideTool.run("python3", ["-c", Self.program, String(seed), String(count)])
        guard result.status == 0 else { throw CocoaError(.executableLoad, userInfo: ["python3": result.errorText]) }
        self.days = try JSONDecoder().decode([[Step]].self, from: Data(result.output))
    }

    private static let program = #"""
        import json, random, sys
        from fractions import Fraction

        rng = random.Random(int(sys.argv[1]))
        BUY, BUY_RETURN, SELL, SELL_RETURN = range(4)

        def half_up(x):
            return int((x + Fraction(1, 2)) // 1)

        def tax_of(percent, amount, inside):
            return half_up(Fraction(amount * percent, 100000 + percent if inside else 100000))

        def make_line(level):
            quantity = rng.choice([1000, 2000, 500, 1, rng.randrange(1, 5000)])
            price = rng.randrange(1, 100000)
            base = half_up(Fraction(price * quantity, 1000))
            taxes = []
            if level == "line":
                for percent in rng.sample([12000, 5000, 0], rng.randrange(0, 3)):
                    inside = rng.randrange(2)
                    taxes.append([percent, tax_of(percent, base, inside), inside])
            total = base + sum(t[1] for t in taxes if not t[2])
            return dict(kind=1, section=rng.choice(["1", "2", "pump-4", "бөлім"]), quantity=quantity, price=price,
                        sum=total, taxes=taxes)

        def make_ticket():
            level = rng.choice(["none", "line", "ticket"])
            lines = []
            for _ in range(rng.randrange(1, 5)):
                line = make_line(level)
                lines.append(line)
                draw = rng.randrange(8)
                if draw == 0 and len(lines) > 1:
                    lines.append(dict(line, kind=2))
                elif draw in (1, 2) and line["sum"] > 10:
                    cut = rng.randrange(1, line["sum"])
                    taxes = []
                    if level == "line" and line["taxes"]:
                        percent = line["taxes"][0][0]
                        taxes = [[percent, tax_of(percent, cut, 1), 1]]
                    lines.append(dict(kind=5, sum=cut, taxes=taxes))
                    if rng.randrange(4) == 0:
                        lines.append(dict(kind=6, sum=cut, taxes=taxes))
                elif draw == 3:
                    extra = rng.randrange(1, 5000)
                    lines.append(dict(kind=3, sum=extra, taxes=[]))
                    if rng.randrange(4) == 0:
                        lines.append(dict(kind=4, sum=extra, taxes=[]))
            sign = {1: 1, 2: -1, 3: 1, 4: -1, 5: -1, 6: 1}
            total = sum(sign[l["kind"]] * l["sum"] for l in lines)
            ticket = dict(operation=rng.choice([SELL] * 5 + [BUY, BUY_RETURN, SELL_RETURN]), lines=lines, taxes=[])
            if total > 100 and rng.randrange(4) == 0:
                ticket["discount"] = rng.randrange(1, total)
                total -= ticket["discount"]
            elif rng.randrange(4) == 0:
                ticket["markup"] = rng.randrange(1, 1000)
                total += ticket["markup"]
            if level == "ticket":
                for percent in rng.sample([12000, 5000], rng.randrange(1, 3)):
                    inside = rng.randrange(2)
                    ticket["taxes"].append([percent, tax_of(percent, total, inside), inside])
                total += sum(t[1] for t in ticket["taxes"] if not t[2])
            ticket["total"] = total
            kinds = rng.sample([0, 1, 4], rng.randrange(0, 4))
            rest = total
            payments = []
            for kind in kinds[:-1]:
                part = rng.randrange(0, rest + 1)
                payments.append([kind, part])
                rest -= part
            if kinds:
                payments.append([kinds[-1], rest])
            ticket["payments"] = payments
            ticket["change"] = rng.choice([0, rng.randrange(1, 10000)]) if 0 in kinds else 0
            if rng.randrange(3) == 0:
                ticket["offline"] = rng.randrange(1, 2**31)
            return ticket

        def cash_of(doc):
            if "ticket" in doc:
                t = doc["ticket"]
                cash = sum(s for k, s in t["payments"] if k == 0)
                return cash if t["operation"] in (SELL, BUY_RETURN) else -cash
            if "placement" in doc:
                kind, s, _ = doc["placement"]
                return -s if kind else s
            return 0

        def report(history, shift):
            """history: all documents in order, each with its shift; an automatic withdrawal stands in it as one."""
            here = [d for d in history if d["shift"] == shift]
            tickets = [d["ticket"] for d in here if "ticket" in d]
            ever = [d["ticket"] for d in history if "ticket" in d]
            before = [d["ticket"] for d in history if "ticket" in d and d["shift"] < shift]
            def of(op, ts): return [t for t in ts if t["operation"] == op]
            def lines(op, *kinds): return [l for t in of(op, tickets) for l in t["lines"] if l["kind"] in kinds]
            def total(items): return sum(i["sum"] for i in items)
            def goods(op, section=None):
                plus = [l for l in lines(op, 1) if section in (None, l["section"])]
                minus = [l for l in lines(op, 2) if section in (None, l["section"])]
                return [len(plus), total(plus) - total(minus)]
            def modified(op, plus, minus, name):
                whole = [t[name] for t in of(op, tickets) if name in t]
                return [len(lines(op, plus)) + len(whole), total(lines(op, plus)) - total(lines(op, minus)) + sum(whole)]
            sections = {l["section"] for t in tickets for l in t["lines"] if l["kind"] in (1, 2)}
            taxed = {}
            for t in tickets:
                for l in t["lines"]:
                    sign = 1 if l["kind"] in (1, 3, 6) else -1
                    for percent, s, inside in l["taxes"]:
                        taxed.setdefault(percent, []).append((t["operation"], sign * l["sum"], sign * s))
                for percent, s, inside in t["taxes"]:
                    taxed.setdefault(percent, []).append((t["operation"], t["total"], s))
            ops = range(4)
            result = dict(
                shift=shift, cash=sum(map(cash_of, history)),
                operations=[goods(op) for op in ops],
                discounts=[modified(op, 5, 6, "discount") for op in ops],
                markups=[modified(op, 3, 4, "markup") for op in ops],
                results=[[goods(op)[0], sum(t["total"] for t in of(op, tickets))] for op in ops],
                sections={s: [goods(op, s) for op in ops] for s in sections},
                taxes={str(p): [[max(0, sum(a for o, a, b in rows if o == op)),
                                 max(0, sum(a - b for o, a, b in rows if o == op)),
                                 max(0, sum(b for o, a, b in rows if o == op))] for op in ops]
                       for p, rows in taxed.items()},
                start=[sum(t["total"] for t in of(op, before)) for op in ops],
                sums=[sum(t["total"] for t in of(op, ever)) for op in ops],
                tickets=[[len(of(op, ever)), len(of(op, tickets)), sum(t["total"] for t in of(op, tickets)),
                          sum("offline" in t for t in of(op, tickets)), modified(op, 5, 6, "discount")[1],
                          modified(op, 3, 4, "markup")[1], sum(t["change"] for t in of(op, tickets))] for op in ops],
                payments=[[[sum(s for t in of(op, tickets) for k, s in t["payments"] if k == kind),
                            sum(1 for t in of(op, tickets) for k, s in t["payments"] if k == kind)]
                           for kind in (0, 1, 4)] for op in ops],
                placements=[[sum(1 for d in history if "placement" in d and d["placement"][0] == kind),
                             sum(1 for d in here if "placement" in d and d["placement"][0] == kind),
                             sum(d["placement"][1] for d in here if "placement" in d and d["placement"][0] == kind),
                             sum(d["placement"][2] for d in here if "placement" in d and d["placement"][0] == kind)]
                            for kind in (0, 1)])
            r = [x[1] for x in result["results"]]
            result["revenue"] = r[SELL] - r[SELL_RETURN] - r[BUY] + r[BUY_RETURN]
            return result

        days = []
        for _ in range(int(sys.argv[2])):
            history, steps, shift, is_open = [], [], 0, False
            for number in range(rng.randrange(5, 40)):
                draw = rng.randrange(10)
                if draw == 0:
                    withdraws, offline = rng.randrange(2), rng.randrange(2)
                    if not is_open: shift += 1
                    cash = sum(map(cash_of, history))
                    if withdraws and cash: history.append(dict(placement=[1, cash, offline], shift=shift))
                    steps.append(dict(close=[withdraws, offline], code=0, report=report(history, shift)))
                    is_open = False
                    continue
                step = dict(placement=[rng.randrange(2), rng.randrange(0, 200000), rng.randrange(2)]) if draw < 4 \
                    else dict(ticket=make_ticket())
                if sum(map(cash_of, history)) + cash_of(step) < 0:
                    steps.append(dict(step, code=14))
                    continue
                if not is_open: shift += 1
                is_open = True
                history.append(dict(step, shift=shift))
                step["code"] = 0
                if rng.randrange(3) == 0: step["report"] = report(history, shift)
                steps.append(step)
            days.append(steps)
        json.dump(days, sys.stdout)
        """#
}
