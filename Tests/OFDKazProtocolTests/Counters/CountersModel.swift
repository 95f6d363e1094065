/// A second opinion on the counters: reports computed from the list of documents, in Python, in integers.
///
/// It keeps no counters. For every report it goes through all documents again, and finds each field by a sum over those
/// that belong to it.
enum CountersModel {
    static let script = #"""
        import json, sys

        OPERATIONS, PAYMENTS, DIRECTIONS = (0, 1, 2, 3), (0, 1, 4), (0, 1)
        BUY, BUY_RETURN, SELL, SELL_RETURN = OPERATIONS
        INCOME = {SELL: 1, BUY_RETURN: 1, BUY: -1, SELL_RETURN: -1}

        def tiyn(money):
            return int(money["bills"]) * 100 + money["coins"]

        def money(amount):
            assert amount >= 0, amount
            return {"bills": str(amount // 100), "coins": amount % 100}

        def lines(ticket):
            """(section, 1 for goods or -1 for goods taken out, line)"""
            for item in ticket["items"]:
                if item["type"] == 1: yield item["commodity"]["section_code"], 1, item["commodity"]
                if item["type"] == 2: yield item["storno_commodity"]["section_code"], -1, item["storno_commodity"]

        def modifiers(ticket, name):
            """(1 as given or -1 as taken back, discount or markup), of the lines and of the receipt"""
            for item in ticket["items"]:
                if name in item: yield 1, item[name]
                if "storno_" + name in item: yield -1, item["storno_" + name]
            if name in ticket["amounts"]: yield 1, ticket["amounts"][name]

        def levies(ticket):
            """(percent, turnover, tax), signed"""
            found = []
            for _, sign, line in lines(ticket):
                for tax in line.get("taxes", []):
                    found.append((tax["percent"], sign * tiyn(line["sum"]), sign * tiyn(tax["sum"])))
            for name, effect in (("discount", -1), ("markup", 1)):
                for sign, modifier in modifiers(ticket, name):
                    for tax in modifier.get("taxes", []):
                        found.append(
                            (tax["percent"], effect * sign * tiyn(modifier["sum"]), effect * sign * tiyn(tax["sum"])))
            total = tiyn(ticket["amounts"]["total"])
            for tax in ticket.get("taxes", []):
                # The receipt's discount or markup has said its own part, and the turnover is the total.
                own = sum(effect * tiyn(ticket["amounts"][name]["sum"])
                          for name, effect in (("discount", -1), ("markup", 1)) if name in ticket["amounts"]
                          and tax["percent"] in [t["percent"] for t in ticket["amounts"][name].get("taxes", [])])
                found.append((tax["percent"], total - own, tiyn(tax["sum"])))
            return found

        def total(ticket): return tiyn(ticket["amounts"]["total"])

        def cash_of(document):
            if "ticket" in document:
                ticket = document["ticket"]
                paid = sum(tiyn(p["sum"]) for p in ticket.get("payments", []) if p["type"] == 0)
                return INCOME[ticket["operation"]] * paid
            return tiyn(document["placement"]["sum"]) * (1 if document["placement"]["operation"] == 0 else -1)

        def report(earlier, shift, number, at, closed):
            tickets = [d for d in shift if "ticket" in d]
            placements = [d for d in shift if "placement" in d]
            every = earlier + shift

            def of(operation): return [d["ticket"] for d in tickets if d["ticket"]["operation"] == operation]

            def operations(pick):
                result = []
                for operation in OPERATIONS:
                    counts_and_sums = [x for ticket in of(operation) for x in pick(ticket)]
                    result.append({"operation": operation, "count": sum(c for c, _ in counts_and_sums),
                                   "sum": money(sum(s for _, s in counts_and_sums))})
                return result

            def goods(ticket): return [(1 if sign > 0 else 0, sign * tiyn(line["sum"])) for _, sign, line in lines(ticket)]

            def modified(name):
                return operations(
                    lambda ticket: [(1 if sign > 0 else 0, sign * tiyn(m["sum"])) for sign, m in modifiers(ticket, name)])

            def ever(documents):
                return [{"operation": operation,
                         "sum": money(sum(total(d["ticket"]) for d in documents
                                          if "ticket" in d and d["ticket"]["operation"] == operation))}
                        for operation in OPERATIONS]

            expected = {"date_time": at, "shift_number": number}
            codes = sorted({s.encode() for d in tickets for s, _, _ in lines(d["ticket"])})
            if codes:
                expected["sections"] = [
                    {"section_code": code.decode(),
                     "operations": operations(lambda ticket: [
                         (1 if sign > 0 else 0, sign * tiyn(line["sum"]))
                         for section, sign, line in lines(ticket) if section.encode() == code])}
                    for code in codes]
            expected["operations"] = operations(goods)
            expected["discounts"] = modified("discount")
            expected["markups"] = modified("markup")
            expected["total_result"] = [
                {"operation": o, "count": expected["operations"][i]["count"], "sum": money(sum(map(total, of(o))))}
                for i, o in enumerate(OPERATIONS)]
            percents = sorted({p for d in tickets for p, _, _ in levies(d["ticket"])})
            if percents:
                expected["taxes"] = []
                for percent in percents:
                    entries = []
                    for operation in OPERATIONS:
                        found = [(t, s) for ticket in of(operation) for p, t, s in levies(ticket) if p == percent]
                        turnover, tax = sum(t for t, _ in found), sum(s for _, s in found)
                        entries.append({"operation": operation, "turnover": money(turnover), "sum": money(tax),
                                        "turnover_without_tax": money(turnover - tax)})
                    expected["taxes"].append({"tax_type": 100, "percent": percent, "operations": entries})
            expected["start_shift_non_nullable_sums"] = ever(earlier)
            expected["ticket_operations"] = []
            for i, operation in enumerate(OPERATIONS):
                mine = of(operation)
                expected["ticket_operations"].append({
                    "operation": operation,
                    "tickets_total_count": sum(
                        1 for d in every if "ticket" in d and d["ticket"]["operation"] == operation),
                    "tickets_count": len(mine), "tickets_sum": money(sum(map(total, mine))),
                    "payments": [
                        {"payment": kind,
                         "sum": money(sum(tiyn(p["sum"]) for t in mine for p in t.get("payments", []) if p["type"] == kind)),
                         "count": sum(1 for t in mine for p in t.get("payments", []) if p["type"] == kind)}
                        for kind in PAYMENTS],
                    "offline_count": sum(
                        1 for d in tickets if d["ticket"]["operation"] == operation and d["offline"]),
                    "discount_sum": expected["discounts"][i]["sum"], "markup_sum": expected["markups"][i]["sum"],
                    "change_sum": money(sum(tiyn(t["amounts"]["change"]) for t in mine if "change" in t["amounts"]))})
            expected["money_placements"] = []
            for direction in DIRECTIONS:
                mine = [d for d in placements if d["placement"]["operation"] == direction]
                expected["money_placements"].append({
                    "operation": direction,
                    "operations_total_count": sum(
                        1 for d in every if "placement" in d and d["placement"]["operation"] == direction),
                    "operations_count": len(mine), "operations_sum": money(sum(tiyn(d["placement"]["sum"]) for d in mine)),
                    "offline_count": sum(1 for d in mine if d["offline"])})
            expected["cash_sum"] = money(max(0, sum(map(cash_of, every))))
            revenue = sum(INCOME[o] * total(t) for o in OPERATIONS for t in of(o))
            expected["revenue"] = {"sum": money(abs(revenue)), "is_negative": revenue < 0}
            expected["non_nullable_sums"] = ever(every)
            expected["open_shift_time"] = opened(shift[0]) if shift else at
            if closed: expected["close_shift_time"] = at
            return expected

        def opened(document):
            return document["ticket"]["date_time"] if "ticket" in document else document["placement"]["datetime"]

        def compare(day, what, expected, actual, path=""):
            if isinstance(expected, dict) and isinstance(actual, dict):
                for key in list(expected) + [k for k in actual if k not in expected]:
                    compare(day, what, expected.get(key), actual.get(key), path + "." + key)
            elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
                for index, (e, a) in enumerate(zip(expected, actual)):
                    compare(day, what, e, a, "%s[%d]" % (path, index))
            elif type(expected) != type(actual) or expected != actual:
                sys.exit("day %s, %s: %s is %r, Python finds %r" % (day, what, path, actual, expected))

        earlier, shift, number, day = [], [], 0, None
        reports = documents = refusals = 0
        for text in sys.stdin:
            line = json.loads(text)
            if "day" in line:
                earlier, shift, number, day = [], [], 0, line["day"]
            elif "x" in line:
                reports += 1
                compare(day, "X", report(earlier, shift, number + 1 if shift else number, line["at"], False), line["x"])
            elif "z" in line:
                reports += 1
                cash = sum(map(cash_of, earlier + shift))
                if line["withdraws"] and cash > 0:
                    shift.append({"offline": line["offline"],
                                  "placement": {"operation": 1, "sum": money(cash), "datetime": line["at"]}})
                number += 1
                compare(day, "Z", report(earlier, shift, number, line["at"], True), line["z"])
                earlier, shift = earlier + shift, []
            else:
                move = cash_of(line)
                fits = move >= 0 or sum(map(cash_of, earlier + shift)) + move >= 0
                if line["counted"] != (fits or not line["guarded"]):
                    sys.exit("day %s: a document that moves cash by %d was wrongly counted or refused" % (day, move))
                if line["counted"]:
                    documents += 1
                    shift.append(line)
                else:
                    refusals += 1
        print("checked %d reports of %d documents, %d refused" % (reports, documents, refusals))
        """#
}
