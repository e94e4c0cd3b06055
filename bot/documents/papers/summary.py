"""The executive summary: one page with what it costs, what comes back, and where each figure comes from."""

from typing import Any

from reportlab.platypus import HRFlowable, Spacer

from bot.documents import values
from bot.documents.lettering import letters
from bot.documents.papers.shown import Shown, signed
from bot.documents.papers.topic import topic
from bot.documents.sheet import Sheet
from bot.documents.tables import INK_RULE, bare, ruled, widest
from bot.figures.returns import Assumption, Returns

NOT_ENOUGH = "There is not enough data to say what this returns: no product has a figure with a source in {currency}."


def story(sheet: Sheet, shown: Shown) -> list[Any]:
    named = shown.named
    subtitle = letters(f"For {shown.customer.legal_name}, from {shown.supplier}, {named['offered_on']}")
    made = [sheet.p("title", "Executive summary"), sheet.p("subtitle", subtitle), *_figures(sheet, shown)]
    made.append(sheet.p("prose", letters(paragraph(shown))))
    if shown.returned is not None:
        made += topic(sheet, "Cost and return", _table(sheet, shown.returned))
        made += topic(sheet, "What this assumes", _assumptions(sheet, shown, shown.returned))
        made += _uncounted(sheet, shown.returned)
    return [*made, *topic(sheet, "Next step", sheet.p("form", letters(next_step(shown))))]


def _figures(sheet: Sheet, shown: Shown) -> list[Any]:
    """Three across, each over its label."""
    returned = shown.returned
    cost = shown.named["total"].partition(" ")[2]
    three = [(cost, f"{shown.currency}, cost of all {shown.named['months']} months before tax")]
    if returned is not None:
        three.append(
            (values.figure(returned.net), f"{shown.currency}, net return: {signed(returned.share)} of the cost")
        )
        three.append(_back(returned, shown.named["months"]))
    wide = [sheet.width / 3] * len(three)
    cells = [
        [sheet.p("figure", letters(figure)) for figure, _ in three],
        [sheet.p("label", letters(label)) for _, label in three],
    ]
    rule = HRFlowable("100%", 1.1, color=sheet.colour("accent"), spaceBefore=0, spaceAfter=10)
    return [rule, bare(sheet, cells, wide), Spacer(0, 14)]


def _back(returned: Returns, months: str) -> tuple[str, str]:
    if returned.month is None:
        return "Later", f"Not all comes back within the {months} months"
    return f"Month {returned.month}", f"in which all {months} months have paid for themselves"


def paragraph(shown: Shown) -> str:
    """What is bought, what it costs and what comes back, in sentences."""
    named = shown.named
    names = list(dict.fromkeys(line.name for line in shown.lines))
    listed = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]
    said = (
        f"{shown.customer.legal_name} buys {listed} for {named['term']}. All of it costs {named['total']} before tax."
    )
    if shown.returned is None:
        return f"{said} {NOT_ENOUGH.format(currency=shown.currency)}"
    back = f"By the figures below, {named['returned']} comes back in that time."
    return f"{said} {back} Each figure is a median of other companies, not a promise."


def _table(sheet: Sheet, returned: Returns) -> Any:
    heads = ("Cost", "Return", "Net", "Net so far")
    currency = returned.cost.currency
    rows = [[sheet.p("head", "Contract year"), *(sheet.p("head-number", f"{head}<br/>{currency}") for head in heads)]]
    so_far = 0
    for year in returned.years:
        so_far += year.net.minor
        net = year.net.model_copy(update={"minor": so_far})
        rows.append(_row(sheet, f"Year {year.no}", (year.cost, year.returned, year.net, net)))
    last = _row(sheet, "Whole term", (returned.cost, returned.returned, returned.net), bold=True)
    rows.append([*last, ""])
    wide = widest(sheet, [values.figure(returned.returned), values.figure(returned.cost)], 84)
    above = ("LINEABOVE", (0, -1), (-1, -1), INK_RULE, sheet.colour("ink"))
    return ruled(sheet, rows, [sheet.width - 4 * wide, *[wide] * 4], [above])


def _row(sheet: Sheet, label: str, amounts: tuple[Any, ...], bold: bool = False) -> list[Any]:
    texts = [values.figure(amount) for amount in amounts]
    return [
        sheet.p("strong" if bold else "cell", label),
        *(sheet.p("number", f"<b>{text}</b>" if bold else text) for text in texts),
    ]


def _assumptions(sheet: Sheet, shown: Shown, returned: Returns) -> Any:
    heads = ("What changes", "By how much", "Over the term", "Source")
    rows = [[sheet.p("head-number" if head == "Over the term" else "head", head) for head in heads]]
    rows += [_assumed(sheet, shown, assumption) for assumption in returned.assumptions]
    amount = widest(sheet, [values.figure(a.amount) for a in returned.assumptions], 72)
    rest = sheet.width - amount
    return ruled(sheet, rows, [rest * 0.28, rest * 0.32, amount, rest * 0.40])


def _assumed(sheet: Sheet, shown: Shown, assumption: Assumption) -> list[Any]:
    line, benefit = assumption.line, assumption.benefit
    where = f"{benefit.source}. Quantity: {shown.named.get('order_form', shown.named['contract_number'])}"
    return [
        [sheet.p("small", letters(benefit.says)), sheet.p("detail", letters(values.product(line)))],
        sheet.p("small", letters(by_how_much(assumption))),
        sheet.p("small-number", values.figure(assumption.amount)),
        sheet.p("detail", letters(where)),
    ]


def by_how_much(assumption: Assumption) -> str:
    """Per unit, for how many, and from when."""
    line = assumption.line
    each = f"{assumption.per_month} per {line.unit} and month"
    return f"{each}, for {values.counted(line)}, from month {assumption.benefit.from_month}"


def _uncounted(sheet: Sheet, returned: Returns) -> list[Any]:
    if not returned.uncounted:
        return []
    names = ", ".join(returned.uncounted)
    return [Spacer(0, 4), sheet.p("detail", letters(f"Not counted, because there is not enough data: {names}."))]


def next_step(shown: Shown) -> str:
    """One, with its date."""
    named = shown.named
    form = named.get("order_form", named["contract_number"])
    return f"Sign the order form {form} by {named['valid_until']}. The term begins on {named['starts_on']}."
