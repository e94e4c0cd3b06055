"""Offers beside the one that stands: each priced, judged by the policy, and weighed by how deals like it ended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from bot.figures.chances import Proposed, chance, differs
from bot.figures.conditions import Facts, holds
from bot.figures.potential import path, potential
from bot.figures.price import Ask, price
from bot.figures.problem import PriceProblem
from bot.playbook.conditions import FactName
from bot.playbook.pricing import reached
from bot.playbook.schema import Playbook
from bot.streams.deal.offers import Chance, Need, Scenario, Situation
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.quote import Quote
from bot.streams.decision import PastDeal
from bot.streams.money import Money, percent

WHOLE, YEAR = 10_000, 12


@dataclass(frozen=True, slots=True)
class Setting:
    """All that the offers are made of. `facts` are the approval rules' facts of a quote in this deal."""

    ask: Ask
    opportunity: Opportunity
    situation: Situation
    past: tuple[PastDeal, ...]
    competitor: str
    urgent_words: str
    today: date
    playbook: Playbook
    facts: Callable[[Quote], Facts]

    @property
    def days_left(self) -> int:
        """To the decision, as the rep said or as Salesforce has it."""
        return ((self.situation.decide_by or self.opportunity.close_on) - self.today).days

    @property
    def urgent(self) -> bool:
        return bool(self.urgent_words) or self.days_left <= self.playbook.offers.urgent_days

    @property
    def late(self) -> bool:
        days = self.situation.late_days
        return days is not None and days >= self.playbook.offers.late_days


@dataclass(frozen=True, slots=True)
class _Offer:
    id: str
    title: str
    why: str
    ask: Ask
    expands: bool = False


def scenarios(setting: Setting) -> tuple[Scenario, ...]:
    """As it stands first. Raises PriceProblem when even that has no price."""
    stands = _Offer("stands", "As it stands", "What the deal asks for today.", setting.ask)
    first = _scenario(setting, stands, None)
    others = (_tried(setting, offer, first) for offer in _offers(setting))
    return (first, *(scenario for scenario in others if scenario is not None and not _same(scenario, first)))


def chance_of(setting: Setting, quote: Quote) -> Chance:
    proposed = Proposed(
        total=quote.total.minor,
        discount=quote.discount,
        months=quote.months,
        payment_days=quote.payment_days,
        industry=setting.opportunity.account.industry,
        competitor=setting.competitor,
    )
    return chance(proposed, setting.past, setting.playbook.offers)


def _offers(setting: Setting) -> Iterator[_Offer]:
    yield from _best(setting)
    yield _term(setting)
    yield from _payment(setting)
    yield from _ramp(setting)
    why = "The same price; what they may want later is priced now."
    yield _Offer("expansion", "Room to grow", why, setting.ask, expands=True)


def _best(setting: Setting) -> Iterator[_Offer]:
    """Of the discounts that break no floor, the one whose margin times chance is the highest. Who presses on the price
    would not take less off than now."""
    stands = price(setting.ask, setting.playbook)
    least = stands.discount if setting.situation.pressed else -1
    tried = [(quote, chance_of(setting, quote)) for quote in _discounted(setting)]
    earns = {quote.discount: _earns(quote, found) for quote, found in tried if found.known and quote.discount > least}
    earns.pop(stands.discount, None)
    if not earns:
        return
    best = max(earns, key=lambda discount: (earns[discount].minor, -discount))
    now = chance_of(setting, stands)
    beside = f", as it stands {_earns(stands, now)}" if now.known else ""
    against = f" against {setting.competitor}" if setting.competitor else ""
    why = f"Of {len(earns)} other discounts{against}, {percent(best)} is expected to earn most: {earns[best]}{beside}."
    yield _Offer("margin", "The price that earns most", why, replace(setting.ask, discount=best))


def _earns(quote: Quote, found: Chance) -> Money:
    """The margin, as often as it is likely to come."""
    return (quote.total - quote.cost).times(Fraction(found.share, WHOLE))


def _discounted(setting: Setting) -> Iterator[Quote]:
    book = setting.playbook
    for discount in book.offers.discounts:
        try:
            quote = price(replace(setting.ask, discount=discount), book)
        except PriceProblem:
            continue
        if not setting.facts(quote).get(FactName.BELOW_FLOOR):
            yield quote


def _term(setting: Setting) -> _Offer:
    """Urgent: a shorter promise is decided faster. Else a longer one, with what the book gives for it."""
    terms, now = setting.playbook.offers.terms, setting.ask.months
    shorter = [months for months in terms if months < now]
    longer = [months for months in terms if months > now]
    left = f"{max(setting.days_left, 0)} days to the decision"
    said = f", and they wrote “{setting.urgent_words}”" if setting.urgent_words else ""
    if setting.urgent and shorter:
        why = f"{left}{said}: a shorter promise is decided faster, without the book's discount for the longer one."
        return _Offer("shorter", "A shorter term", why, _with_term(setting, shorter[-1]))
    months = longer[0] if longer else now
    why = f"{left}: time for a longer term, with the book's discount for it."
    return _Offer("longer", "A longer term", why, _with_term(setting, months))


