"""Which troubles are told, at the boundaries of the playbook's minutes, and what is news of one that is known."""

from datetime import timedelta

import pytest

from bot.agents.company import troubling
from bot.figures.watching import of_provider
from bot.streams.company.company import Company, apply
from bot.streams.company.troubles import NoticeTroubles, RecordTroubleCard, Trouble
from bot.streams.decision import NOTHING, Accept
from bot.streams.effects import Lane, RefreshTrouble
from bot.streams.ids import COMPANY, SYSTEM
from tests.unit.people.somebody import MONDAY, accepted, context

AFTER = timedelta(minutes=2)
SHUT = Trouble(kind="shut", lane=Lane.BOOKS, code="http_503", since=MONDAY)
PARKED = Trouble(kind="parked", lane=Lane.BOOKS, count=2, since=MONDAY)


@pytest.mark.parametrize(
    ("code", "seconds", "kind"),
    [
        ("busy", 119, None),
        ("busy", 120, "shut"),
        ("unauthorised invalid_auth", 0, "refused"),
        ("unauthorised", 0, "refused"),
    ],
)
def test_an_outage_is_told_after_a_while_and_refused_credentials_at_once(
    code: str, seconds: int, kind: str | None
) -> None:
    found = of_provider(Lane.BOOKS, code, MONDAY, MONDAY + timedelta(seconds=seconds), AFTER)
    assert (found.kind if found else None) == kind


def notice(company: Company, *troubles: Trouble) -> Accept:
    command = NoticeTroubles(stream_id=COMPANY, actor=SYSTEM, troubles=troubles)
    return accepted(troubling.notice(company, command, context(MONDAY)))


def after(company: Company, decided: Accept) -> Company:
    for fact in decided.facts:
        company = apply(company, fact)  # type: ignore[arg-type]
    return company


def test_each_is_told_once_and_again_only_when_it_is_different() -> None:
    first = notice(Company(COMPANY), SHUT, PARKED)
    assert first.effects == (RefreshTrouble(name="provider.books"), RefreshTrouble(name="parked.books"))
    known = after(Company(COMPANY), first)
    assert notice(known, SHUT.model_copy(update={"code": "timeout"}), PARKED) == NOTHING
    assert notice(known, SHUT, PARKED.model_copy(update={"count": 3})).effects == (RefreshTrouble(name="parked.books"),)
    assert [fact.kind for fact in notice(known, PARKED).facts] == ["trouble.over"]


def test_one_that_comes_again_after_it_was_over_has_a_card_of_its_own() -> None:
    company = after(Company(COMPANY), notice(Company(COMPANY), SHUT))
    shown = RecordTroubleCard(stream_id=COMPANY, actor=SYSTEM, name="provider.books", channel="C1", ts="1.1")
    company = after(company, accepted(troubling.record(company, shown, context(MONDAY))))
    assert company.troubles[0].ts == "1.1"
    company = after(company, notice(company))
    assert company.troubles[0].over_at is not None
    again = after(company, notice(company, SHUT))
    assert (again.troubles[0].ts, again.troubles[0].over_at) == ("", None)
