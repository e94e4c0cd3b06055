"""An erased stream is unreadable everywhere, stays erased, and its chain still holds."""

import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.dispatch import Dispatcher
from bot.store import rebuilding, verification
from bot.store.columns import meta
from bot.store.engine import Engine
from bot.store.errors import Erased
from bot.store.tables import data_keys, heads
from bot.store.transaction import Store
from bot.streams.company.company import PastDealRow, RecordHistory
from bot.streams.deal.signals import HearMessage
from bot.streams.decision import HeardText
from bot.streams.ids import COMPANY, SYSTEM, stream_id
from bot.streams.money import Money
from bot.streams.person.person import OfferTask, Profile, RecordPerson, Task
from integrations.errors import Refused
from integrations.files.local import LocalFiles
from tests.store.desk import CODE, NOW, address, hint, mint, new_deal
from tests.store.shell import Shell
from tests.store.test_races import at_once

KEPT = {"answers", "data_keys", "facts", "heads", "links"}  # ids, hashes and what nobody can read
WORDS = "Yes, let us go ahead with Brightwater Freight"


@pytest.fixture
def shell(database_url: str, tmp_path: Path) -> Shell:
    return Shell(database_url, tmp_path)


@pytest.fixture
def deal(dispatcher: Dispatcher) -> str:
    """With a fact, a text, and something owed."""
    made = new_deal()
    assert dispatcher.execute(hint(made, made), mint(), address(made)).reason is None
    keep(dispatcher.store, made)
    return made


def keep(store: Store, deal: str) -> None:
    with store.transaction() as tx:
        tx.texts.keep(deal, [HeardText(f"{deal}:text", WORDS, timedelta(days=30))], NOW)


def test_it_wants_a_reason_and_a_yes(deal: str, store: Store, shell: Shell) -> None:
    assert shell.run("store", "shred", deal, "--reason", "asked").returncode == 1
    assert "A reason is missing." in shell.run("store", "shred", deal, "--yes").stderr
    assert shell.run("store", "shred", new_deal(), "--reason", "asked", "--yes").returncode == 2
    with store.snapshot() as tx:
        assert tx.ledger.load(deal, CODE).seq == 1


@pytest.mark.attack(36)
def test_nothing_of_it_can_be_read_and_the_chain_holds(
    deal: str, store: Store, shell: Shell, database_url: str, tmp_path: Path
) -> None:
    files = LocalFiles(tmp_path / "files", store.file_key)
    contract = files.put(deal, b"contract of Brightwater Freight")
    other = new_deal()
    keep(store, other)
    with store.engine.reading() as sql:
        keys = {row.stream_id: row.body.encode() for row in sql.execute(sa.select(data_keys))}
    shell.does("store", "shred", deal, "--reason", "asked on 3 May", "--yes")

    assert "erased" in shell.does("ledger", "verify")
    shown = shell.run("ledger", "show", deal)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "was erased" in shown.stderr
    with pytest.raises(Refused, match=r"^file\.missing$"):
        files.get(deal, contract)
    assert unreadable(store, deal)
    left = on_disk(database_url)
    assert keys[other] in left
    assert keys[deal] not in left


def unreadable(store: Store, deal: str) -> bool:
    with store.snapshot() as tx:
        with pytest.raises(Erased):
            tx.ledger.load(deal, CODE)
        with pytest.raises(Erased):
            list(tx.ledger.entries(deal))
    with store.engine.reading() as sql:
        tables = [table for table in meta.sorted_tables if "stream_id" in table.c and table.name not in KEPT]
        left = [sql.execute(sa.select(table).where(table.c.stream_id == deal)).all() for table in tables]
        fold = sql.scalar(sa.select(heads.c.body).where(heads.c.stream_id == deal))
    return not any(left) and fold == ""


def test_that_it_was_erased_and_why_stays(deal: str, store: Store, shell: Shell) -> None:
    shell.does("ledger", "anchor")
    shell.does("store", "shred", deal, "--reason", "asked on 3 May", "--yes")
    assert "erased" in shell.does("ledger", "verify")
    with store.snapshot() as tx:
        last = [json.loads(entry.body) for entry in tx.ledger.entries(COMPANY)][-1]
    told = {"kind": "stream.erased", "erased": deal, "by": "operator", "reason": "asked on 3 May"}
    assert {name: last[name] for name in told} == told


