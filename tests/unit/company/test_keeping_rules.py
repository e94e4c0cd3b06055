"""The heads are anchored once a day, and an erasing is written down with its reason."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.agents.company.keeping import erase, record_anchor
from bot.agents.company.looking import look
from bot.agents.table import RULES
from bot.playbook.loader import load
from bot.playbook.permissions import NOT_FOR_GROUPS
from bot.streams.company.company import Company, LookAround, fold
from bot.streams.company.keeping import EraseStream, HeadsAnchored, RecordAnchor, StreamErased
from bot.streams.decision import Accept, Context, Refuse
from bot.streams.ids import COMPANY, SYSTEM
from bot.streams.keeping_effects import AnchorHeads
from bot.wiring import texts

PLAYBOOK = load(texts(Path(__file__).parents[3] / "playbook"))
NIGHT = datetime(2026, 11, 18, 1, tzinfo=UTC)
DEAL = "deal:01J00000000000000000000000"


def looked(company: Company, now: datetime) -> bool:
    decision = look(company, LookAround(stream_id=COMPANY, actor=SYSTEM), Context(now, PLAYBOOK))
    assert isinstance(decision, Accept)
    return AnchorHeads() in decision.effects


def test_once_a_day() -> None:
    company = Company(COMPANY)
    assert looked(company, NIGHT)
    command = RecordAnchor(stream_id=COMPANY, actor=SYSTEM, number=1, sha256="ab")
    decision = record_anchor(company, command, Context(NIGHT, PLAYBOOK))
    assert isinstance(decision, Accept)
    assert decision.facts == (HeadsAnchored(number=1, sha256="ab", at=NIGHT),)
    company = fold(company, [HeadsAnchored(number=1, sha256="ab", at=NIGHT)])
    assert not looked(company, NIGHT + timedelta(hours=22))
    assert looked(company, NIGHT + timedelta(hours=24))


@pytest.mark.parametrize(
    ("stream", "reason", "refused"),
    [(COMPANY, "old", "stream.not_erasable"), (DEAL, " ", "erasure.no_reason"), (DEAL, "asked", "")],
)
def test_what_may_be_erased(stream: str, reason: str, refused: str) -> None:
    command = EraseStream(stream_id=COMPANY, actor="operator", erased=stream, reason=reason)
    decision = erase(Company(COMPANY), command, Context(NIGHT, PLAYBOOK))
    if refused:
        assert isinstance(decision, Refuse)
        assert decision.reason == refused
    else:
        assert decision == Accept((StreamErased(erased=DEAL, by="operator", at=NIGHT, reason="asked"),))


def test_twice_is_refused() -> None:
    command = EraseStream(stream_id=COMPANY, actor="operator", erased=DEAL, reason="asked")
    decision = erase(replace(Company(COMPANY), erased=(DEAL,)), command, Context(NIGHT, PLAYBOOK))
    assert decision == Refuse("stream.erased")


def test_no_group_can_be_given_the_right_to_erase() -> None:
    assert RULES[EraseStream][0] in NOT_FOR_GROUPS
