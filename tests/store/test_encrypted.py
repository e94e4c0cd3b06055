"""What is kept is encrypted where it lies, and a ciphertext is of use at its own place and with its own key alone."""

import secrets
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.dispatch import Dispatcher
from bot.playbook.permissions import Permission
from bot.store import verification
from bot.store.chain import HEAD, Stored, link
from bot.store.engine import Engine
from bot.store.errors import Damaged, WrongKey
from bot.store.keyring import Keyring
from bot.store.outbox import Warrant
from bot.store.tables import facts, heads, outbox, texts
from bot.store.transaction import Store
from bot.streams.decision import Deadline, HeardText
from bot.streams.effects import Lane, PostNote
from bot.streams.ids import SYSTEM
from bot.streams.person.person import OfferTask, Task
from integrations.files.local import LocalFiles
from tests.store.desk import KEY, NOW, RING, address, hint, mint, new_deal
from tests.store.shell import Shell

OURS = Warrant(SYSTEM, Permission.REPORT_RESULT)


def held(url: str, word: str) -> bool:
    """Whether the files of the database hold the word anywhere. Another process looks: closing a file of SQLite's in
    this one would drop its locks."""
    if url.startswith("sqlite"):
        folder = str(Path(url.removeprefix("sqlite:///")).parent)
    else:
        engine = Engine(url)
        with engine.reading() as sql:
            sql.execute(sa.text("CHECKPOINT"))
            folder = str(sql.scalar(sa.text("SHOW data_directory")))
        engine.close()
    return found_in(folder, word)


def found_in(folder: str, word: str) -> bool:
    return subprocess.run(["grep", "-rqaF", word, folder], check=False, timeout=60).returncode == 0


def test_no_word_stands_in_the_files_of_the_database_or_of_the_store(
    store: Store, dispatcher: Dispatcher, database_url: str, tmp_path: Path
) -> None:
    deal, said, noted, asked, why = new_deal(), *(f"{secrets.token_hex(8)} agreed" for _ in range(4))
    assert dispatcher.execute(hint(deal, deal), mint(), address(deal)).reason is None
    task = OfferTask(stream_id=deal, actor=SYSTEM, task=Task(id=mint(), deal=deal, kind="approval", title=asked))
    with store.transaction() as tx:
        tx.texts.keep(deal, [HeardText(mint(), said, timedelta(days=30))], NOW)
        tx.outbox.owe(deal, 99, [PostNote(about="note", words={"words": noted})], OURS)
        tx.deadlines.set(deal, 99, [Deadline("later", NOW, task)])
    assert dispatcher.erase(new_deal(), why, mint()).reason is None
    contract = LocalFiles(tmp_path / "files", store.file_key)
    contract.put(deal, f"contract: {said}".encode())

    assert held(database_url, deal), "the look sees what is there"
    assert [word for word in (said, noted, asked, why) if held(database_url, word)] == []
    assert not found_in(str(tmp_path / "files"), said)
    assert list((tmp_path / "files").rglob("*"))


Move = Callable[[sa.Connection, str, str], None]


@pytest.fixture
def deals(store: Store, dispatcher: Dispatcher) -> Iterator[tuple[str, str]]:
    made = (new_deal(), new_deal())
    for deal in made:
        assert dispatcher.execute(hint(deal, mint()), mint()).reason is None
        with store.transaction() as tx:
            tx.texts.keep(deal, [HeardText(f"{deal}:text", "Yes, agreed.", timedelta(days=30))], NOW)
    yield made
    with store.engine.writing() as sql:
        for table in (facts, heads, outbox, texts):
            sql.execute(table.delete())


def rewritten(sql: sa.Connection, deal: str, **told: str) -> None:
    """The fact, with its hash and its head made anew by one who holds the store key."""
    row = Stored(**sql.execute(sa.select(facts).where(facts.c.stream_id == deal)).one()._mapping)
    made = Stored(**{**row.columns(), **told, "hash": ""})
    hash = link("", made)
    sql.execute(facts.update().where(facts.c.stream_id == deal).values(made.columns() | {"hash": hash}))
    mark = RING.vouch(HEAD, deal, 1, hash)
    sql.execute(heads.update().where(heads.c.stream_id == deal).values(hash=hash, signature=mark))


def flipped(body: str, byte: int) -> str:
    raw = bytearray(b64decode(body))
    raw[byte] ^= 1
    return b64encode(raw).decode()


def body_of(sql: sa.Connection, deal: str, column: str = "body") -> str:
    return str(sql.scalar(sa.select(facts.c[column]).where(facts.c.stream_id == deal)))


@pytest.mark.attack(35)
@pytest.mark.parametrize("how", ["another deal's", "another column's", "nonce", "tag"])
def test_a_moved_or_flipped_ciphertext_is_found_even_in_a_whole_chain(
    store: Store, deals: tuple[str, str], how: str
) -> None:
    deal, other = deals
    with store.engine.writing() as sql:
        mine = body_of(sql, deal)
        new = {
            "another deal's": body_of(sql, other),
            "another column's": body_of(sql, deal, "stamp"),
            "nonce": flipped(mine, 0),
            "tag": flipped(mine, -1),
        }
        rewritten(sql, deal, body=new[how])
    with store.snapshot() as tx:
        problems = [str(problem) for problem in verification.verify(tx).problems if problem.stream_id in deals]
        with pytest.raises(Damaged):
            list(tx.ledger.entries(deal))
    assert problems == [f"{deal} fact 1: cannot be read with the stream's key"]


@pytest.mark.attack(35)
def test_what_is_owed_and_heard_is_bound_to_its_row(store: Store, deals: tuple[str, str]) -> None:
    deal, other = deals
    with store.engine.writing() as sql:
        for table in (outbox, texts):
            theirs = sql.scalar(sa.select(table.c.body).where(table.c.stream_id == other).limit(1))
            sql.execute(table.update().where(table.c.stream_id == deal).values(body=theirs))
    with store.snapshot() as tx:
        with pytest.raises(Damaged, match="was changed, or moved here"):
            tx.outbox.head(deal, Lane.SALESFORCE, NOW)
        with pytest.raises(Damaged, match="was changed, or moved here"):
            tx.texts.of(deal)


@pytest.mark.attack(35)
def test_with_another_store_key_nothing_starts(deals: tuple[str, str], database_url: str, tmp_path: Path) -> None:
    for keys, why in ((f"k1:{KEY[::-1].hex()}", "it does not open"), (f"k9:{KEY.hex()}", "settings do not hold it")):
        told = Shell(database_url, tmp_path, keys).run("ledger", "verify")
        assert told.returncode == 1
        assert "STORE_KEYS: the store is encrypted with the key 'k1'" in " ".join(told.stderr.split())
        assert why in " ".join(told.stderr.split())
        assert KEY.hex() not in told.stderr
    with pytest.raises(WrongKey):
        Store(database_url, Keyring({"k9": KEY}, secrets.token_bytes))
