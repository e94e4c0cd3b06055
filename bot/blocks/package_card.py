"""The package in the deal's thread: what it costs, what was checked, what changed, and why these documents."""

from bot.blocks.card import Card, card, context, counted, cut, day, escape, header, money, section
from bot.blocks.deal_card import price_line
from bot.blocks.people import Known
from bot.figures.clauses import risk_of
from bot.figures.foreseeing import because
from bot.figures.tax import unchecked
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.deal.finding import Finding
from bot.streams.deal.package import Package, PackageAssembled
from bot.streams.money import percent


def card_of(deal: Deal, version: int, playbook: Playbook, known: Known) -> Card:
    made = deal.package.current
    if made is None or made.version != version:
        return card(f"Package {version} was replaced.", section(f"*Package {version} was replaced.*"))
    quote = made.contract.quote
    return card(
        f"{deal.customer}: package {version} is drafted. {price_line(quote)}. {len(made.files)} documents.",
        header(f"{deal.customer}: package {version}"),
        section(price_line(quote), *_checks(deal.package), *_changed(deal.package, made)),
        section(*(f"{escape(f.title)}, {escape(f.number)}: {counted(f.pages, 'page')}" for f in made.files)),
        section(*(_line(made, i) for i in range(len(quote.lines))), f"*Total {money(quote.total)}*"),
        section(
            *(
                f"Invoice {i.number}: {money(i.amount)} on {day(i.invoice_on)}, due {day(i.due_on)}"
                for i in quote.invoices
            )
        ),
        context(*(escape(line) for line in _why(deal, made))),
        context(*(escape(line) for line in (*_legal(made), *_foreseen(made, playbook), *_tax(made, playbook)))),
    )


MOST = 8  # findings; a card is read on a phone


def _checks(package: Package) -> list[str]:
    checked = package.checked
    if checked is None:
        return [":hourglass_flowing_sand: The checks run."]
    failed = [check for check in checked.checks if not check.passed]
    found = [finding for check in checked.checks for finding in check.findings]
    blocks = [f for f in found if f.severity == "blocks"]
    bare = [f":warning: {escape(check.name)}: {escape(check.found)}" for check in failed if not check.findings]
    first = (
        f":no_entry: {counted(len(blocks) or len(failed), 'finding')} to mend before it can go out" if failed else ""
    )
    passed = "" if failed else f":white_check_mark: {len(checked.checks)} checks passed"
    shown = [_finding(finding) for finding in (*blocks, *(f for f in found if f.severity == "warns"))]
    more = [f"And {len(shown) - MOST} more."] if len(shown) > MOST else []
    return [*filter(None, (first, passed)), *bare, *shown[:MOST], *more]


def _finding(finding: Finding) -> str:
    mark, word = (":warning:", "Blocks") if finding.severity == "blocks" else (":information_source:", "Look at")
    where, said = escape(cut(finding.place, 80)), escape(cut(finding.found, 160))
    fix = escape(cut(finding.fix, 160))
    return f"{mark} *{word}: {where}.* Found {said}; expected {escape(cut(finding.expected, 160))}. _Fix:_ {fix}."


def _changed(package: Package, made: PackageAssembled) -> list[str]:
    before = package.before
    if before is None:
        return []
    old, new = before.contract.quote, made.contract.quote
    discount = f"{percent(old.discount)} → {percent(new.discount)}"
    return [f"Since package {before.version}: {discount}, {money(old.total)} → {money(new.total)}"]


def _line(made: PackageAssembled, index: int) -> str:
    line = made.contract.quote.lines[index]
    term = "once" if line.one_off else f"{line.months} months"
    off = f", {percent(line.discount)} off" if line.discount else ""
    return f"{escape(line.name)}, {counted(line.quantity, escape(line.unit))}, {term}{off}: {money(line.total)}"


def _legal(made: PackageAssembled) -> list[str]:
    """The risk of the wording, each clause that is not what we prefer, and each law that was looked at."""
    contract = made.contract
    ours = [use for use in contract.clauses if use.rung != "preferred"]
    laws = [f"{note.source}, {note.says}: {'met' if note.met else note.kind}" for note in contract.law_notes]
    return [
        f"Legal risk: {risk_of(contract.clauses, contract.law_notes)}",
        *(f"{use.title}: {use.says}, because {use.why}" for use in ours),
        *(f"Law: {law}" for law in laws),
    ]


def _tax(made: PackageAssembled, playbook: Playbook) -> list[str]:
    customer = made.contract.customer
    told = unchecked(customer.country, customer.vat_id, playbook)
    return [f"Tax: {told}"] if told else []


def _foreseen(made: PackageAssembled, playbook: Playbook) -> list[str]:
    """What they will likely ask for where our own wording holds, and what they did in earlier deals. What is answered
    by another rung stands among the clauses."""
    titles = {clause.key: clause.title for clause in playbook.clauses}
    held = [each for each in made.foreseen if each.rung == "preferred" and each.clause in titles]
    habits = made.habits
    own = f"Before: own paper in {habits.own_paper} of {counted(habits.deals, 'earlier deal')}"
    return [
        *(f"Foreseen: {titles[each.clause]}, {because(each)}: hold ours" for each in held),
        *([own] if habits.own_paper else []),
    ]


def _why(deal: Deal, made: PackageAssembled) -> list[str]:
    strategy = deal.signals.strategy
    lines = [f"Why these: {use.why}" for use in made.contract.documents[2:]]
    if strategy is not None:
        lines.insert(0, f"Strategy: {strategy.strategy}. {strategy.says} Why: {'; '.join(strategy.reasons)}.")
        if strategy.precedents:
            lines.insert(1, f"Like this one: {'; '.join(strategy.precedents)}.")
    return lines
