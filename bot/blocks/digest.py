"""The managers' digest: what needs them first, with the act each, then what was won, then what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import (
    Block,
    Button,
    Card,
    accessory,
    card,
    context,
    cut,
    day,
    escape,
    header,
    image,
    moment,
    section,
)
from bot.blocks.numbers import Numbers
from bot.blocks.people import Known
from bot.figures.pipeline import DealLine, Group, Need, by_state, sums
from bot.figures.timing import Timeline
from bot.playbook.company import TeamDigest
from bot.streams.money import Money

MOST_WON = 5
NAME = 60


@dataclass(frozen=True, slots=True)
class Daily:
    """What there is to tell on one day; `won` since the last time."""

    rule: TeamDigest
    on: date
    deals: tuple[DealLine, ...]
    needs: tuple[Need, ...]
    won: tuple[Timeline, ...]
    next_at: datetime
    known: Known

    @property
    def numbers(self) -> Numbers:
        return Numbers(self.rule.language)

    @property
    def groups(self) -> tuple[Group, ...]:
        return by_state(self.deals)


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that Slack holds, and the same in words."""

    file: str
    alt: str


def worth_telling(told: Daily) -> bool:
    return bool(told.needs or told.won)


def card_of(told: Daily, picture: Picture | None) -> Card:
    shown = told.needs[: told.rule.at_most_items]
    more = len(told.needs) - len(shown)
    return card(
        _text(told, shown),
        header(f"{cut(told.rule.title, NAME)}: {told.on:%a} {day(told.on)}"),
        section(f"*{_needing(len(told.needs))}*"),
        *(_need(told, number, need) for number, need in enumerate(shown, 1)),
        context(f"and {more} more: /deal find shows all") if more else None,
        section(*won_lines(told.won, told)),
        section(*open_lines(told.groups, told.deals, told.numbers)),
        image(picture.file, picture.alt) if picture else None,
        context(why(shown), f"Next digest {moment(told.next_at)}"),
    )


def what(need: Need, known: Known) -> str:
    """What is wrong, in a few words."""
    who = known.name(need.who) if ":" in need.who else need.who
    match need.kind:
        case "decision":
            return f"{who} has not decided, {late(need.days)}"
        case "signature":
            return f"out for signature for {_days(need.days)}"
        case "unsent":
            return f"ready to send for {_days(need.days)}"
        case "stopped":
            return f"stopped by {who}, {_days(need.days)} ago"
        case _:
            return need.deal.words


def act(need: Need, known: Known) -> str:
    """What the manager can do about it."""
    who = known.name(need.who) if ":" in need.who else need.who
    rep = known.name(need.deal.rep)
    match need.kind:
        case "decision":
            return f"ask {who}, or name somebody else"
        case "signature":
            return f"call {who or 'the signer'}"
        case "unsent":
            return f"ask {rep} to send it"
        case "stopped":
            return f"ask {who} to resume it"
        case _:
            return f"help {rep} with it"


def late(days: int) -> str:
    return f"{_days(days)} late" if days else "late since today"


def won_lines(won: Sequence[Timeline], told: Daily) -> list[str]:
    lines = [
        f":white_check_mark: *Won:* {escape(deal.customer)}, {told.numbers.money(deal.total)} "
        f"({escape(told.known.name(deal.rep))})"
        for deal in won[:MOST_WON]
    ]
    rest = won[MOST_WON:]
    return [*lines, f"and {len(rest)} more, {both(sums(d.total for d in rest), told.numbers)}"] if rest else lines


def open_lines(groups: Sequence[Group], deals: Sequence[DealLine], numbers: Numbers) -> list[str]:
    """The lines add up to the first one, in every currency."""
    if not deals:
        return []
    whole = both(sums(deal.total for deal in deals), numbers)
    lines = [f"{group.title}: {len(group.deals)}, {both(group.sums, numbers)}" for group in groups]
    return [f"*Open: {count(len(deals), 'deal')}, {whole}*", *lines]


def both(amounts: Sequence[Money], numbers: Numbers) -> str:
    """Sums of several currencies stand beside each other."""
    return " + ".join(numbers.money(amount) for amount in amounts)


def count(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"


def why(needs: Sequence[Need]) -> str:
    if not needs:
        return "Why this: something was won."
    reasons = {
        "stuck": "a deal that cannot go on",
        "decision": "a decision after its time",
        "signature": "a signature that takes long",
        "unsent": "a package that nobody sends",
        "stopped": "a stop that lasts",
    }
    kinds = dict.fromkeys(need.kind for need in needs)
    return f"Why {'these' if len(needs) > 1 else 'this'}: {', '.join(reasons[kind] for kind in kinds)}."


def _needing(number: int) -> str:
    return f"{number} need{'s' if number == 1 else ''} you" if number else "Nothing needs you"


def _need(told: Daily, number: int, need: Need) -> Block | None:
    """The one primary button stands where only the manager can help."""
    name = need.deal.customer
    only = need.kind == "decision" and not any(n.kind == "decision" for n in told.needs[: number - 1])
    line = f"{number}. *{escape(cut(name, NAME))}:* {escape(what(need, told.known))}"
    detail = f"{told.numbers.money(need.deal.total)} · {escape(act(need, told.known))}"
    ref = Ref(stream_id=need.deal.stream_id, slot=f"need-{number}")
    return accessory(section(line, detail), ref, Button(ActionId.DEAL_OPEN, "Open", f"Open the deal {name}", only))


def _text(told: Daily, shown: Sequence[Need]) -> str:
    numbers = told.numbers
    won = f"{len(told.won)} won ({both(sums(d.total for d in told.won), numbers)}), " if told.won else ""
    whole = sums(deal.total for deal in told.deals)
    opened = f"{len(told.deals)} open ({both(whole, numbers)}), " if told.deals else "none open, "
    named = " and ".join(f"{n.deal.customer} ({what(n, told.known)})" for n in shown)
    groups = ", ".join(f"{group.title} {len(group.deals)}" for group in told.groups)
    needing = _needing(len(told.needs)).lower()
    return f"{told.rule.title}, {day(told.on)}: {won}{opened}{needing}{': ' if named else ''}{named}. {groups}."


def _days(number: int) -> str:
    return count(number, "day") if number else "less than a day"