def _with_term(setting: Setting, months: int) -> Ask:
    """What is agreed, and what the book gives more for that term than for the one that stands, or less."""
    book = setting.playbook
    now, then = (reached(book.pricing.term, count) for count in (setting.ask.months, months))
    more = (then.discount if then else 0) - (now.discount if now else 0)
    return replace(setting.ask, months=months, discount=max(min(price(setting.ask, book).discount + more, WHOLE), 0))


def _payment(setting: Setting) -> Iterator[_Offer]:
    """Earlier money for more off, or more time for less; nobody who pays late gets more time."""
    rules, days = setting.playbook.offers, setting.ask.payment_days
    agreed = price(setting.ask, setting.playbook).discount
    if days > rules.prompt_days:
        more = min(agreed + rules.prompt_discount, WHOLE)
        why = f"{_history(setting)} {percent(more - agreed)} more off buys the money earlier."
        asked = replace(setting.ask, payment_days=rules.prompt_days, discount=more)
        yield _Offer("prompt", f"Paid in {rules.prompt_days} days", why, asked)
    elif not setting.late:
        less = max(agreed - rules.patient_less, 0)
        why = f"{_history(setting)} {rules.patient_days} days to pay, for {percent(agreed - less)} less off."
        asked = replace(setting.ask, payment_days=rules.patient_days, discount=less)
        yield _Offer("patient", f"Paid in {rules.patient_days} days", why, asked)


def _history(setting: Setting) -> str:
    account, late = setting.opportunity.account, setting.situation.late_days
    before = sorted(deal.payment_days for deal in setting.past if deal.customer == account.name and deal.won)
    told = f"{len(before)} earlier deals with them, net {before[len(before) // 2]}." if before else "No earlier deal."
    paid = "" if late is None else f" They pay {late} days late."
    rating = f" Rating {account.credit_rating}." if account.credit_rating else ""
    return told + paid + rating


def _ramp(setting: Setting) -> Iterator[_Offer]:
    """The same total, with a smaller first invoice: as small as the budget wants, and the playbook lets."""
    years = -(-setting.ask.months // YEAR)
    if years < 2:
        return
    first = _first_share(setting)
    rest = WHOLE - first
    shares = (first, *(rest // (years - 1) for _ in range(years - 2)))
    why = f"The first year's invoice is {percent(first)} of the subscription; the total stays."
    asked = replace(setting.ask, bill_shares=(*shares, WHOLE - sum(shares)))
    yield _Offer("ramp", "Billed as they grow", why, asked)


def _first_share(setting: Setting) -> int:
    rules, budget = setting.playbook.offers, setting.situation.budget
    if budget is None:
        return rules.first_year
    quote = price(setting.ask, setting.playbook)
    recurring = sum(line.total.minor for line in quote.lines if not line.one_off)
    room = budget.minor - (quote.total.minor - recurring)
    fits = int(Fraction(room * WHOLE, recurring)) if recurring else 0
    return min(max(fits, rules.first_year_least), rules.first_year)


def _tried(setting: Setting, offer: _Offer, first: Scenario) -> Scenario | None:
    try:
        return _scenario(setting, offer, first)
    except PriceProblem:
        return None


def _scenario(setting: Setting, offer: _Offer, first: Scenario | None) -> Scenario:
    quote = price(offer.ask, setting.playbook)
    found = chance_of(setting, quote)
    paths = [path(each, quote.months) for each in potential(setting.opportunity, quote, setting.playbook)]
    return Scenario(
        id=offer.id,
        title=offer.title,
        why=offer.why,
        discount=quote.discount,
        months=quote.months,
        payment_days=quote.payment_days,
        bill_shares=offer.ask.bill_shares,
        total=quote.total,
        arr=quote.arr,
        first_invoice=quote.invoices[0].amount,
        margin=quote.margin,
        needs=_needs(setting, quote),
        chance=found,
        buys=_buys(setting, found, first),
        path=tuple(paths) if offer.expands else (),
    )


def _needs(setting: Setting, quote: Quote) -> tuple[Need, ...]:
    facts, rules = setting.facts(quote), setting.playbook.approvals.rules
    return tuple(Need(role=rule.role, line=rule.cite) for rule in rules if holds(rule.when, facts))


def _buys(setting: Setting, found: Chance, first: Scenario | None) -> str:
    if first is None or not found.known or not first.chance.known:
        return ""
    points = (found.share - first.chance.share) / 100
    clear = differs(found, first.chance, setting.playbook.offers)
    return f"{points:+.0f} points{'' if clear else ', which may be chance'}"


def _same(scenario: Scenario, first: Scenario) -> bool:
    """An offer that changes nothing is none, unless it says what may come later."""
    terms = (scenario.discount, scenario.months, scenario.payment_days, scenario.bill_shares)
    same = terms == (first.discount, first.months, first.payment_days, first.bill_shares)
    return same and not scenario.path
