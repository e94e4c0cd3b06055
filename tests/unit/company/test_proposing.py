"""A proposal is raised once, answered by its owner alone, and over when the number moves or its time is."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.agents.learning.proposing import decide, weigh
from bot.figures.aims import said
from bot.figures.escalation_worth import Escalated, measure, proposed
from bot.streams.company import company as companies
from bot.streams.company.company import Company
from bot.streams.company.proposals import (
    Aim,
    Choice,
    DecideProposal,
    Followed,
    Measured,
    Proposal,
    Unit,
    WeighProposals,
)
from bot.streams.decision import NOTHING, Accept, Context, Decision, Reads, Refuse
from bot.streams.effects import Tell
from bot.streams.ids import COMPANY, SYSTEM
from tests.unit.approvals.desk import Desk
from tests.unit.figures.deal import playbook

BOOK = playbook()
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
RULES = BOOK.proposals
OWNERS = [p for p, c in Desk().people.items() if c.groups & BOOK.groups_of(RULES.kinds["escalation"].owner)]
OWNER = OWNERS[0]


def a_proposal(month: str = "2026-11", kind: str = "escalation", start: int = 2_000, reach: int = 5_000) -> Proposal:
    aim = Aim(says="Helped", unit="share", start=start, reach=reach)
    return Proposal(kind=kind, key="late", month=month, change="Later.", told=("Rarely.",), deals=12, aim=aim)


class House:
    def __init__(self) -> None:
        self.company, self.people, self.now = Company(COMPANY), Desk().people, NOW

    def gives(self, command: WeighProposals | DecideProposal) -> Decision:
        groups = self.people[command.actor].groups if command.actor in self.people else frozenset()
        context = Context(
            now=self.now, playbook=BOOK, groups=groups, reads=Reads(colleagues=tuple(self.people.values()))
        )
        if isinstance(command, WeighProposals):
            answer = weigh(self.company, command, context)
        else:
            answer = decide(self.company, command, context)
        if isinstance(answer, Accept):
            for fact in answer.facts:
                self.company = companies.apply(self.company, fact)  # type: ignore[arg-type]
        return answer

    def finds(self, *found: Proposal) -> Decision:
        return self.gives(WeighProposals(stream_id=COMPANY, actor=SYSTEM, found=found))

    def measures(self, value: int, count: int) -> Decision:
        told = Measured(about=a_proposal().id, value=value, count=count)
        return self.gives(WeighProposals(stream_id=COMPANY, actor=SYSTEM, measured=(told,)))

    def says(self, choice: Choice, reason: str = "", who: str = OWNER) -> Decision:
        return self.gives(
            DecideProposal(stream_id=COMPANY, actor=who, about=a_proposal().id, choice=choice, reason=reason)
        )

    @property
    def one(self) -> Followed:
        return self.company.proposals.every[0]


@pytest.fixture
def house() -> House:
    made = House()
    made.finds(a_proposal())
    return made


@pytest.fixture
def accepted(house: House) -> House:
    house.says("accept")
    return house


def test_it_is_raised_once_to_its_owner_with_a_date(house: House) -> None:
    assert house.one.raised.asked == tuple(OWNERS) and house.one.state == "open"
    assert (house.one.raised.due_on - NOW.date()).days == RULES.due_days
    assert house.finds(a_proposal(), a_proposal("2026-12")) == NOTHING


def test_the_same_twice_in_one_look_is_one() -> None:
    house = House()
    answer = house.finds(a_proposal(), a_proposal())
    assert isinstance(answer, Accept) and len(answer.facts) == 1
    assert all(isinstance(e, Tell) and e.command == "OfferTask" for e in answer.effects)


def test_a_kind_that_the_playbook_has_not_is_put_to_nobody() -> None:
    assert House().finds(a_proposal(kind="weather")) == NOTHING


def test_nobody_else_may_answer_and_a_no_needs_a_reason(house: House) -> None:
    other = next(p for p in house.people if p not in OWNERS)
    assert house.says("accept", who=other) == Refuse("approval.not_yours")
    assert house.says("decline", " ") == Refuse("reason.missing", "reason")
    assert house.says("not_true", "it is not") == Refuse("approval.changed"), "only an accepted one"
    house.says("decline", "no")
    assert house.one.state == "declined"
    assert house.says("accept") == Refuse("approval.decided")


@pytest.mark.parametrize(("days", "again"), [(RULES.again_days - 1, False), (RULES.again_days, True)])
def test_what_is_over_is_not_proposed_again_soon(house: House, days: int, again: bool) -> None:
    house.says("decline", "no")
    house.now += timedelta(days=days)
    assert (house.finds(a_proposal("2027-02")) != NOTHING) == again


@pytest.mark.parametrize(
    ("value", "count", "state"),
    [
        (5_000, RULES.least, "kept"),
        (4_999, RULES.least, "followed"),
        (9_000, RULES.least - 1, "followed"),
        (0, 0, "accepted"),
    ],
)
def test_it_is_kept_when_the_number_has_moved_over_enough(accepted: House, value: int, count: int, state: str) -> None:
    accepted.measures(value, count)
    assert accepted.one.state == state


def test_the_same_number_is_no_news(accepted: House) -> None:
    assert accepted.measures(3_000, 6) != NOTHING
    assert accepted.measures(3_000, 6) == NOTHING


@pytest.mark.parametrize(("days", "state"), [(RULES.follow_days, "not_true"), (RULES.follow_days - 1, "followed")])
def test_its_time_ends_it_as_not_true(accepted: House, days: int, state: str) -> None:
    accepted.now += timedelta(days=days)
    accepted.measures(3_000, RULES.least)
    assert accepted.one.state == state


def test_its_owner_may_close_it_as_not_true_once(accepted: House) -> None:
    accepted.says("not_true", "summer")
    assert accepted.one.state == "not_true"
    assert accepted.one.ended is not None and accepted.one.ended.reason == "summer"
    assert accepted.says("not_true", "again") == Refuse("approval.changed")
    assert accepted.measures(9_000, 50) == NOTHING


def test_nothing_is_measured_before_a_yes(house: House) -> None:
    assert house.measures(9_000, 50) == NOTHING


@pytest.mark.parametrize(("start", "reach", "value", "reached"), [(60, 30, 30, True), (60, 30, 31, False)])
def test_a_number_may_have_to_fall(start: int, reach: int, value: int, reached: bool) -> None:
    assert Aim(says="", unit="minutes", start=start, reach=reach).reached(value) == reached


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(4_250, "share", "42%"), (90, "minutes", "90 minutes"), (73, "tenths", "7.3 of 10"), (4, "count", "4")],
)
def test_numbers_are_said_in_their_unit(value: int, unit: Unit, words: str) -> None:
    assert said(value, unit) == words


def test_a_row_that_helps_rarely_is_proposed_with_what_is_to_move() -> None:
    rules = BOOK.escalations
    rows = [
        Escalated("large", 1, "a", "b", NOW, 200, 240, 10 if no < 3 else None, 200, "b") for no in range(rules.least)
    ]
    (found,) = proposed(rows, rules, "2026-11")
    assert (found.key, found.deals) == ("large", rules.least)
    assert (found.aim.start, found.aim.reach) == (3_000, rules.helps_from)
    assert measure(rows, rules, "large") == (3_000, rules.least)
    assert measure([], rules, "large") == (0, 0)
    assert proposed(rows[:-1], rules, "2026-11") == []
