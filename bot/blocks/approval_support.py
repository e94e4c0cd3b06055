"""What stands below an approval request: what follows from the past, deals like this one, and what was checked."""

from bot.blocks.card import Block, context, counted, day, escape, money, section
from bot.figures.clauses import risk_of
from bot.figures.practices_kept import points
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import Contract
from bot.streams.deal.deal import Deal
from bot.streams.deal.finding import GROUPS
from bot.streams.deal.offers import Chance
from bot.streams.deal.package import Check
from bot.streams.deal.support import Afterwards, Answer, Learnt, Precedent, Support
from bot.streams.money import percent

DECIMALS = 100
WHOLE = 10_000
WARNED = 3  # findings on the card; the rest stands on the package's
ADVICE = {
    "approve": "Approve.",
    "counter": "Counter.",
    "open": "Yours alone: too few past deals are like it.",
}


def blocks(deal: Deal, rule: str, contract: Contract, playbook: Playbook) -> list[Block | None]:
    planned = deal.approvals.planned
    found = next((each for each in planned.support if each.rule == rule), None) if planned else None
    return [
        *(_past(found) if found else []),
        context(_checked(checked.checks)) if (checked := deal.package.checked) else None,
        _law(contract, playbook),
    ]


def _past(found: Support) -> list[Block | None]:
    return [
        section(
            f"*From past deals:* {ADVICE[found.advice]}",
            *(_answer(answer) for answer in found.answers),
            _afterwards(found.afterwards) if found.afterwards else "",
        ),
        section("*Like this one:*", *(_precedent(each) for each in found.precedents)) if found.precedents else None,
        context(*(_learnt(each) for each in found.learnt)) if found.learnt else None,
    ]


def _answer(of: Answer) -> str:
    keeps = f", keeps about {money(of.saves)}" if of.saves is not None and of.saves.minor else ""
    return f"{escape(of.says[:1].upper() + of.says[1:])}: {_chance(of.chance)}{keeps}"


def _chance(of: Chance) -> str:
    if not of.known:
        return f"{of.of} past deals like that, {of.won} won: too few to say" if of.of else "no past deal is like that"
    low, high = (share // DECIMALS for share in (of.low, of.high))
    return f"{of.won} of {of.of} like that were won, so about {of.share // DECIMALS}% ({low} to {high}%)"


def _afterwards(of: Afterwards) -> str:
    yeses, are = "yes" if of.of == 1 else "yeses", "is" if of.kept == 1 else "are"
    told = f"Of {of.of} such {yeses}, {of.kept} {are} kept a quarter later"
    if of.low is None or of.high is None:
        return f"{told}: too few to say"
    return f"{told} ({of.low // DECIMALS} to {of.high // DECIMALS}%)"


def _precedent(of: Precedent) -> str:
    industry = escape(of.industry.lower() or "industry not known")
    ended = f"{'won' if of.won else 'lost'} in {of.days} days"
    terms = f"{money(of.total)}, {percent(of.discount)} off, net {of.payment_days}"
    then = f". The policy was another then: {escape(of.then)}" if of.then else ""
    return f"{of.likeness // DECIMALS}% alike, {industry}: {terms}, {ended} ({of.closed_on}, `{escape(of.deal)}`){then}"


def _learnt(of: Learnt) -> str:
    """With how many, what difference it makes, since when, and whose rule it is."""
    beyond = f"{of.others_won} of {of.others} beyond it" if of.others else "none went beyond it"
    effect = f": {_worth(of) if of.clear else 'no clear difference'}" if of.others else ""
    told = f"{of.won} of {of.of} past deals won, {beyond}{effect}"
    return f"Practice: {escape(of.says)}. {told}. {escape(of.owner)}, looked at {day(of.since)}."


def _worth(of: Learnt) -> str:
    return points(round(WHOLE * (of.won / of.of - of.others_won / of.others)), of.low, of.high)


def _checked(checks: tuple[Check, ...]) -> str:
    """The request is only made when nothing blocks; what warns is told. The last checks look beyond the documents."""
    warned = [finding for check in checks for finding in check.findings if finding.severity == "warns"]
    beyond = "; ".join(check.name for check in checks[-len(GROUPS) :])
    told = "".join(f" Look at {escape(f.says)}. Fix: {escape(f.fix)}." for f in warned[:WARNED])
    result = f"{counted(len(warned), 'warning')}" if warned else "all passed"
    return f"{counted(len(checks), 'check')} before you were asked: {result}. {escape(beyond)}.{told}"


def _law(contract: Contract, playbook: Playbook) -> Block | None:
    """The risk of the whole, each clause that is not our standard with the way back to it, and the law."""
    ladder = {clause.key: clause.rungs[0].says for clause in playbook.clauses}
    lower = [use for use in contract.clauses if use.rung != "preferred"]
    told = [f"{use.title}: {use.says} (way back: {ladder.get(use.clause, 'our standard')})" for use in lower]
    unmet = [f"{note.says} ({note.source})" for note in contract.law_notes if not note.met]
    met = f"NOT met: {escape('; '.join(unmet))}" if unmet else "all met"
    points = counted(len(contract.law_notes), "point")
    return section(
        f"*Risk:* {risk_of(contract.clauses, contract.law_notes)}. *Law:* {points} looked at, {met}",
        f"Not our standard: {escape('; '.join(told))}" if told else "",
    )
