"""The controls of an audit report: each exception is found, and nothing else is one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.figures.control import examined
from bot.figures.trail import Moved, Request, Trail
from bot.streams.deal.approvals import POLICY, Approval

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
DAY = NOON.date()
APPROVAL = Approval(
    id="1-discount",
    rule="discount",
    kind="discount",
    title="Discount",
    line="line 3",
    why="22% is above 15%",
    asked=2200,
    role="sales-vp",
    person="T:JONAS",
    by_when=NOON + timedelta(hours=4),
    asked_by="T:MAYA",
)
CLEAN = Request(
    "deal:1",
    1,
    APPROVAL,
    "T:JONAS",
    NOON,
    "playbook",
    (),
    "granted",
    "T:JONAS",
    NOON,
    "",
    "",
    "h",
    "own",
    (),
    7,
    "c",
    "k",
)
FIRST, SECOND, PACKAGE, CARD, REASON, WAIVED, LATE, ESCALATED = range(8)


def broken(*requests: Request) -> list[int]:
    found = examined([Trail("deal:1", "Brightwater", requests)], DAY, DAY, NOON)
    return [number for number, control in enumerate(found.controls) if control.exceptions]


@pytest.mark.parametrize(
    ("change", "controls"),
    [
        ({}, []),
        ({"by": "T:MAYA"}, [FIRST]),
        ({"hash": ""}, [PACKAGE]),
        ({"card": ""}, [CARD]),
        ({"card": "", "by": POLICY, "way": "policy"}, []),
        ({"outcome": "rejected"}, [REASON]),
        ({"outcome": "rejected", "reason": "too much"}, []),
        ({"way": "waiver"}, [WAIVED]),
        ({"at": NOON + timedelta(hours=4)}, []),
        ({"at": NOON + timedelta(hours=4, seconds=1)}, [LATE]),
        ({"outcome": "open", "by": "", "at": None, "card": "", "hash": ""}, []),
        ({"moved": (Moved("T:DANA", "late", NOON, "overdue"),)}, [ESCALATED]),
        ({"moved": (Moved("T:DANA", "away", NOON, "away"),)}, []),
    ],
)
def test_each_control_finds_its_exception_and_no_other(change: dict[str, object], controls: list[int]) -> None:
    assert broken(replace(CLEAN, **change)) == controls  # type: ignore[arg-type]


def test_two_votes_of_one_rule_by_one_person_are_an_exception() -> None:
    other = replace(CLEAN, approval=APPROVAL.model_copy(update={"id": "1-discount-2", "seat": 2}))
    assert broken(CLEAN, other) == [SECOND]
    assert broken(CLEAN, replace(other, version=2)) == []
    assert broken(CLEAN, replace(other, by="T:DANA")) == []


@pytest.mark.parametrize(("first", "last", "count"), [(17, 17, 1), (18, 30, 1), (19, 30, 0), (1, 16, 0), (1, 30, 1)])
def test_a_request_belongs_to_the_days_in_which_it_was_asked_or_decided(first: int, last: int, count: int) -> None:
    over = replace(CLEAN, at=NOON + timedelta(days=1))
    found = examined([Trail("deal:1", "", (over,))], date(2026, 11, first), date(2026, 11, last), NOON)
    assert len(found.rows) == count


def test_who_asked_and_who_decided_stand_side_by_side() -> None:
    found = examined([Trail("deal:1", "", (CLEAN, replace(CLEAN, by="T:MAYA")))], DAY, DAY, NOON)
    assert [(d.person, d.asked, d.decided, d.own) for d in found.duties] == [("T:JONAS", 0, 1, 0), ("T:MAYA", 2, 1, 1)]
