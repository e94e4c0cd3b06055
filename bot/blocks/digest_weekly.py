"""The week for the managers: won and lost, from yes to signature, the slowest step, and what comes next week."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.blocks.card import Card, card, context, cut, day, escape, header, image, moment, section
from bot.blocks.digest import MOST_WON, NAME, Picture, both, count
from bot.blocks.digest_chart import change, slowest
from bot.blocks.digest_proposals import proposals
from bot.blocks.numbers import Numbers
from bot.blocks.people import Known
from bot.figures.decisions import Decision
from bot.figures.pipeline import DealLine, sums
from bot.figures.timing import Step, Timeline
from bot.playbook.company import TeamDigest
from bot.streams.company.proposals import Followed


@dataclass(frozen=True, slots=True)
class Coming:
    """Something of the next week: what, of which customer, and when."""

    what: str
    customer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Weekly:
    """From `start` to `on`; `took` and `steps` are working time, and empty when too few deals were signed."""

    rule: TeamDigest
    start: date
    on: date
    won: tuple[Timeline, ...]
    lost: tuple[Timeline, ...]
    took: timedelta | None
    signed: int
    steps: tuple[Step, ...]
    coming: tuple[Coming, ...]
    deals: tuple[DealLine, ...]
    next_at: datetime
    known: Known
    overrides: tuple[Decision, ...] = ()
    feedback: tuple[str, ...] = ()
    proposals: tuple[Followed, ...] = ()  # what waits, and what changed in the week

    @property
    def numbers(self) -> Numbers:
        return Numbers(self.rule.language)


def worth_telling(told: Weekly) -> bool:
    return bool(told.won or told.lost or told.coming or told.signed or told.overrides or told.proposals)


def card_of(told: Weekly, picture: Picture | None) -> Card:
    return card(
        _text(told),
        header(f"{cut(told.rule.title, NAME)}: the week to {day(told.on)}"),
        section(*_ended(told)),
        section(*_speed(told)),
        image(picture.file, picture.alt) if picture else None,
        section(*_coming(told)),
        section(*_overrides(told)),
        section(*told.feedback),
        section(*proposals(told.proposals, told.rule.at_most_items)),
        context(
            f"Why these: the week from {day(told.start)}, by the last signature, in working hours.",
            f"Next weekly digest {moment(told.next_at)}",
        ),
    )


def _ended(told: Weekly) -> list[str]:
    won = f"*{len(told.won)} won{_sum(told.won, told.numbers)} · {len(told.lost)} lost{_sum(told.lost, told.numbers)}*"
    lines = [
        f":white_check_mark: {escape(d.customer)}, {told.numbers.money(d.total)} ({escape(told.known.name(d.rep))})"
        for d in told.won[:MOST_WON]
    ]
    lines += [f":no_entry: {escape(d.customer)}, {told.numbers.money(d.total)}: lost" for d in told.lost[:MOST_WON]]
    more = len(told.won[MOST_WON:]) + len(told.lost[MOST_WON:])
    return [won, *lines, f"and {more} more" if more else ""]


def _speed(told: Weekly) -> list[str]:
    """Never a median of too few: then how many there were, and how many it takes."""
    if told.took is None or not told.steps:
        least = told.rule.at_least_for_times
        return [f"*From yes to signature:* not enough data, {count(told.signed, 'deal')} signed, {least} needed"]
    step = slowest(told.steps)
    changed = change(step, told.numbers)
    return [
        f"*From yes to signature:* {told.numbers.hours(told.took)} of working time, median of "
        f"{count(told.signed, 'deal')}",
        f"*Slowest step:* {step.title}, {told.numbers.hours(step.median)}"
        + (f" ({changed} to the four weeks before)" if step.before is not None else ""),
    ]


def _coming(told: Weekly) -> list[str]:
    if not told.coming:
        return []
    shown = told.coming[: told.rule.at_most_items]
    more = len(told.coming) - len(shown)
    lines = [f"{escape(c.customer)}: {c.what} {moment(c.at)}" for c in shown]
    return ["*Next week*", *lines, f"and {more} more" if more else ""]


HOW = {"waiver": "waived by", "exception": "an exception by"}


def _overrides(told: Weekly) -> list[str]:
    """Everything that went past the policy's usual way, with who and why."""
    if not told.overrides:
        return []
    shown = told.overrides[: told.rule.at_most_items]
    more = len(told.overrides) - len(shown)
    lines = [_override(each, told.known) for each in shown]
    return [f"*Overrides of the policy: {len(told.overrides)}*", *lines, f"and {more} more" if more else ""]


def _override(each: Decision, known: Known) -> str:
    second = f"{known.name(each.lent)} and " if each.way == "waiver" and each.lent else ""
    how = HOW.get(each.way, "the approver was replaced; decided by")
    until = f", until {day(each.until_on)}" if each.until_on else ""
    who = escape(f"{second}{known.name(each.person)}")
    return f"{escape(each.customer)}: {escape(each.title)}, {how} {who}{until}: {escape(each.reason)}"


def _sum(deals: tuple[Timeline, ...], numbers: Numbers) -> str:
    return f" ({both(sums(d.total for d in deals), numbers)})" if deals else ""


def _text(told: Weekly) -> str:
    numbers = told.numbers
    won, lost = f"{len(told.won)} won{_sum(told.won, numbers)}", f"{len(told.lost)} lost{_sum(told.lost, numbers)}"
    speed = f" From yes to signature {numbers.hours(told.took)}." if told.took is not None and told.steps else ""
    slow = f" Slowest: {slowest(told.steps).title}." if told.steps else ""
    coming = f" Next week: {count(len(told.coming), 'date')}." if told.coming else ""
    return f"{told.rule.title}, week to {day(told.on)}: {won}, {lost}.{speed}{slow}{coming}"