def on_disk(url: str) -> bytes:
    """All that the engine's own files hold of the keys; read by another process, for closing a file of SQLite's in this
    one would drop its locks."""
    if url.startswith("sqlite"):
        paths = list(Path(url.removeprefix("sqlite:///")).parent.iterdir())
    else:
        engine = Engine(url)
        with engine.reading() as sql:
            place = "SELECT current_setting('data_directory'), pg_relation_filepath('data_keys')"
            paths = [Path(*sql.execute(sa.text(place)).one())]
        engine.close()
    return subprocess.run(["cat", *map(str, paths)], stdout=subprocess.PIPE, check=True, timeout=60).stdout


@pytest.mark.attack(36)
def test_a_webhook_that_comes_again_does_not_bring_it_back(deal: str, store: Store, dispatcher: Dispatcher) -> None:
    assert dispatcher.erase(deal, "asked", mint()).reason is None
    told = dispatcher.execute(hint(new_deal(), deal), mint(), address(deal))
    assert (told.stream_id, told.reason) == (deal, "stream.erased")
    heard = HearMessage(stream_id=deal, actor=SYSTEM, channel="C1", ts="1.0", thread_ts="", speaker="T1:U1", text=WORDS)
    assert dispatcher.execute(heard, mint()).reason == "stream.erased"
    assert dispatcher.erase(deal, "asked", mint()).reason == "stream.erased"
    with store.snapshot() as tx:
        assert tx.texts.of(deal) == {}
        assert verification.verify(tx).problems == ()


@pytest.mark.attack(36)
def test_what_other_streams_knew_of_it_does_not_come_back(deal: str, store: Store, dispatcher: Dispatcher) -> None:
    person, user = stream_id("person", mint()), f"T1:{mint()}"
    profile = Profile(
        user=user, name="Jonas", title="", email="", time_zone="Europe/Berlin", active=True, groups=frozenset()
    )
    dispatcher.execute(RecordPerson(stream_id=person, actor=SYSTEM, profile=profile), mint())
    task = Task(id=mint(), deal=deal, kind="approval", title="22% off for Brightwater Freight?")
    assert dispatcher.execute(OfferTask(stream_id=person, actor=SYSTEM, task=task), mint()).reason is None
    row = PastDealRow(
        id=deal, customer="Brightwater Freight", industry="Logistics", currency="EUR", total=1, discount=0,
        payment_days=30, won=True, days=1, closed_on="2026-01-01",
    )  # fmt: skip
    dispatcher.execute(RecordHistory(stream_id=COMPANY, actor=SYSTEM, deals=(row,)), mint())
    rebuild(store, dispatcher)
    assert shown(store, deal, user) == (["22% off for Brightwater Freight?"], ["Brightwater Freight"])
    assert dispatcher.erase(deal, "asked", mint()).reason is None
    assert shown(store, deal, user) == ([], ["(erased)"])
    rebuild(store, dispatcher)
    assert shown(store, deal, user) == ([], ["(erased)"])


def rebuild(store: Store, dispatcher: Dispatcher) -> None:
    rebuilding.begin(store)
    assert list(rebuilding.steps(store, CODE, dispatcher.attempt))


def shown(store: Store, opportunity: str, user: str) -> tuple[list[str], list[str]]:
    """What the reads say of it, for who holds the keys."""
    with store.snapshot() as tx:
        past = tx.past_deals.nearest("Logistics", Money(minor=1, currency="EUR"))
        return [task.title for task in tx.tasks.of(user)], [deal.customer for deal in past if deal.id == opportunity]


@pytest.mark.attack(36)
@pytest.mark.parametrize("times", range(2))
def test_a_backup_made_meanwhile_holds_it_whole_or_erased(
    deal: str, dispatcher: Dispatcher, shell: Shell, tmp_path: Path, times: int
) -> None:
    out = tmp_path / "backup.zip"
    at_once([
        lambda: shell.does("backup", "--out", str(out)),
        lambda: str(dispatcher.erase(deal, "asked", mint()).reason),
    ])  # fmt: skip
    other = Shell(f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "other")
    assert "every chain is whole" in other.does("restore", str(out))
