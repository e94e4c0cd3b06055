"""The digest's picture as numbers: where open money stands, or how long each step takes; and the same in words."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.blocks.card import cut, day
from bot.blocks.digest import both, count
from bot.blocks.numbers import Numbers
from bot.figures.chart import ALT_LETTERS, Bar, Chart, tick_values
from bot.figures.pipeline import DealLine, Group, by_state, sums
from bot.figures.timing import Step
from bot.playbook.company import TeamDigest
from bot.streams.money import Money, digits

TEAM = 40
MINUTE, HOUR = timedelta(minutes=1), 60
MOST_CURRENCIES = 3


def open_deals(deals: Sequence[DealLine], on: date, rule: TeamDigest, playbook: str) -> Chart:
    """Amounts when all are in one currency; else the number of deals, with each currency's sum in a column."""
    groups, whole, numbers = by_state(deals), sums(deal.total for deal in deals), Numbers(rule.language)
    one = len(whole) == 1
    sizes = [group.sums[0].minor if one else len(group.deals) for group in groups]
    most = max(range(len(groups)), key=lambda n: sizes[n])
    measure = f"Open deals by state{f' in {whole[0].currency}' if one else ''}"
    return Chart(
        title=_open_title(groups, most, deals, numbers),
        subtitle=f"{measure}, {cut(rule.title, TEAM)}, {day(on)}, {count(len(deals), 'deal')}",
        source=_source(on, playbook),
        heads=("Amount", "Deals") if one else ("Deals", *(amount.currency for amount in whole[:MOST_CURRENCIES])),
        bars=tuple(
            Bar(group.title, size, _cells(group, whole, numbers, one))
            for group, size in zip(groups, sizes, strict=True)
        ),
        ticks=_money_ticks(sizes, whole[0].currency, numbers) if one else _whole_ticks(sizes, numbers),
        marked=most if len(groups) > 1 else None,
    )


def durations(steps: Sequence[Step], start: date, on: date, rule: TeamDigest, playbook: str) -> Chart:
    """In minutes; the earlier period is a black mark across the bar."""
    numbers, longest = Numbers(rule.language), slowest(steps)
    sizes = [step.median // MINUTE for step in steps]
    marks = [step.before // MINUTE if step.before is not None else None for step in steps]
    ticks = tick_values([-(-size // HOUR) for size in (*sizes, *(mark or 0 for mark in marks))])
    deals = min(step.count for step in steps)
    earlier = " Black mark: the four weeks before." if any(mark is not None for mark in marks) else ""
    return Chart(
        title=_longest_title(longest, numbers),
        subtitle=f"Median working hours of a step, {day(start)} to {day(on)}, {count(deals, 'deal')}.{earlier}",
        source=_source(on, playbook),
        heads=("Now", "Change") if earlier else ("Now",),
        bars=tuple(
            Bar(step.title, size, _times(step, numbers, bool(earlier)), mark)
            for step, size, mark in zip(steps, sizes, marks, strict=True)
        ),
        ticks=tuple((tick * HOUR, numbers.whole(tick)) for tick in ticks),
        marked=steps.index(longest),
    )


def slowest(steps: Sequence[Step]) -> Step:
    return max(steps, key=lambda step: step.median)


def alt_text(chart: Chart) -> str:
    """Every number of the picture, for who cannot see it."""
    rows = (
        f"{bar.label} {', '.join(f'{head} {cell}' for head, cell in zip(chart.heads, bar.cells, strict=True))}"
        for bar in chart.bars
    )
    said = f"Bar chart. {chart.subtitle}. {chart.title}. {'; '.join(rows)}."
    return cut(said.replace("..", ".").replace("\u25b2", "up").replace("\u25bc", "down"), ALT_LETTERS)


def change(step: Step, numbers: Numbers) -> str:
    """With a sign that needs no colour; "none" when there is nothing to compare with."""
    if step.before is None:
        return "none"
    more = step.median - step.before
    if abs(more) < 3 * MINUTE:
        return "no change"
    return f"{'▲' if more > timedelta() else '▼'} {numbers.hours(abs(more))}"


def _open_title(groups: Sequence[Group], most: int, deals: Sequence[DealLine], numbers: Numbers) -> str:
    share = "all of it" if len(groups) == 1 else "most of it"
    state = groups[most].title[0].lower() + groups[most].title[1:]
    return f"{both(sums(deal.total for deal in deals), numbers)} open, {share} {state}"


def _longest_title(step: Step, numbers: Numbers) -> str:
    said = f"{step.title} take longest" if step.title.endswith("s") else f"{step.title} takes longest"
    now = f"{said}: {numbers.hours(step.median)}"
    if step.before is None or abs(step.median - step.before) < 3 * MINUTE:
        return now
    more = "more" if step.median > step.before else "less"
    return f"{now}, {numbers.hours(abs(step.median - step.before))} {more} than before"


def _cells(group: Group, whole: Sequence[Money], numbers: Numbers, one: bool) -> tuple[str, ...]:
    deals = numbers.whole(len(group.deals))
    if one:
        return (numbers.plain(group.sums[0]), deals)
    mine = {amount.currency: amount for amount in group.sums}
    shown = (mine.get(amount.currency, Money.zero(amount.currency)) for amount in whole[:MOST_CURRENCIES])
    return (deals, *(numbers.plain(amount) for amount in shown))


def _times(step: Step, numbers: Numbers, compared: bool) -> tuple[str, ...]:
    now = numbers.hours(step.median)
    return (now, change(step, numbers)) if compared else (now,)


def _money_ticks(sizes: Sequence[int], currency: str, numbers: Numbers) -> tuple[tuple[int, str], ...]:
    unit = 10 ** digits(currency)
    return tuple((tick * unit, numbers.whole(tick)) for tick in tick_values([-(-size // unit) for size in sizes]))


def _whole_ticks(sizes: Sequence[int], numbers: Numbers) -> tuple[tuple[int, str], ...]:
    return tuple((tick, numbers.whole(tick)) for tick in tick_values(sizes))


def _source(on: date, playbook: str) -> str:
    return f"Source: ledger, {day(on)}. Playbook {playbook[:4]} {playbook[4:8]}."
