"""Each way to change the record behind our back, by SQL on the real database, is found and named with its place."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.store import verification
from bot.store.anchors import Anchors
from bot.store.chain import HEAD, Stored, link
from bot.store.columns import meta
from bot.store.keyring import Keyring
from bot.store.ledger import Vouched
from bot.store.tables import data_keys, facts, heads
from bot.store.transaction import Store, Transaction
from bot.streams.company.keeping import RecordAnchor
from bot.streams.ids import COMPANY, SYSTEM
from tests.store.desk import KEY, NOW, RING, desk, hint, mint, new_deal
from tests.store.shell import Shell

FACTS = 4
TODAY, TOMORROW = NOW, NOW + timedelta(days=1)


@pytest.fixture
def anchors(tmp_path: Path) -> Anchors:
    return Anchors(tmp_path / "anchors", RING)


@pytest.fixture
def deals(store: Store, anchors: Anchors) -> tuple[str, str]:
    """Two, with four facts each, and two anchors: one in the middle, one at the end."""
    with store.engine.writing() as sql:
        for table in meta.sorted_tables:
            sql.execute(table.delete())
    made = (new_deal(), new_deal())
    for deal in made:
        grow(store, deal, FACTS - 2)
    anchored(store, anchors, TODAY)
    for deal in made:
        grow(store, deal, 2)
    anchored(store, anchors, TOMORROW)
    assert found(store, anchors) == []
    return made


def grow(store: Store, deal: str, count: int) -> None:
    for _ in range(count):
        assert desk(store).execute(hint(deal, mint()), mint()).reason is None


def anchored(store: Store, anchors: Anchors, at: datetime) -> None:
    with store.snapshot() as tx:
        made = anchors.add(tx.ledger.heads(), at)
    told = RecordAnchor(stream_id=COMPANY, actor=SYSTEM, number=made.number, sha256=made.sha256)
    assert desk(store).execute(told, mint()).reason is None


def found(store: Store, anchors: Anchors) -> list[str]:
    with store.snapshot() as tx:
        return [str(problem) for problem in verification.verify(tx, anchors.read()).problems]


def of(deal: str, seq: int = 0) -> sa.ColumnElement[bool]:
    return sa.and_(facts.c.stream_id == deal, facts.c.seq == seq) if seq else facts.c.stream_id == deal


Change = Callable[[sa.Connection, str, str], object]


def edit(sql: sa.Connection, deal: str, other: str) -> None:
    body = str(sql.scalar(sa.select(facts.c.body).where(of(deal, 2))))
    sql.execute(facts.update().where(of(deal, 2)).values(body=("B" if body[0] == "A" else "A") + body[1:]))


def edit_kind(sql: sa.Connection, deal: str, other: str) -> None:
    sql.execute(facts.update().where(of(deal, 3)).values(kind="deal.won"))


def edit_time(sql: sa.Connection, deal: str, other: str) -> None:
    sql.execute(facts.update().where(of(deal, 1)).values(at=datetime(2020, 1, 1, tzinfo=UTC)))


def drop(sql: sa.Connection, deal: str, other: str) -> None:
    sql.execute(facts.delete().where(of(deal, 2)))


def swap(sql: sa.Connection, deal: str, other: str) -> None:
    for before, after in ((2, 99), (3, 2), (99, 3)):
        sql.execute(facts.update().where(of(deal, before)).values(seq=after))


def swap_deals(sql: sa.Connection, deal: str, other: str) -> None:
    parts = [facts.c.kind, facts.c.key_id, facts.c.body, facts.c.stamp, facts.c.hash]
    mine, theirs = (dict(sql.execute(sa.select(*parts).where(of(s, 2))).one()._mapping) for s in (deal, other))
    sql.execute(facts.update().where(of(deal, 2)).values(theirs))
    sql.execute(facts.update().where(of(other, 2)).values(mine))


def truncate(sql: sa.Connection, deal: str, other: str) -> None:
    sql.execute(facts.delete().where(of(deal), facts.c.seq > 3))


def chain_anew(sql: sa.Connection, deal: str, other: str, ring: Keyring | None = None) -> None:
    """As who knows the code: drops the second fact and makes every hash and the head anew, with a key or without."""
    rows = [Stored(**row._mapping) for row in sql.execute(sa.select(facts).where(of(deal)).order_by(facts.c.seq))]
    sql.execute(facts.delete().where(of(deal)))
    before = ""
    for seq, row in enumerate([rows[0], *rows[2:]], 1):
        made = Stored(**{**row.columns(), "seq": seq, "hash": ""})
        before = link(before, made)
        sql.execute(facts.insert().values(made.columns() | {"hash": before}))
    changed = {"seq": len(rows) - 1, "hash": before}
    if ring is not None:
        changed["signature"] = ring.vouch(HEAD, deal, len(rows) - 1, before)
    sql.execute(heads.update().where(heads.c.stream_id == deal).values(changed))


def cut(sql: sa.Connection, deal: str, other: str) -> None:
    """The tail goes, and one who holds the store key vouches for what is left."""
    hash = sql.scalar(sa.select(facts.c.hash).where(of(deal, 3)))
    sql.execute(facts.delete().where(of(deal), facts.c.seq > 3))
    vouched = {"seq": 3, "hash": hash, "signature": RING.vouch(HEAD, deal, 3, str(hash))}
    sql.execute(heads.update().where(heads.c.stream_id == deal).values(vouched))


def forget(sql: sa.Connection, deal: str, other: str) -> None:
    for table in (facts, heads, data_keys):
        sql.execute(table.delete().where(table.c.stream_id == deal))


def lose_head(sql: sa.Connection, deal: str, other: str) -> None:
    sql.execute(heads.delete().where(heads.c.stream_id == deal))


def lose_key(sql: sa.Connection, deal: str, other: str) -> None:
    sql.execute(data_keys.delete().where(data_keys.c.stream_id == deal))


def say_erased(sql: sa.Connection, deal: str, other: str) -> None:
    sql.execute(data_keys.update().where(data_keys.c.stream_id == deal).values(body="", store_key="", erased_at=NOW))


def move_fold(sql: sa.Connection, deal: str, other: str) -> None:
    body = sql.scalar(sa.select(heads.c.body).where(heads.c.stream_id == other))
    sql.execute(heads.update().where(heads.c.stream_id == deal).values(body=body))


with_key = partial(chain_anew, ring=RING)
CHANGES: dict[str, tuple[Change, str]] = {
    "edited": (edit, " fact 2: was changed"),
    "another kind": (edit_kind, " fact 3: was changed"),
    "another time": (edit_time, " fact 1: was changed"),
    "dropped": (drop, " fact 2: is missing"),
    "swapped": (swap, " fact 2: was changed"),
    "swapped between deals": (swap_deals, " fact 2: was changed"),
    "truncated": (truncate, " fact 4: is missing: the chain was cut, its head vouches for 4 facts"),
    "chained anew": (chain_anew, " fact 3: the head is not signed with a key of ours"),
    "chained anew with the key": (with_key, " fact 1: or a later one was written anew: anchor 1 of 2026-11-17"),
    "truncated with the key": (cut, " fact 4: is missing: anchor 2 of 2026-11-18 saw 4 facts"),
    "a whole deal": (forget, " fact 1: is missing with the whole stream: anchor 2 of 2026-11-18 saw 4 facts"),
    "no head": (lose_head, " fact 4: the head is missing"),
    "no key": (lose_key, " has lost its data key"),
    "said to be erased": (say_erased, ": has lost its key: it is marked erased, and no fact says so"),
    "another deal's fold": (move_fold, "cannot be read: it was changed, or moved here"),
}


@pytest.mark.attack(34)
@pytest.mark.parametrize("name", CHANGES)
def test_it_is_found_and_named(store: Store, anchors: Anchors, deals: tuple[str, str], name: str) -> None:
    change, told = CHANGES[name]
    with store.engine.writing() as sql:
        change(sql, *deals)
    problems = found(store, anchors)
    assert problems[0].startswith(deals[0]) or problems[-1].startswith(deals[0])
    assert any(told in problem and problem.startswith(deals[0]) for problem in problems), problems
    assert {problem.split(" ")[0].rstrip(":") for problem in problems} <= set(deals)


@pytest.mark.attack(34)
def test_an_old_backup_put_back_is_found(
    store: Store, anchors: Anchors, deals: tuple[str, str], database_url: str, tmp_path: Path
) -> None:
    shell, out = Shell(database_url, tmp_path), tmp_path / "old.zip"
    shell.does("backup", "--out", str(out))
    grow(store, deals[0], 1)
    anchored(store, anchors, TOMORROW)
    shell.does("restore", str(out), "--force")
    ran = shell.run("ledger", "verify", "--json")
    problems = json.loads(ran.stdout)["problems"]
    assert ran.returncode == 1
    assert [(p["stream_id"], p["seq"]) for p in problems] == [(deals[0], 5)]
    assert "anchor 3 of 2026-11-18 saw 5 facts" in problems[0]["what"]


@pytest.mark.attack(34)
def test_a_key_that_comes_back_after_the_erasing_is_found(
    store: Store, anchors: Anchors, deals: tuple[str, str]
) -> None:
    mine = data_keys.c.stream_id == deals[0]
    with store.snapshot(), store.engine.reading() as sql:
        kept = dict(sql.execute(sa.select(data_keys).where(mine)).one()._mapping)
    assert desk(store).erase(deals[0], "asked by the customer", mint()).reason is None
    assert found(store, anchors) == []
    with store.engine.writing() as sql:
        sql.execute(data_keys.update().where(mine).values(kept))
    assert f"{deals[0]}: was erased, and its key is back" in found(store, anchors)


def files(anchors: Anchors, tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "anchors").glob("*.anchor"))


@pytest.mark.attack(34)
def test_a_changed_or_missing_anchor_is_found(
    store: Store, anchors: Anchors, deals: tuple[str, str], tmp_path: Path
) -> None:
    first, second = files(anchors, tmp_path)
    assert [first.name, second.name] == ["000001-2026-11-17.anchor", "000002-2026-11-18.anchor"]
    kept = first.read_bytes(), second.read_bytes()

    def with_files(*bodies: bytes | None) -> list[str]:
        for path, body in zip((first, second), bodies, strict=True):
            path.unlink(missing_ok=True)
            if body is not None:
                path.write_bytes(body)
        return found(store, anchors)

    assert with_files(*kept) == []
    assert with_files(None, kept[1]) == ["anchor 1: is missing"]
    assert with_files(kept[0], None) == ["anchor 2: is missing: the ledger says that it was made"]
    assert len(with_files(None, None)) == 2
    assert with_files(kept[0].replace(b"11-17T09", b"11-17T10"), kept[1]) == [
        f"{first.name}: was changed: the anchor after it holds another hash"
    ]
    assert with_files(kept[0], kept[1].replace(b"11-18T09", b"11-18T10")) == [
        f"{second.name}: was changed: its signature is not of these words"
    ]
    assert with_files(kept[1], kept[0])
    foreign = Anchors(tmp_path / "foreign", Keyring({"k1": KEY[::-1]}, lambda n: bytes(n)))
    with store.snapshot() as tx:
        foreign.add(tx.ledger.heads(), TODAY)
    (made,) = (tmp_path / "foreign").glob("*.anchor")
    assert "was changed: its signature is not of these words" in with_files(made.read_bytes(), None)[0]


@pytest.mark.attack(34)
def test_anchors_made_again_over_the_last_one_are_found(
    store: Store, anchors: Anchors, deals: tuple[str, str], tmp_path: Path
) -> None:
    second = files(anchors, tmp_path)[1]
    second.unlink()
    with store.snapshot() as tx:
        anchors.add(tx.ledger.heads(), TOMORROW)
    assert found(store, anchors) == [f"{second.name}: is not the one that the ledger says was made"]


def test_a_head_that_is_not_ours_is_not_anchored(tmp_path: Path) -> None:
    made = Anchors(tmp_path / "anchors", RING)
    deal, other = new_deal(), new_deal()
    ours = Vouched(1, "a", RING.vouch(HEAD, deal, 1, "a"))
    anchor = made.add({deal: ours, other: Vouched(1, "b", ours.signature)}, NOW)
    assert dict(anchor.heads) == {deal: (1, "a")}
    assert made.add({deal: ours}, NOW).heads == {}
    assert [each.number for each in made.read().anchors] == [1, 2]


def test_after_a_rotation_the_newest_anchor_vouches_for_the_older_ones(tmp_path: Path) -> None:
    folder = tmp_path / "anchors"
    Anchors(folder, RING).add({}, TODAY)
    new = Keyring({"k2": KEY[::-1]}, lambda n: bytes(n))
    assert [what for _, what in Anchors(folder, new).read().problems] == [
        "is signed with 'k1', which is not in STORE_KEYS, and none after it vouches for it"
    ]
    Anchors(folder, new).add({}, TOMORROW)
    assert Anchors(folder, new).read().problems == ()


COLUMNS = [
    *((facts, name) for name in ("stream_id", "kind", "at", "key_id", "body", "stamp", "hash")),
    *((heads, name) for name in ("stream_id", "hash", "signature", "code", "key_id", "body")),
    *((data_keys, name) for name in ("stream_id", "key_id", "store_key", "body")),
]
LETTERS = st.characters(codec="ascii", exclude_categories=["Cc"])


class Undone(Exception):
    pass


@pytest.fixture(scope="module")
def quiet(store: Store) -> Iterator[Store]:
    """One deal of three facts that nobody changes for good."""
    with store.engine.writing() as sql:
        for table in meta.sorted_tables:
            sql.execute(table.delete())
    grow(store, new_deal(), 3)
    yield store


@pytest.mark.attack(34)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(COLUMNS), st.integers(0, 2), st.integers(0, 10_000), LETTERS)
def test_any_changed_letter_is_found(
    quiet: Store, place: tuple[sa.Table, str], row: int, position: int, letter: str
) -> None:
    table, name = place
    plain = sa.table(table.name, *(sa.column(column.name) for column in table.columns))
    with pytest.raises(Undone), quiet.engine.writing() as sql:
        rows = sql.execute(sa.select(plain).order_by(*(column.name for column in table.primary_key))).all()
        chosen = rows[row % len(rows)]._mapping
        text = chosen[name]
        at = position % len(text)
        changed = f"{text[:at]}{letter}{text[at + 1 :]}"
        mine = sa.and_(*(plain.c[column.name] == chosen[column.name] for column in table.primary_key))
        assume(changed != text and not (name == "at" and at == text.index("T")))  # read as the same moment
        sql.execute(plain.update().where(mine).values({name: changed}))
        assert verification.verify(Transaction(sql, RING, reading=True)).problems, (table.name, name, at, letter)
        raise Undone


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 2), st.integers(0, 10_000), st.integers(1, 255))
def test_any_changed_byte_of_an_anchor_is_found(
    tmp_path_factory: pytest.TempPathFactory, number: int, position: int, flip: int
) -> None:
    folder = tmp_path_factory.mktemp("anchors")
    made, deal = Anchors(folder, RING), new_deal()
    for seq in (1, 2):
        made.add({deal: Vouched(seq, f"{seq:064}", RING.vouch(HEAD, deal, seq, f"{seq:064}"))}, NOW)
    assert made.read().problems == ()
    path = sorted(folder.glob("*.anchor"))[number - 1]
    body = bytearray(path.read_bytes())
    body[position % len(body)] ^= flip
    path.unlink()
    path.write_bytes(body)
    assert made.read().problems
