"""Practices change by their owner's word alone, once for the same evidence."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.agents.learning.practising import decide, weigh
from bot.figures.practices_kept import evidence, in_effect
from bot.streams.company import company as companies
from bot.streams.company.company import Company
from bot.streams.company.practices import DecidePractice, Evidence, PracticeProposed, WeighPractices
from bot.streams.decision import NOTHING, Accept, Context, Decision, PastDeal, Reads, Refuse
from bot.streams.ids import COMPANY
from tests.unit.approvals.desk import Desk
from tests.unit.figures.deal import playbook

BOOK = playbook()
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
TODAY = NOW.date()


class House:
    def __init__(self) -> None:
        self.company, self.people, self.now = Company(COMPANY), Desk().people, NOW

    def gives(self, command: WeighPractices | DecidePractice) -> Decision:
        groups = self.people[command.actor].groups if command.actor in self.people else frozenset()
        reads = Reads(colleagues=tuple(self.people.values()))
        context = Context(now=self.now, playbook=BOOK, groups=groups, reads=reads)
        answer = weigh(self.company, command, context) if isinstance(command, WeighPractices) else decide(
            self.company, command, context
        )  # fmt: skip
        if isinstance(answer, Accept):
            for fact in answer.facts:
                self.company = companies.apply(self.company, fact)  # type: ignore[arg-type]
        return answer

    def looks(self, found: tuple[Evidence, ...]) -> bool:
        """Is anything proposed?"""
        return self.gives(WeighPractices(stream_id=COMPANY, actor="system", found=found)) != NOTHING

    def says(self, who: str, yes: bool) -> Decision:
        [proposal] = self.company.practices.proposed
        return self.gives(DecidePractice(stream_id=COMPANY, actor=who, seen=proposal.evidence.digest, yes=yes))

    @property
    def used(self) -> list[str]:
        return [each.id for each in in_effect(self.company.practices, BOOK.precedents)]


def deals(cheap: int, dear: int, of: int) -> list[PastDeal]:
    """So many of `of` won at 22% off, and at 12%."""
    one = [PastDeal(f"a{n}", "", "", "EUR", 9, 2_200, 0, n < cheap, 9, "2026-01-01") for n in range(of)]
    return [*one, *(PastDeal(f"b{n}", "", "", "EUR", 9, 1_200, 0, n < dear, 9, "2026-01-01") for n in range(of))]


def against(of: int = 40) -> tuple[Evidence, ...]:
    return evidence(Company(COMPANY).practices, deals(of - 2, of // 2, of), BOOK.precedents, TODAY)


def test_what_is_refused_is_proposed_again_only_when_so_many_more_deals_speak() -> None:
    house = House()
    assert [each.name for each in against()] == ["retired-discount-15"]
    assert house.looks(against()) and not house.looks(against(60))  # it waits
    assert isinstance(house.says("T:jonas", False), Accept)
    assert "discount-15" in house.used
    assert not house.looks(against(49)) and house.looks(against(50))  # 25% more


def test_only_its_owner_decides_and_once() -> None:
    house = House()
    assert house.looks(against())
    assert house.says("T:priya", True) == Refuse("approval.not_yours")
    assert isinstance(house.says("T:jonas", True), Accept)
    assert house.says("T:jonas", False) == Refuse("approval.decided")
    assert house.used == ["net-45"]
    gone = DecidePractice(stream_id=COMPANY, actor="T:jonas", seen="other", yes=True)
    assert house.gives(gone) == Refuse("approval.changed")


def test_a_rule_that_is_found_takes_the_place_of_one_that_says_nothing() -> None:
    """At 14% as few are won as at 22%: it is 10% that matters, not 15%."""
    house = House()
    sold = [*of(900, 38, 40), *of(1_400, 8, 80), *of(2_200, 14, 40)]
    assert house.looks(evidence(house.company.practices, sold, BOOK.precedents, TODAY))
    [proposed] = house.company.practices.proposed
    assert (proposed.evidence.name, proposed.evidence.instead_of) == ("new-discount-10", ("discount-15",))
    assert isinstance(house.says("T:jonas", True), Accept)
    assert house.used == ["net-45", "discount-10"]


def test_one_that_past_deals_speak_for_as_well_stays() -> None:
    sold = [*of(900, 38, 40), *of(1_400, 30, 40), *of(2_200, 8, 40)]
    assert evidence(House().company.practices, sold, BOOK.precedents, TODAY) == ()


def of(off: int, won: int, many: int) -> list[PastDeal]:
    return [PastDeal(f"{off}-{n}", "", "", "EUR", 9, off, 0, n < won, 9, "2026-01-01") for n in range(many)]


@pytest.mark.parametrize(("days", "since"), [(0, TODAY), (9, TODAY + timedelta(days=9))])
def test_a_new_one_is_dated_by_the_day_of_its_owners_word(days: int, since: date) -> None:
    house = House()
    few = [PastDeal(f"a{n}", "", "", "EUR", 9, 2_200, 0, n < 30, 9, "2026-01-01", way="countered") for n in range(30)]
    more = [PastDeal(f"b{n}", "", "", "EUR", 9, 2_200, 0, n < 9, 9, "2026-01-01", way="as_asked") for n in range(30)]
    assert house.looks(evidence(house.company.practices, [*few, *more], BOOK.precedents, TODAY))
    [proposed] = house.company.practices.proposed
    assert isinstance(proposed, PracticeProposed) and proposed.evidence.name == "new-counter"
    house.now += timedelta(days=days)
    assert isinstance(house.says("T:jonas", True), Accept)
    [added] = house.company.practices.added
    assert (added.id, added.since, house.used) == ("counter", since, ["discount-15", "net-45", "counter"])
    assert evidence(house.company.practices, [*few, *more], BOOK.precedents, TODAY) == ()
