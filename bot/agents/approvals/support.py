"""What is put beside a request: precedents, answers with their chances, what was learnt, and what follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.figures.chances import Proposed, chance, differs
from bot.figures.fixes import fix_of
from bot.figures.precedents import Alike
from bot.playbook.approving import ApprovalRule
from bot.playbook.precedents import Practice
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import Contract
from bot.streams.deal.deal import Deal
from bot.streams.deal.offers import Chance
from bot.streams.deal.support import Advice, Answer, Learnt, Precedent, Support
from bot.streams.decision import PastDeal
from bot.streams.money import Money

AS_ASKED = "as asked"


@dataclass(frozen=True, slots=True)
class Past:
    """`alike` are those most like the deal, `ended` all that are compared; both of the deal's currency."""

    alike: tuple[Alike, ...]
    ended: tuple[PastDeal, ...]


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
    rules = [practice for practice in book.precedents.practices if practice.kind == rule.kind]
    return Support(
        rule=rule.id,
        precedents=tuple(_precedent(each, contract.quote.currency) for each in past.alike),
        answers=answers,
        learnt=tuple(learnt(practice, past.ended, book) for practice in rules),
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
    """By all past deals as they are known now."""
    kept = [deal.won for deal in ended if _keeps(practice, deal)]
    others = [deal.won for deal in ended if not _keeps(practice, deal)]
    one, other = (_share(each, book.offers.at_least) for each in (kept, others))
    return Learnt(
        says=practice.says,
        won=sum(kept),
        of=len(kept),
        others_won=sum(others),
        others=len(others),
        clear=differs(one, other, book.offers),
        since=practice.since,
        owner=book.roles[practice.owner].title,
    )


def _keeps(practice: Practice, deal: PastDeal) -> bool:
    value = deal.discount if practice.kind == "discount" else deal.payment_days
    return value <= practice.at_most


def _share(won: list[bool], at_least: int) -> Chance:
    return Chance(known=len(won) >= at_least, won=sum(won), of=len(won), share=10_000 * sum(won) // max(len(won), 1))


def _precedent(of: Alike, currency: str) -> Precedent:
    deal = of.deal
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
    )
