"""The trail of approvals, from a deal's facts: each request once, with how it ended."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.figures.trail import Dated, Request, trail
from bot.streams.deal.approvals import Approval, ApprovalGranted, ApprovalMoved, ApprovalsPlanned
from bot.streams.decision import Fact

DEAL = "deal:01JD8Z00000000000000000001"
NOON = datetime(2026, 12, 31, 12, tzinfo=UTC)
DUE = NOON + timedelta(hours=4)


def approval(version: int, asked: int = 2200) -> Approval:
    return Approval(
        id=f"{version}-discount",
        rule="discount",
        kind="discount",
        title="Discount",
        line="line 3",
        why="22% is above 15%",
        asked=asked,
        role="sales-vp",
        person="T:JONAS",
        by_when=DUE,
        asked_by="T:MAYA",
    )


def planned(version: int, asked: int = 2200) -> ApprovalsPlanned:
    return ApprovalsPlanned(version=version, approvals=(approval(version, asked),), at=NOON)


def granted(version: int, at: datetime, asked: int = 2200) -> ApprovalGranted:
    subject = approval(version, asked).subject
    return ApprovalGranted(approval=f"{version}-discount", subject=subject, by="T:JONAS", at=at, hash="h")


def requests(*facts: Fact) -> tuple[Request, ...]:
    return trail(DEAL, (Dated(fact, NOON, "p") for fact in facts)).requests


def test_a_yes_that_goes_on_holding_is_not_asked_for_again() -> None:
    assert [r.outcome for r in requests(planned(1), granted(1, NOON), planned(2))] == ["granted"]


def test_an_open_request_is_replaced_by_the_next_packages() -> None:
    assert [r.outcome for r in requests(planned(1), planned(2, asked=1800))] == ["replaced", "open"]


def test_to_whom_it_went_stays_beside_who_was_asked() -> None:
    moved = ApprovalMoved(approval="1-discount", person="T:INES", reason="away")
    [request] = requests(planned(1), moved)
    assert (request.asked, [m.person for m in request.moved]) == ("T:JONAS", ["T:INES"])


@pytest.mark.parametrize(("minutes", "late"), [(240, False), (241, True)])
def test_late_is_after_its_time_and_not_at_it(minutes: int, late: bool) -> None:
    at = NOON + timedelta(minutes=minutes)
    [decided], [still] = requests(planned(1), granted(1, at)), requests(planned(1))
    assert decided.late(at) is still.late(at) is late


def test_it_is_kept_to_the_end_of_its_last_year() -> None:
    [request] = requests(planned(1), granted(1, NOON + timedelta(days=1)))
    assert request.kept_until(10) == date(2037, 12, 31)
