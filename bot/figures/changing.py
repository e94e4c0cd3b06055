"""The four kinds of quote: a new contract, a change of one that stands, one that ends with it, and its renewal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from bot.figures.invoicing import YEAR, planned_invoices
from bot.figures.price import Ask, Held, margin, price
from bot.figures.problem import PriceProblem
from bot.playbook.schema import Playbook
from bot.streams.deal.asking import Before, DealAsked, LineOfDeal
from bot.streams.deal.quote import AskedLine, PricedLine, Quote
from bot.streams.money import Money, total

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Stub:
    """Whole months, then days of a month of so many days: the one in which they fall."""

    months: int
    days: int
    month_days: int


def stub(first: date, last: date) -> Stub:
    """Between two days, both counted; months are counted from the first, so that its day of the month is kept."""
    end, months = last + timedelta(days=1), 0
    while first + relativedelta(months=months + 1) <= end:
        months += 1
    begun, next_one = first + relativedelta(months=months), first + relativedelta(months=months + 1)
    return Stub(months, (end - begun).days, (next_one - begun).days)


def quote_of(asked: DealAsked, playbook: Playbook) -> Quote:
    """Raises PriceProblem."""
    match asked.kind:
        case "new":
            return price(_ask(asked, _lines(asked.lines)), playbook)
        case "renewal":
            return price(_renewed(asked, _before(asked), playbook), playbook)
        case "co-term":
            return price(_to_the_end(asked, _before(asked), _lines(asked.lines)), playbook)
        case _:
            return _amended(asked, _before(asked), playbook)


def _ask(asked: DealAsked, lines: tuple[AskedLine, ...]) -> Ask:
    return Ask(
        version=1,
        currency=asked.currency,
        lines=lines,
        months=asked.months,
        starts_on=asked.starts_on,
        payment_days=asked.payment_days,
        discount=None,
        offered_on=asked.offered_on,
        order=asked.order_discount,
        gives=frozenset(asked.gives),
        promotions=asked.promotions,
        bundles=tuple((bundle.code, bundle.count) for bundle in asked.bundles),
        kind=asked.kind,
    )


def _lines(lines: tuple[LineOfDeal, ...]) -> tuple[AskedLine, ...]:
    return tuple(AskedLine(**line.model_dump()) for line in lines)


def _before(asked: DealAsked) -> Before:
    before = asked.before
    if before is None:
        raise PriceProblem("before", "the contract that stands", f"give it: a {asked.kind} needs its days and lines")
    late = asked.starts_on > before.ends_on and asked.kind != "renewal"
    if late or asked.starts_on < before.starts_on:
        expected = f"a day from {before.starts_on} to {before.ends_on}"
        raise PriceProblem("starts_on", expected, "correct the day, or quote a renewal")
    if asked.kind == "renewal" and asked.starts_on != before.ends_on + timedelta(days=1):
        expected = f"{before.ends_on + timedelta(days=1)}, the day after the contract that stands"
        raise PriceProblem("starts_on", expected, "correct the day, or quote a new contract")
    return before


def _to_the_end(asked: DealAsked, before: Before, lines: tuple[AskedLine, ...]) -> Ask:
    rest = stub(asked.starts_on, before.ends_on)
    ask = _ask(asked, lines)
    return replace(ask, months=rest.months, days=rest.days, month_days=rest.month_days)


def _held(asked: DealAsked, before: Before) -> Mapping[str, Held]:
    try:
        return {line.code: Held(Money.parse(line.unit_price, asked.currency), line.discount) for line in before.lines}
    except ValueError as no:
        raise PriceProblem("before.lines.unit_price", str(no), "write it with the currency's decimals") from None


def _renewed(asked: DealAsked, before: Before, playbook: Playbook) -> Ask:
    """A unit price rises by no more than the playbook says, and never above the list of the day."""
    held = _held(asked, before)
    most = WHOLE + playbook.pricing.renewal.rise_up_to
    new: dict[str, Held] = {}
    for code, old in held.items():
        row = playbook.price_on(code, asked.currency, asked.offered_on)
        risen = Money(minor=int(Fraction(old.unit.minor * most, WHOLE)), currency=asked.currency)
        listed = Money.parse(str(row.price), asked.currency) if row else risen
        new[code] = Held(min(risen, listed, key=lambda money: money.minor), old.discount)
    wanted = asked.lines or tuple(LineOfDeal(code=line.code, quantity=line.quantity) for line in before.lines)
    return replace(_ask(asked, _lines(wanted)), held=new)


def _amended(asked: DealAsked, before: Before, playbook: Playbook) -> Quote:
    """What is added and what is credited, to the end of the contract that stands, at its own prices."""
    stood = {line.code: line.quantity for line in before.lines}
    wanted: dict[str, int] = {}
    for line in asked.lines:
        wanted[line.code] = wanted.get(line.code, 0) + line.quantity
    off = {line.code: line.discount for line in asked.lines}
    more = {code: count - stood.get(code, 0) for code, count in wanted.items() if count > stood.get(code, 0)}
    less = {code: count - wanted.get(code, 0) for code, count in stood.items() if count > wanted.get(code, 0)}
    if not more and not less:
        raise PriceProblem("lines", "another quantity than that of the contract", "say what is wanted from then on")
    ask = replace(_to_the_end(asked, before, ()), held=_held(asked, before))
    parts = [price(replace(ask, lines=_deltas(found, off)), playbook) for found in (more, less) if found]
    return _joined(ask, parts[0] if more else None, parts[-1] if less else None, playbook)


def _deltas(found: Mapping[str, int], off: Mapping[str, int]) -> tuple[AskedLine, ...]:
    return tuple(AskedLine(code=code, quantity=count, discount=off.get(code, 0)) for code, count in found.items())


def _joined(ask: Ask, more: Quote | None, less: Quote | None, playbook: Playbook) -> Quote:
    base = more or less
    assert base is not None
    lines = (*(more.lines if more else ()), *(_credit(line) for line in (less.lines if less else ())))
    whole = total((line.total for line in lines), ask.currency)
    nothing = Money.zero(ask.currency)
    cost = (more.cost if more else nothing) - (less.cost if less else nothing)
    recurring = total((line.total for line in lines if not line.one_off), ask.currency)
    return base.model_copy(
        update={
            "lines": lines,
            "list_total": total((line.list_total for line in lines), ask.currency),
            "total": whole,
            "cost": cost,
            "margin": margin(whole, cost),
            "arr": recurring.times(Fraction(YEAR) / (ask.months + Fraction(ask.days, ask.month_days))),
            "discount": max(line.discount for line in lines),
            "invoices": planned_invoices(lines, ask.starts_on, ask.months, ask.payment_days, ask.days),
        }
    )


def _credit(line: PricedLine) -> PricedLine:
    nothing = Money.zero(line.total.currency)
    changed = {"list_total": nothing - line.list_total, "total": nothing - line.total, "quantity": -line.quantity}
    return line.model_copy(update=changed)
