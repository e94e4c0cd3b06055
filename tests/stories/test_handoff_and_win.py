"""Stories 6.4.1 and 6.5.1: who takes the customer, and how the win is told."""

import pytest

from sandbox.wait import until
from sandbox.walk import NOOR, PROMISE, WINS, readable
from tests.played import Played


def brief(played: Played) -> str:
    found = [m for m in played.town.people.dm(NOOR) if m.bot]
    return "\n".join([m.text for m in found] + [line for m in found for line in readable(m)])


@pytest.mark.story("6.4.1.1", criterion=1)
def test_the_csm_gets_what_was_promised_word_for_word(played: Played) -> None:
    told = brief(played)
    assert f"“{PROMISE}” Tom Byrne" in told
    assert "Fleet Platform (240 seats)" in told
    assert "Clara Vogt (Chief operating officer)" in told


def test_the_brief_holds_no_discount_margin_or_commission(played: Played) -> None:
    told = brief(played).replace("the 22% and 60 days", "")
    assert not any(word in told for word in ("18%", "margin", "ommission", "off "))


@pytest.mark.story("6.4.1.2", criterion=1)
@pytest.mark.story("6.4.1.2", criterion=2)
def test_the_csm_knows_the_industry(played: Played) -> None:
    offered = played.fact("handoff.offered")
    assert (offered["csm"], offered["name"]) == (f"T07LARK:{NOOR}", "Noor Haddad")
    assert offered["why"][0] == "knows logistics"


@pytest.mark.story("6.4.1.2", criterion=3)
def test_the_load_is_looked_at(played: Played) -> None:
    assert "looks after 0 of 14 customers" in played.fact("handoff.offered")["why"]


def test_the_handoff_was_accepted(played: Played) -> None:
    assert played.fact("handoff.accepted")["csm"] == f"T07LARK:{NOOR}"


@pytest.mark.story("6.5.1.1", criterion=1)
def test_the_win_is_told_once_and_only_with_evidence(played: Played) -> None:
    won = played.fact("deal.won")
    assert won["executed_hash"] == played.fact("contract.executed")["hash"]
    assert len([text for text in played.said(WINS) if "Brightwater Freight" in text]) == 1


@pytest.mark.story("6.5.1.1", criterion=2)
@pytest.mark.story("6.5.1.1", criterion=3)
def test_its_level_follows_the_playbook(played: Played) -> None:
    planned = played.fact("win.planned")
    assert (planned["level"], planned["channel"]) == ("individual", "wins")
    assert "Wins, line 1: every signed deal is told" in played.said(WINS)[0]
    assert "237,984.80" not in played.said(WINS)[0]


@pytest.mark.story("6.5.1.2", criterion=2)
def test_everybody_who_helped_is_named_with_what_they_did(played: Played) -> None:
    post = played.said(WINS)[0]
    for person, what in (
        ("U07MAYA0001", "led the deal"),
        ("U07JONAS001", "decided quickly"),
        ("U07PRIYA001", "cleared the payment terms"),
        ("U07TOM00001", "answered the technical questions"),
        ("U07INES0001", "signed for us"),
        ("U07NOOR0001", "goes on with the customer"),
    ):
        assert f"<@{person}> {what}" in post


@pytest.mark.story("6.5.1.2", criterion=4)
def test_a_colleague_says_well_done(played: Played) -> None:
    post = next(m for m in played.town.site.world.messages[WINS] if m.bot)
    played.town.people.press("U07RAVI0001", WINS, post.ts, "kudos.give")
    until(lambda: "Well done, say Ravi Menon" in played.said(WINS)[0], 30, "Ravi's name in the post")


def test_the_outcome_joins_the_history(played: Played) -> None:
    assert played.fact("outcome.recorded")["won"] is True
