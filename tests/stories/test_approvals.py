"""Stories 6.2: who must say yes, who may, and what is kept of it."""

import pytest

from sandbox.walk import JONAS, NO, YES_IF
from tests.played import Played


@pytest.mark.story("6.2.1.1", criterion=1)
@pytest.mark.story("6.2.1.1", criterion=4)
def test_a_discount_above_the_reps_own_goes_to_the_vp(played: Played) -> None:
    plans = [f["fact"]["approvals"] for f in played.facts() if f["kind"] == "approvals.planned"]
    discount = [next(a for a in plan if a["kind"] == "discount") for plan in plans]
    assert [(a["asked"], a["person"]) for a in discount] == [(2200, f"T07LARK:{JONAS}"), (1800, f"T07LARK:{JONAS}")]


@pytest.mark.story("6.2.1.1", criterion=6)
def test_each_request_is_posted_with_the_policy_line_that_asked(played: Played) -> None:
    thread = played.thread()
    assert "package 1 needs 2 approvals, of Jonas Weber, Priya Raman" in thread
    assert "Discounts, line 3: above 15% and up to 25%, the VP Sales decides" in thread
    assert "Payment terms, line 2: longer than net 30 needs finance" in thread


@pytest.mark.story("6.2.2.1", criterion=3)
def test_the_request_says_what_is_asked_of_whom_and_by_when(played: Played) -> None:
    asked = played.told["asked Jonas"]
    assert asked.startswith("22% OFF FOR BRIGHTWATER FREIGHT?")
    assert "Maya Okafor asks:" in asked
    assert "By:* 17 Nov 2026, 13:12 UTC" in asked


@pytest.mark.story("6.2.2.1", criterion=2)
def test_each_role_reads_first_what_is_hers(played: Played) -> None:
    assert "margin 61.2%" in played.told["asked Jonas"]
    assert "Cash:" in played.told["asked Priya"]
    assert "Cash:" not in played.told["asked Jonas"]


@pytest.mark.story("6.2.2.1", criterion=4)
def test_one_press_decides(played: Played) -> None:
    presses = [d for d in played.town.site.journal.deliveries("block_actions") if d.body["user"]["id"] == JONAS]
    approve = [d for d in presses if d.body["actions"][0]["action_id"] == "approval.approve" and d.status == 200]
    assert approve
    assert {f["fact"]["by"] for f in played.facts() if f["kind"] == "approval.granted"} == {
        "T07LARK:U07JONAS001",
        "T07LARK:U07PRIYA001",
    }


@pytest.mark.story("6.2.2.2", criterion=1)
def test_the_card_shows_each_approver(played: Played) -> None:
    assert "Discount: Jonas Weber" in played.told["waiting"]
    assert "Payment terms: Priya Raman" in played.told["waiting"]


@pytest.mark.story("6.2.4.4", criterion=1)
def test_every_decision_is_kept_with_who_when_why_and_on_what(played: Played) -> None:
    rejected = played.fact("approval.rejected")
    assert (rejected["by"], rejected["reason"], rejected["yes_if"]) == (f"T07LARK:{JONAS}", NO, YES_IF)
    packages = [f["fact"] for f in played.facts() if f["kind"] == "package.ready"]
    granted = [f["fact"] for f in played.facts() if f["kind"] == "approval.granted"]
    assert {g["hash"] for g in granted} == {packages[-1]["hash"]}
    assert all(g["at"].startswith("2026-11-17") for g in granted)


@pytest.mark.story("6.2.4.4", criterion=2)
def test_the_record_is_whole_and_folds_to_the_same_state(played: Played) -> None:
    verified, replayed = played.town.run("ledger", "verify"), played.town.run("ledger", "replay")
    assert (verified.returncode, replayed.returncode) == (0, 0), verified.stdout + replayed.stdout
    assert "every chain is whole" in verified.stdout
    assert "0 differ" in replayed.stdout


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("wrong person", "Your role does not include this."),
        ("too small", "This approval is somebody else's."),
        ("requester", "Your role does not include this."),
        ("customer", "Only people at our company can use this button."),
        ("stale", "The package changed"),
    ],
)
def test_who_may_not_is_refused_in_words(played: Played, who: str, words: str) -> None:
    told = played.refused[who]
    assert words in told or (who == "stale" and "changed" in told)
    assert "." in told


def test_nobody_who_may_not_left_a_trace(played: Played) -> None:
    deciders = {f["fact"]["by"] for f in played.facts() if f["kind"] in ("approval.granted", "approval.rejected")}
    assert deciders == {"T07LARK:U07JONAS001", "T07LARK:U07PRIYA001"}
