"""A backup of either engine comes back in either, whole, and what was owed still goes out once."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.store import verification
from bot.store.transaction import Store
from bot.streams.effects import Lane
from tests.store.desk import KEY, NOW, RING, desk, hint, mint, new_deal, opened

ROOT = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of the module's PostgreSQL server, or in a folder."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'target.db'}"
    url: str = request.getfixturevalue("another_postgres_database")
    return url


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def ran(url: str, folder: str, *words: str) -> subprocess.CompletedProcess[str]:
        here = tmp_path / folder
        told = {"DATABASE_URL": url, "STORE_KEYS": f"k1:{KEY.hex()}", "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
        told |= {"FILES_DIR": str(here / "files"), "ANCHOR_DIR": str(here / "anchors")}
        line = [sys.executable, "-c", "from bot.cli.main import main; main()", *words]
        return subprocess.run(line, cwd=ROOT, env=told, capture_output=True, text=True, check=False, timeout=60)

    return ran


def test_it_comes_back_whole_and_owes_what_it_owed(
    store: Store, database_url: str, target: str, tmp_path: Path, run: Run
) -> None:
    deal, word = new_deal(), mint()
    desk(store).execute(hint(deal, word), word)
    (tmp_path / "from" / "files" / "ab").mkdir(parents=True)
    (tmp_path / "from" / "files" / "ab" / "cd").write_bytes(b"contract")
    out = tmp_path / "backup.zip"
    made = run(database_url, "from", "backup", "--out", str(out))
    assert made.returncode == 0, made.stderr
    assert KEY.hex().encode() not in b"".join(ZipFile(out).read(name) for name in ZipFile(out).namelist())
    assert run(database_url, "from", "backup", "--out", str(out)).returncode == 2

    back = run(target, "to", "restore", str(out))
    assert back.returncode == 0, back.stderr
    assert "every chain is whole" in back.stdout
    assert (tmp_path / "to" / "files" / "ab" / "cd").read_bytes() == b"contract"
    assert run(target, "to", "restore", str(out)).returncode == 2
    assert run(target, "to", "restore", str(out), "--force").returncode == 0
    goes_out_once(target, deal)


def goes_out_once(url: str, deal: str) -> None:
    store = opened(url)
    with store.transaction() as tx:
        head = tx.outbox.head(deal, Lane.SALESFORCE, NOW)
        assert head is not None
        owed = tx.outbox.hold(head, NOW)
        assert owed is not None
        assert tx.outbox.settle(owed, NOW)
        assert tx.outbox.head(deal, Lane.SALESFORCE, NOW) is None
    desk(store).execute(hint(deal, "again"), mint())
    with store.snapshot() as tx:
        assert verification.verify(tx).problems == ()
        assert tx.outbox.waiting(deal)
    store.close()


def test_what_was_changed_on_the_way_is_not_restored(store: Store, database_url: str, tmp_path: Path, run: Run) -> None:
    desk(store).execute(hint(new_deal(), mint()), mint())
    out, changed = tmp_path / "backup.zip", tmp_path / "changed.zip"
    run(database_url, "from", "backup", "--out", str(out))
    with ZipFile(out) as whole, ZipFile(changed, "w") as other:
        for name in whole.namelist():
            body = whole.read(name)
            other.writestr(name, body.replace(b'"seq":1', b'"seq":2') if name == "tables/facts.jsonl" else body)
    target = f"sqlite:///{tmp_path / 'target.db'}"
    ran = run(target, "to", "restore", str(changed))
    assert ran.returncode == 1
    assert "tables/facts.jsonl is not as it was written" in " ".join(ran.stderr.split())
    empty = Store(target, RING)
    with empty.snapshot() as tx:
        assert tx.ledger.streams() == []
    empty.close()
