"""Story NFR-6.2: every decision is on the record with who, when, why and by what, and the record can be proved; what is
kept is encrypted, and erased when it must be."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sandbox.walk import JONAS, MAYA, NOOR, PRIYA, PROMISE, TOTAL
from tests.played import Played
from tests.world import World

TOOL = Path(__file__).parents[2] / "tools" / "verify_ledger.py"
AGENTS = ("contracts", "quality", "approvals", "signature", "integration", "finance", "handoff", "learning")
NAME = "Brightwater"
MINOR = TOTAL.replace(",", "").replace(".", "")  # as it is kept


def read(played: Played, *words: str, **told: str) -> "subprocess.CompletedProcess[str]":
    """A command of the administrator's shell, perhaps on another database."""
    town = played.town
    env = town.environment() | told
    return subprocess.run(
        town.countersign(*words), cwd=TOOL.parents[1], env=env, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.story("NFR-6.2", criterion=4)
def test_each_step_says_who_when_why_by_which_rule_and_playbook(played: Played) -> None:
    for fact in played.facts():
        stamp = fact["stamp"]
        assert all(stamp[name] for name in ("actor", "at", "cause", "code", "playbook")), fact
        assert stamp["at"][:19] == fact["at"][:19]
    assert len({fact["stamp"]["playbook"] for fact in played.facts()}) == 1


@pytest.mark.story("NFR-6.2", criterion=4)
def test_every_agent_was_given_its_work_and_said_what_it_decided(played: Played) -> None:
    kinds = [fact["kind"] for fact in played.facts()]
    assert [agent for agent in AGENTS if f"handover.{agent}" not in kinds] == []
    decided = ("strategy.chosen", "package.assembled", "package.checked", "approvals.planned", "envelope.sent")
    acted = ("contract.sealed", "crm.closed", "finance.planned", "books.put", "handoff.offered", "win.posted")
    assert [kind for kind in (*decided, *acted) if kind not in kinds] == []
    strategy = next(fact["stamp"] for fact in played.facts() if fact["kind"] == "strategy.chosen")
    assert strategy["relied"]["colleagues"], "whom it could ask"


@pytest.mark.story("NFR-6.2", criterion=4)
def test_each_decision_of_a_person_carries_her_id(played: Played) -> None:
    by = {(fact["kind"], fact["stamp"]["actor"].partition(":")[2]) for fact in played.facts()}
    assert {("approval.rejected", JONAS), ("approval.granted", PRIYA), ("envelope.sent", MAYA)} <= by
    assert ("handoff.accepted", NOOR) in by
    signed = [f["stamp"]["actor"] for f in played.facts() if f["kind"] == "signer.signed"]
    assert [actor.partition(":")[0] for actor in signed] == ["signer", "signer", "T07LARK"]


@pytest.mark.story("NFR-6.2", criterion=4)
def test_the_trail_is_proved_by_who_has_no_key_of_ours(played: Played, tmp_path: Path) -> None:
    assert list((played.town.folder / "anchors").glob("000001-*.anchor")), "by itself, on the first day"
    out, public = tmp_path / "all.ledger", read(played, "ledger", "public-key").stdout.strip()
    assert read(played, "ledger", "export", str(out)).returncode == 0
    line = [sys.executable, "-I", str(TOOL), str(out), "--public-key", public]
    ran = subprocess.run(line, cwd=tmp_path, env={}, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "every chain is whole" in ran.stdout
    assert NAME not in out.read_text()


@pytest.mark.story("NFR-6.2", criterion=4)
def test_a_trail_that_was_changed_is_told_with_its_place(played: Played, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    ours, other = sqlite3.connect(played.town.folder / "countersign.db"), sqlite3.connect(copy)
    with closing(ours), closing(other):
        ours.backup(other)
        other.execute("UPDATE facts SET at = replace(at, '2026', '2025') WHERE kind = 'approval.granted'")
        other.commit()
    granted = next(fact["seq"] for fact in played.facts() if fact["kind"] == "approval.granted")
    ran = read(played, "ledger", "verify", DATABASE_URL=f"sqlite:///{copy}")
    assert ran.returncode == 1
    assert f"{played.deal} fact {granted}: was changed" in ran.stdout


@pytest.mark.story("NFR-6.2", criterion=1)
def test_no_word_and_no_amount_of_customer_or_contract_is_kept_in_the_open(played: Played) -> None:
    """In no file of ours: database, queue, documents, anchors, logs."""
    folder = str(played.town.folder)
    said = (NAME, "go ahead", PROMISE[:30], "clara.vogt@", "Fleet Platform", "governing law", TOTAL, MINOR, "%PDF-")
    found = [word for word in said if subprocess.run(["grep", "-rqaF", word, folder], check=False).returncode == 0]
    assert found == []
    assert holding(played.town.folder / "countersign.db", int(MINOR)) == {}


@pytest.mark.story("NFR-6.2", criterion=1)
def test_who_may_reads_it_all_the_same(played: Played) -> None:
    found = read(played, "ledger", "show", played.deal, "--json").stdout
    assert all(word in found for word in (NAME, MINOR))


@pytest.mark.story("NFR-6.2", criterion=1)
@pytest.mark.parametrize("name", ["SALESFORCE_URL", "SLACK_API_URL", "BOOKS_URL", "PUBLIC_URL"])
def test_nothing_is_sent_in_the_clear_beyond_this_machine(played: Played, name: str) -> None:
    ran = read(played, "worker", "deals", **{name: "http://plain.example.com"})
    assert ran.returncode != 0
    assert name in ran.stderr
    assert "https" in ran.stderr


def holding(database: Path, word: str | int = NAME) -> dict[str, Any]:
    """Rows with the word in a cell, or with the number, by table."""
    with closing(sqlite3.connect(database)) as sql:
        tables = [name for (name,) in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: sql.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608
    return {
        name: hit for name in tables if (hit := [r for r in rows[name] if any(str(word) in str(cell) for cell in r)])
    }


def test_an_erased_deal_leaves_no_word_and_a_whole_record(world: World) -> None:
    world.walk.play()
    world.settle()
    deal = str(world.record()["Countersign_Deal__c"])
    assert NAME in world.run("ledger", "show", deal, "--json")
    world.run("ledger", "anchor")
    world.run("store", "shred", deal, "--reason", "asked by the customer", "--yes")
    world.settle()
    world.run("store", "rebuild")
    assert NAME not in world.town.run("ledger", "show", deal, "--json").stdout
    assert NAME not in world.person(MAYA).types("/deal find 006")
    assert holding(world.town.folder / "countersign.db") == {}
    assert "1 erased" in world.run("ledger", "verify")
    assert "This was erased." in world.person(MAYA).types("/deal status", world.walk.channel().id)
