"""What escalations were good for: by row, how often a decision came soon after, and when a later moment would do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.figures.chances import wilson
from bot.playbook.escalating import WHOLE, EscalationRow, Escalations
from bot.streams.company.proposals import Aim, Proposal

Z = 1.96  # of an interval that holds the true share 19 times of 20
STEP = 1_000


@dataclass(frozen=True, slots=True)
class Escalated:
    """One of them: `asked` beside `before`; decided by whom after so many minutes, None: not yet. The request took so
    many business minutes of its `whole`; `used` of them were over."""

    row: str
    level: int
    before: str
    asked: str
    at: datetime
    used: int
    whole: int
    minutes: int | None
    took: int | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class Later:
    """At `at` of the time instead, `spared` of the first escalations of `of` would not have been made."""

    at: int
    spared: int
    of: int


@dataclass(frozen=True, slots=True)
class Worth:
    """`helped`: decided within the playbook's minutes, `by_asked` by who was asked beside. Shares from 0 to 1; None:
    not enough data. `later`: what is proposed of a row that helps rarely."""

    row: str
    line: str
    made: int
    helped: int
    by_asked: int
    share: float | None
    low: float | None
    high: float | None
    later: Later | None


def worth(rows: Iterable[Escalated], rules: Escalations) -> list[Worth]:
    """Of every row of the playbook, in its order."""
    every = list(rows)
    return [_worth(row, [e for e in every if e.row == row.id], rules) for row in rules.rows]


def proposed(rows: Iterable[Escalated], rules: Escalations, month: str) -> list[Proposal]:
    """A later moment for each row that helps rarely, with the past again at that moment."""
    return [_proposal(each, rules, month) for each in worth(rows, rules) if each.later]


def measure(rows: Iterable[Escalated], rules: Escalations, row_id: str) -> tuple[int, int]:
    """The share of that row's escalations that helped, in basis points, and over how many."""
    found = next((each for each in worth(rows, rules) if each.row == row_id), None)
    if found is None or not found.made:
        return 0, 0
    return found.helped * WHOLE // found.made, found.made


def _proposal(of: Worth, rules: Escalations, month: str) -> Proposal:
    later = of.later or Later(WHOLE, 0, 0)
    helped = f"{of.helped} of {of.made} were decided within {rules.helped_minutes} minutes"
    return Proposal(
        kind="escalation",
        key=of.row,
        month=month,
        change=f"Escalate at {later.at // 100}% of the time: row {of.row} in the playbook's escalations.",
        told=(f"{of.line}.", f"It helps rarely: {helped}, {of.by_asked} by who was asked beside."),
        deals=of.made,
        tested=f"at {later.at // 100}%, {later.spared} of {later.of} first escalations would not have been needed",
        aim=Aim(
            says=f"Decided within {rules.helped_minutes} minutes of it",
            unit="share",
            start=of.helped * WHOLE // of.made,
            reach=rules.helps_from,
        ),
    )


def _worth(row: EscalationRow, made: Sequence[Escalated], rules: Escalations) -> Worth:
    helped = [e for e in made if e.minutes is not None and e.minutes <= rules.helped_minutes]
    told = (row.id, row.line, len(made), len(helped), sum(e.decided_by == e.asked != "" for e in helped))
    if len(made) < rules.least:
        return Worth(*told, None, None, None, None)
    share = len(helped) / len(made)
    low, high = wilson(share, len(made), Z)
    rarely = len(helped) * WHOLE < rules.helps_from * len(made)
    return Worth(*told, share, low, high, _later(row, made) if rarely else None)


def _later(row: EscalationRow, made: Sequence[Escalated]) -> Later | None:
    """The past again, at the next later moment; none after the whole time."""
    at = min(row.at + STEP, WHOLE)
    if at == row.at:
        return None
    first = [e for e in made if e.level == 1]
    spared = sum(e.took is not None and e.took * WHOLE < e.whole * at for e in first)
    return Later(at, spared, len(first))
