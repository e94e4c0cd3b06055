"""A manager's people: what is late and what to do about it, what each has open, and who has decisions to take."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, accessory, cut, divider, escape, section
from bot.blocks.digest import act, both, count, what
from bot.blocks.home_tasks import rest
from bot.blocks.numbers import Numbers
from bot.blocks.people import Known
from bot.figures.pipeline import DealLine, Need, sums
from bot.streams.person.person import Person

SHOWN = 5
NAME = 60


@dataclass(frozen=True, slots=True)
class Load:
    """Decisions on the team's deals that wait on one person."""

    person: str
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Team:
    """`reports` by team:user id, also those without a deal; `needs` the worst first."""

    reports: tuple[str, ...]
    deals: tuple[DealLine, ...]
    needs: tuple[Need, ...]
    loads: tuple[Load, ...]


def blocks(person: Person, team: Team, numbers: Numbers, known: Known) -> list[Block | None]:
    more = max(len(team.needs), len(team.deals)) - SHOWN
    whole = f", {both(sums(d.total for d in team.deals), numbers)}" if team.deals else ""
    return [
        divider(),
        section(f"*Your team: {count(len(team.deals), 'open deal')}{whole}*", *_calm(team)),
        *(_need(at, need, numbers, known) for at, need in enumerate(team.needs[:SHOWN])),
        section(*(_short(deal, numbers, known) for deal in team.deals[:SHOWN])),
        rest(person, "team", more, "deal") if more > 0 else None,
        section("*By person*", *_reports(team, numbers, known)),
        section("*Decisions that the team waits for*", *_loads(team, known)) if team.loads else None,
    ]


def lines(team: Team, numbers: Numbers, known: Known) -> list[Block | None]:
    late = [section(*_words(need, numbers, known)) for need in team.needs]
    return [*late, *(section(_short(deal, numbers, known)) for deal in team.deals)]


def _short(deal: DealLine, numbers: Numbers, known: Known) -> str:
    waits = known.name(deal.waits_on) if ":" in deal.waits_on else deal.waits_on
    on = f" ({escape(waits)})" if waits else ""
    rep = escape(known.name(deal.rep))
    return f"{escape(cut(deal.customer, NAME))}: {escape(deal.words)}{on}, {numbers.money(deal.total)} · {rep}"


def _calm(team: Team) -> list[str]:
    return [] if team.needs else [":white_check_mark: Nothing is late."]


def _need(at: int, need: Need, numbers: Numbers, known: Known) -> Block | None:
    ref = Ref(stream_id=need.deal.stream_id, slot=f"need-{at}")
    name = need.deal.customer
    return accessory(
        section(*_words(need, numbers, known)), ref, Button(ActionId.DEAL_OPEN, "Open", f"Open the deal {name}")
    )


def _words(need: Need, numbers: Numbers, known: Known) -> tuple[str, str]:
    rep = escape(known.name(need.deal.rep))
    first = f":warning: *{escape(need.deal.customer)}:* {escape(what(need, known))}"
    return first, f"{numbers.money(need.deal.total)} · {rep} · {escape(act(need, known))}"


def _reports(team: Team, numbers: Numbers, known: Known) -> list[str]:
    named = sorted(team.reports, key=known.name)
    shown = [_report(who, [d for d in team.deals if d.rep == who], numbers, known) for who in named]
    busy = [line for line in shown if line]
    idle = [escape(known.name(who)) for who in named if not any(d.rep == who for d in team.deals)]
    return [*busy[: 2 * SHOWN], *([f"No open deal: {', '.join(idle)}"] if idle else [])]


def _report(who: str, deals: Sequence[DealLine], numbers: Numbers, known: Known) -> str:
    if not deals:
        return ""
    return f"{escape(known.name(who))}: {count(len(deals), 'deal')}, {both(sums(d.total for d in deals), numbers)}"


def _loads(team: Team, known: Known) -> list[str]:
    return [
        f"{':warning: ' if load.late else ''}{escape(known.name(load.person))}: {load.open} open"
        + (f", {load.late} late" if load.late else "")
        for load in team.loads[: 2 * SHOWN]
    ]
