"""Another store key takes over: nothing is lost, whenever it is killed, and the old key may go."""

import json
import secrets
import subprocess
import sys
from pathlib import Path
from signal import SIGKILL

import pytest
import sqlalchemy as sa

from bot.dispatch import Dispatcher
from bot.store import rotation, verification
from bot.store.errors import WrongKey
from bot.store.keyring import Keyring
from bot.store.tables import heads
from bot.store.transaction import Store
from tests.store.desk import CODE, KEY, desk, hint, mint, new_deal
from tests.store.shell import K1, ROOT, Shell

NEW = secrets.token_bytes(32)
K2 = f"k2:{NEW.hex()}"
BOTH = Keyring({"k2": NEW, "k1": KEY}, secrets.token_bytes)
ONLY_NEW = Keyring({"k2": NEW}, secrets.token_bytes)

KILLED = """
import os, secrets, signal, sys
from bot.store import rotation
from bot.store.keyring import Keyring
from bot.store.transaction import Store
from tests.store.desk import KEY, desk

url, new, committed = sys.argv[1], bytes.fromhex(sys.argv[2]), int(sys.argv[3])
rotation.AT_ONCE = 2
store = Store(url, Keyring({"k2": new, "k1": KEY}, secrets.token_bytes))
for number, _ in enumerate(rotation.steps(store, desk(store).attempt), 1):
    if number == committed:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def deals(dispatcher: Dispatcher, count: int) -> list[str]:
    made = [new_deal() for _ in range(count)]
    for deal in made:
        assert dispatcher.execute(hint(deal, mint()), mint()).reason is None
    return made


def rotate(url: str, ring: Keyring) -> int:
    store = Store(url, ring)
    done = sum(step.streams for step in rotation.steps(store, desk(store).attempt))
    store.close()
    return done


@pytest.mark.attack(35)
def test_the_old_key_may_go(dispatcher: Dispatcher, database_url: str, tmp_path: Path) -> None:
    made = deals(dispatcher, 7)
    gone = made.pop()
    assert dispatcher.erase(gone, "asked", mint()).reason is None
    told = json.loads(Shell(database_url, tmp_path, f"{K2},{K1}").does("store", "rotate-keys", "--json"))
    assert told["key"] == "k2"
    assert told["streams"] >= 7
    assert told["problems"] == []

    with pytest.raises(WrongKey, match="'k2', and settings do not hold it"):
        Store(database_url, Keyring({"k1": KEY}, secrets.token_bytes))
    store = Store(database_url, ONLY_NEW)
    with store.snapshot() as tx:
        assert verification.verify(tx).problems == ()
        assert [tx.ledger.load(deal, CODE).seq for deal in made] == [1] * 6
    assert desk(store).execute(hint(made[0], mint()), mint()).reason is None
    store.close()
    assert rotate(database_url, Keyring({"k1": KEY, "k2": NEW}, secrets.token_bytes)) >= 7


@pytest.mark.chaos
@pytest.mark.parametrize("committed", [1, 2])
def test_killed_in_the_middle_it_goes_on(dispatcher: Dispatcher, database_url: str, committed: int) -> None:
    made = deals(dispatcher, 6)
    line = [sys.executable, "-c", KILLED, database_url, NEW.hex(), str(committed)]
    assert subprocess.run(line, cwd=ROOT, check=False, timeout=60).returncode == -SIGKILL
    store = Store(database_url, BOTH)
    behind = rotation.left(store)
    assert behind >= 2
    with store.snapshot() as tx:
        assert verification.verify(tx).problems == ()
        assert [tx.ledger.load(deal, CODE).seq for deal in made] == [1] * 6
    assert rotate(database_url, BOTH) == behind
    assert rotation.left(store) == 0
    store.close()
    assert rotate(database_url, Keyring({"k1": KEY, "k2": NEW}, secrets.token_bytes)) >= behind


def test_a_head_that_is_not_ours_is_not_made_ours(dispatcher: Dispatcher, store: Store, database_url: str) -> None:
    (deal,) = deals(dispatcher, 1)
    with store.engine.writing() as sql:
        mine = heads.c.stream_id == deal
        before = sql.scalar(sa.select(heads.c.signature).where(mine))
        sql.execute(heads.update().where(mine).values(signature=f"k1:{'0' * 64}"))
    both = Store(database_url, BOTH)
    told = [step.problems for step in rotation.steps(both, desk(both).attempt)]
    assert [p for problems in told for p in problems] == [f"{deal} has a head that is not ours"]
    both.close()
    with store.engine.writing() as sql:
        sql.execute(heads.update().where(mine).values(signature=before))
    rotate(database_url, Keyring({"k1": KEY, "k2": NEW}, secrets.token_bytes))
