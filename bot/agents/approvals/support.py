"""What is put beside a request: precedents, answers with their chances, what was learnt, and what follows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.figures.afterwards import outcomes
from bot.figures.chances import Proposed, chance, differs
from bot.figures.conditions import holds
from bot.figures.fixes import fix_of
from bot.figures.policy_lines import then
from bot.figures.practices import tried
from bot.figures.precedents import Alike
from bot.playbook.approving import ApprovalRule
from bot.playbook.conditions import FactName
from bot.playbook.precedents import Practice
from bot.playbook.schema import Playbook
from bot.streams.company.policies import PolicyNoted
from bot.streams.deal.contract import Contract
from bot.streams.deal.deal import Deal
from bot.streams.deal.support import Advice, Afterwards, Answer, Learnt, Precedent, Support
from bot.streams.decision import PastDeal
from bot.streams.money import Money

AS_ASKED = "as asked"
RULE_OF = {"discount": "discount", "term": "discount", "counter": "discount", "payment": "payment"}  # by a practice's
FACT_OF = {"discount": FactName.DISCOUNT, "payment": FactName.PAYMENT_DAYS}


@dataclass(frozen=True, slots=True)
class Past:
    """`alike` are those most like the deal, `ended` all that are compared; both of the deal's currency. `became` is, by
    rule, what the deals of our own yeses became; `policies` those that were in force, `practices` those that are."""

    alike: tuple[Alike, ...]
    ended: tuple[PastDeal, ...]
    became: Mapping[str, Sequence[str]] = field(default_factory=dict)
    policies: tuple[PolicyNoted, ...] = ()
    practices: tuple[Practice, ...] = ()


def proposed_of(deal: Deal, contract: Contract) -> Proposed | None:
    """None before the opportunity is known."""
    opportunity, quote = deal.opportunity, contract.quote
    if opportunity is None:
        return None
    return Proposed(
        total=quote.total.minor,
        discount=quote.discount,
        months=quote.months,
        payment_days=quote.payment_days,
        industry=opportunity.account.industry,
        competitor=opportunity.competitor,
    )


def support_of(rule: ApprovalRule, contract: Contract, asked: Proposed, past: Past, book: Playbook) -> Support:
    answers = tuple(_answers(rule, contract, asked, past.ended, book))
    rules = [practice for practice in past.practices if RULE_OF[practice.kind] == rule.kind]
    return Support(
        rule=rule.id,
        precedents=tuple(_precedent(each, contract.quote.currency, rule, past) for each in past.alike),
        answers=answers,
        learnt=tuple(learnt(practice, past.ended, book) for practice in rules),
        afterwards=_afterwards(rule, past, book),
        advice=_advice(answers, book),
    )


def _answers(
    rule: ApprovalRule, contract: Contract, asked: Proposed, ended: Sequence[PastDeal], book: Playbook
) -> Iterable[Answer]:
    """As asked, and with the nearest change that needs no such yes, where that is one of the price."""
    yield Answer(says=AS_ASKED, chance=chance(asked, ended, book.offers))
    fix = fix_of(rule, contract.clauses, book)
    if fix is None:
        return
    if fix.discount is not None:
        saves = _saved(contract, fix.discount)
        other = replace(asked, discount=fix.discount, total=asked.total + saves.minor)
        yield Answer(says=fix.says, chance=chance(other, ended, book.offers), saves=saves)
    elif fix.payment_days is not None:
        yield Answer(says=fix.says, chance=chance(replace(asked, payment_days=fix.payment_days), ended, book.offers))


def _saved(contract: Contract, discount: int) -> Money:
    """In proportion: what may not be discounted costs the same either way."""
    quote = contract.quote
    off = quote.list_total.minor - quote.total.minor
    return Money(minor=off * max(quote.discount - discount, 0) // max(quote.discount, 1), currency=quote.currency)


def _advice(answers: tuple[Answer, ...], book: Playbook) -> Advice:
    """Without enough past deals of both kinds it is the approver's alone."""
    known = [answer.chance for answer in answers if answer.chance.known]
    if len(known) < 2:
        return "open"
    asked, other = known[0], known[1]
    return "approve" if asked.share > other.share and differs(asked, other, book.offers) else "counter"


def learnt(practice: Practice, ended: Sequence[PastDeal], book: Playbook) -> Learnt:
    """By all past deals as they are known now; how much it is worth only where chance alone does not explain it."""
    found = tried(practice, ended, book.offers.at_least, book.offers.z_thousandths / 1000)
    return Learnt(
        says=practice.says,
        won=found.kept.good,
        of=found.kept.of,
        others_won=found.others.good,
        others=found.others.of,
        clear=found.gap.clear,
        since=practice.since,
        owner=book.roles[practice.owner].title,
        low=found.gap.low if found.gap.clear else 0,
        high=found.gap.high if found.gap.clear else 0,
    )


def _afterwards(rule: ApprovalRule, past: Past, book: Playbook) -> Afterwards | None:
    """Of our own yeses by this rule, and of the imported deals that it would have asked about."""
    became = [*(past.became.get(rule.id, ())), *(deal.became for deal in past.ended if _such(rule, deal))]
    found = outcomes(became, book.precedents.afterwards.at_least, book.offers.z_thousandths / 1000)
    return Afterwards(of=found.of, kept=found.kept, low=found.low, high=found.high) if found.of else None


def _such(rule: ApprovalRule, deal: PastDeal) -> bool:
    """An imported one: of our own, the decision itself tells."""
    if not deal.won or not deal.became or deal.planned_at or rule.kind not in FACT_OF:
        return False
    facts = {FactName.DISCOUNT: deal.discount, FactName.PAYMENT_DAYS: deal.payment_days or None}
    return holds([each for each in rule.when if each.fact is FACT_OF[rule.kind]], facts)


def _precedent(of: Alike, currency: str, rule: ApprovalRule, past: Past) -> Precedent:
    deal = of.deal
    decided = datetime.fromisoformat(deal.planned_at or f"{deal.closed_on}T00:00:00+00:00")
    return Precedent(
        deal=deal.id,
        industry=deal.industry,
        total=Money(minor=deal.total, currency=currency),
        discount=deal.discount,
        payment_days=deal.payment_days,
        months=deal.months,
        won=deal.won,
        days=deal.days,
        closed_on=deal.closed_on,
        likeness=of.likeness,
        then=then(rule, decided, past.policies),
    )
