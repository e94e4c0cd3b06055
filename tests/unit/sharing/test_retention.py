"""Until when documents are kept: to the end of the year, by the playbook's years; a hold stops it, and what another
version needs stays."""

from datetime import UTC, datetime

import pytest

from bot.agents.contracts.retention import forget, hold, release
from bot.figures.retention import deadlines, kept_until, only_of
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.deal.package import Package, Terms, TermsSet, Version
from bot.streams.deal.retention import ForgetDocuments, HoldPlaced, Keeping, PlaceHold, ReleaseHold
from bot.streams.decision import NOTHING, Accept, Context, Refuse
from bot.streams.ids import SYSTEM
from tests.unit.figures.deal import playbook

ID = "deal:01M8BD9GXGZ822B6G48N5N4CT1"
MADE = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
GONE = datetime(2029, 1, 1, tzinfo=UTC)
HELD = Keeping(hold=HoldPlaced(reason="Dispute", by="T:ELENA", at=MADE))


def version(no: int, *hashes: str) -> Version:
    terms = TermsSet(version=no, terms=Terms(discount=None, payment_days=30), by="T:MAYA", at=MADE)
    files = tuple(BuiltFile(template=h, title=h, number="", name="", hash=h, pages=1, outline=f"o-{h}") for h in hashes)
    return Version(terms, files, at=MADE)


def deal(keeping: Keeping = HELD) -> Deal:
    return Deal(ID, package=Package(versions=(version(1, "a", "b"), version(2, "b", "c"))), keeping=keeping)


def at(now: datetime) -> Context:
    return Context(now=now, playbook=playbook())


def command(no: int) -> ForgetDocuments:
    return ForgetDocuments(stream_id=ID, actor=SYSTEM, version=no)


FREE = Keeping()


@pytest.mark.parametrize(
    ("now", "keeping", "forgotten"),
    [
        (datetime(2028, 12, 31, 23, 59, tzinfo=UTC), FREE, False),
        (GONE, FREE, True),
        (GONE, HELD, False),
        (datetime(2040, 1, 1, tzinfo=UTC), HELD, False),
    ],
)
def test_the_deadline_and_the_hold(now: datetime, keeping: Keeping, forgotten: bool) -> None:
    found = forget(deal(keeping), command(1), at(now))
    assert isinstance(found, Accept)
    assert bool(found.facts) == forgotten
    assert kept_until(deal(keeping), version(1, "a"), playbook().retention) == GONE


def test_what_another_version_needs_is_not_deleted() -> None:
    assert only_of(deal(FREE), 1) == ("a", "o-a")


def test_what_is_gone_is_not_forgotten_twice() -> None:
    first = forget(deal(FREE), command(1), at(GONE))
    assert isinstance(first, Accept)
    gone = deal(Keeping(forgotten=first.facts))  # type: ignore[arg-type]
    assert forget(gone, command(1), at(GONE)) == NOTHING
    assert only_of(gone, 2) == ("b", "c", "o-b", "o-c")
    assert forget(gone, command(9), at(GONE)) == NOTHING


def test_a_hold_needs_a_reason_is_placed_once_and_what_came_due_is_due_when_it_ends() -> None:
    place = PlaceHold(stream_id=ID, actor="T:ELENA", reason=" ")
    assert hold(deal(FREE), place, at(MADE)) == Refuse("hold.no_reason", field="reason")
    assert hold(deal(HELD), place, at(MADE)) == Refuse("hold.placed")
    assert release(deal(FREE), ReleaseHold(stream_id=ID, actor="T:ELENA"), at(MADE)) == Refuse("hold.none")
    late = datetime(2031, 5, 1, tzinfo=UTC)
    ended = release(deal(HELD), ReleaseHold(stream_id=ID, actor="T:ELENA"), at(late))
    assert isinstance(ended, Accept)
    assert {deadline.due_at for deadline in ended.deadlines} == {late}
    assert {deadline.due_at for deadline in deadlines(deal(), playbook().retention, MADE)} == {GONE}
