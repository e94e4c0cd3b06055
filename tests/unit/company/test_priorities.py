"""The few places of critical deals: who has them, who yields to whom, and laws over any run of claims and ends."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.agents.company import priorities
from bot.figures.critical import chosen, ranked
from bot.streams.company.company import Company, apply
from bot.streams.company.priorities import Claim, ClaimPriority, EndPriority, PlaceGiven, PlaceYielded
from bot.streams.decision import Accept
from bot.streams.effects import Tell
from bot.streams.ids import COMPANY, SYSTEM
from tests.unit.people.somebody import MONDAY, accepted, context, playbook

PLACES = playbook().critical.at_most
CLAIMS = st.tuples(st.integers(0, 6), st.sampled_from([30, 40, 50, 100]), st.integers(0, 3))
ACTS = st.lists(st.one_of(CLAIMS, st.integers(0, 6)), max_size=25)


def deal(no: int) -> str:
    return f"deal:01JD8Z0000000000000000000{no}"


def claim(no: int, score: int = 50, days: int = 0, since: datetime = MONDAY) -> Claim:
    told: dict[str, Any] = {"deal": deal(no), "customer": f"C{no}", "rep": "T:r", "line": "L: w", "why": "w"}
    return Claim(**told, score=score, until_on=date(2026, 12, 1) + timedelta(days=days), since=since)


def claims(company: Company, of: Claim) -> Accept:
    return accepted(priorities.claim(company, ClaimPriority(stream_id=COMPANY, actor=SYSTEM, claim=of), context()))


def ends(company: Company, no: int) -> Accept:
    command = EndPriority(stream_id=COMPANY, actor=SYSTEM, deal=deal(no), why="approved")
    return accepted(priorities.end(company, command, context()))


def after(company: Company, decision: Accept) -> Company:
    for fact in decision.facts:
        company = apply(company, fact)  # type: ignore[arg-type]
        assert len(company.priorities.held) <= PLACES
    return company


def full(*scores: int) -> Company:
    company = Company(COMPANY)
    for no, score in enumerate(scores):
        company = after(company, claims(company, claim(no, score)))
    return company


def held(company: Company) -> set[str]:
    return {each.deal for each in company.priorities.held}


def test_a_higher_one_takes_the_lowest_ones_place_and_both_are_told_by_name_and_why() -> None:
    company = full(50, 40)
    found = claims(company, claim(2, 100))
    yielded, given_ = found.facts[1:]
    assert isinstance(yielded, PlaceYielded) and (yielded.deal, yielded.to) == (deal(1), deal(2))
    assert isinstance(given_, PlaceGiven) and (given_.deal, given_.over) == (deal(2), deal(1))
    told = {e.stream_id: e.body for e in found.effects if isinstance(e, Tell)}
    assert told[deal(1)]["to"] == "C2" and "100 points are more than 40" in told[deal(1)]["why"]
    assert told[deal(2)]["over"] == "C1"


def test_a_lower_or_equal_one_waits_and_gets_the_next_place_that_is_free() -> None:
    company = after(full(50, 40), claims(full(50, 40), claim(2, 40, since=MONDAY + timedelta(minutes=1))))
    assert held(company) == {deal(0), deal(1)}
    assert held(after(company, ends(company, 0))) == {deal(1), deal(2)}


def test_an_erased_deal_leaves_its_place_to_the_next() -> None:
    company = after(full(50, 40, 30), priorities.erased(full(50, 40, 30), deal(0), context()))
    assert held(company) == {deal(1), deal(2)} and company.priorities.claim(deal(0)) is None
    assert priorities.erased(company, deal(0), context()).facts == ()


def test_the_same_claim_again_and_the_end_of_none_change_nothing() -> None:
    company = full(50)
    assert claims(company, claim(0, 50)).facts == () and ends(company, 5).facts == ()


@given(st.permutations([claim(no, 50 - 10 * (no % 2), no % 3) for no in range(7)]))
def test_the_order_is_the_same_however_they_came(every: list[Claim]) -> None:
    assert ranked(every) == ranked(sorted(every, key=lambda c: c.deal))


@given(ACTS)
def test_there_are_never_more_than_the_places_and_the_highest_have_them(acts: list[Any]) -> None:
    company = Company(COMPANY)
    for act in acts:
        found = ends(company, act) if isinstance(act, int) else claims(company, claim(*act))
        company = after(company, found)
        best = {each.deal for each in chosen(company.priorities.claims, PLACES)}
        assert held(company) == best
        assert len(best) == min(PLACES, len(company.priorities.claims))
