"""The digest is owed once, never long after its hour, and only the newest is carried out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.agents.company.looking import record_digest, tell_managers
from bot.playbook.loader import load
from bot.streams.company.company import (
    Company,
    CompanyFact,
    DigestDue,
    DigestMissed,
    Period,
    RecordDigest,
    TellManagers,
    fold,
)
from bot.streams.decision import Accept, Context
from bot.streams.effects import PostDigest
from bot.streams.ids import COMPANY, SYSTEM
from bot.wiring import texts

PLAYBOOK = load(texts(Path(__file__).parents[3] / "playbook"))
EVENING = datetime(2026, 11, 18, 17, tzinfo=UTC)


def told(company: Company, day: str, now: datetime, period: Period = "daily") -> Accept:
    command = TellManagers(stream_id=COMPANY, actor=SYSTEM, day=day, period=period)
    decision = tell_managers(company, command, Context(now, PLAYBOOK))
    assert isinstance(decision, Accept)
    return decision


def after(company: Company, accepted: Accept) -> Company:
    facts: list[CompanyFact] = list(accepted.facts)  # type: ignore[arg-type]
    return fold(company, facts)


def test_it_is_owed_once_and_the_next_one_is_set() -> None:
    first = told(Company(COMPANY), "2026-11-18", EVENING)
    assert first.effects == (PostDigest(day="2026-11-18", period="daily"),)
    [following] = first.deadlines
    assert following.due_at == EVENING + timedelta(days=1)
    assert told(after(Company(COMPANY), first), "2026-11-18", EVENING).facts == ()


@pytest.mark.parametrize(
    ("late", "fact"),
    [
        (timedelta(0), DigestDue(day="2026-11-18")),
        (timedelta(hours=4), DigestDue(day="2026-11-18")),
        (timedelta(hours=4, seconds=1), DigestMissed(day="2026-11-18", period="daily")),
        (timedelta(days=3), DigestMissed(day="2026-11-18", period="daily")),
    ],
)
def test_too_late_is_left_to_the_next_one(late: timedelta, fact: CompanyFact) -> None:
    decision = told(Company(COMPANY), "2026-11-18", EVENING + late)
    assert decision.facts == (fact,)
    assert bool(decision.effects) == isinstance(fact, DigestDue)
    [following] = decision.deadlines
    assert following.due_at is not None
    assert following.due_at > EVENING + late


def test_the_two_periods_do_not_hide_each_other() -> None:
    company = after(Company(COMPANY), told(Company(COMPANY), "2026-11-20", EVENING + timedelta(days=2)))
    weekly = told(company, "2026-11-20", EVENING + timedelta(days=2), "weekly")
    assert weekly.facts == (DigestDue(day="2026-11-20", period="weekly"),)


def test_a_win_is_remembered_as_told_in_its_period() -> None:
    record = RecordDigest(
        stream_id=COMPANY, actor=SYSTEM, day="2026-11-18", ts="1.0", until=EVENING, won=("deal:1", "deal:2")
    )
    decision = record_digest(Company(COMPANY), record, Context(EVENING, PLAYBOOK))
    assert isinstance(decision, Accept)
    company = after(Company(COMPANY), decision)
    assert company.wins_told_in("daily") == {"deal:1", "deal:2"}
    assert company.wins_told_in("weekly") == frozenset()
    assert company.told_until("daily") == EVENING
