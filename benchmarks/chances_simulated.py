"""Simulated: how often what is foretold of a deadline comes true, in the seeded companies of `approvals_simulated`, for
the day on which all is due and for twenty-four hours, as it is foretold when a deal's approvals are asked for.

The later half of each company's deals stands apart: by then it is known how long its people take.
`python -m benchmarks.chances_simulated`
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.approvals_simulated import SEEDS, Case, Company
from benchmarks.office_simulated import Coming, Parameters
from benchmarks.results import record
from bot.agents.approvals.foretelling import deadline_of, foretold
from bot.figures.deadline_risk import WHOLE
from bot.figures.foretelling_worth import Foretelling, Told, worth
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import ApprovalsPlanned
from bot.streams.deal.deal import Deal, fold
from bot.wiring import playbook_in

ROOT = Path(__file__).parents[1]
A_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Said:
    """Of one deal: `chance` from 0 to 1 that all is decided by `deadline`."""

    case: Case
    chance: float
    deadline: datetime

    def told(self, plan: str, book: Playbook) -> Told:
        level = book.risks.level(points := round(self.chance * WHOLE))
        held = self.case.coming.at + self.case.took <= self.deadline
        return Told(plan, points, level, book.risks.warns(level), held, self.case.coming.at, self.deadline)


@dataclass
class Foreteller(Company):
    """Ours; `due` and `day` are what was said of each deal."""

    due: list[Said] = field(default_factory=list)
    day: list[Said] = field(default_factory=list)

    def begins(self, coming: Coming, now: datetime) -> None:
        known = self.knows(now)
        super().begins(coming, now)
        case = self.cases[-1]
        asked = tuple(each.approval for each in case.planned if each.choice is not None)
        if not asked:
            return
        deal = fold(Deal("deal:simulated"), [ApprovalsPlanned(version=1, approvals=asked, at=now)])
        for said, deadline in ((self.due, deadline_of(deal, known)), (self.day, now + A_DAY)):
            if (found := foretold(deal, deadline, known)) is not None:
                said.append(Said(case, found.chance, deadline))


def measure() -> dict[str, Any]:
    book = playbook_in(ROOT / "playbook")
    companies = [Foreteller(seed, Parameters(), book, ours=True) for seed in range(SEEDS)]
    for company in companies:
        company.run()
    found: dict[str, Any] = {"companies": len(companies)}
    for name in ("due", "day"):
        said: list[list[Said]] = [getattr(company, name) for company in companies]
        later = [each[len(each) // 2 :] for each in said]
        found[name] = _shown(_worth(said, book)) | {"later_half": _shown(_worth(later, book))}
    return found


def _worth(said: Sequence[Sequence[Said]], book: Playbook) -> Foretelling:
    return worth(
        each.told(f"{seed}:{no}", book) for seed, company in enumerate(said) for no, each in enumerate(company)
    )


def _shown(of: Foretelling) -> dict[str, Any]:
    """Shares in percent."""
    assert of.right is not None and of.brier is not None and of.always is not None
    warned_late, false = of.warned_late / max(of.late, 1), of.false_alarms / max(of.warned, 1)
    return {
        "plans": of.plans,
        "held_percent": _percent(of.held / of.plans),
        "right_percent": _percent(of.right),
        "brier": round(of.brier, 4),
        "always": round(of.always, 4),
        "late": of.late,
        "late_warned_percent": _percent(warned_late),
        "warned": of.warned,
        "false_alarms_percent": _percent(false),
        "bins": [asdict(each) | {"foretold": _percent(each.foretold), "held": _percent(each.held)} for each in of.bins],
    }


def _percent(share: float) -> float:
    return round(100 * share, 1)


if __name__ == "__main__":
    record("chances_simulated", measure())
