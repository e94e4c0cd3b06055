"""An export is verified by one file that knows nothing of us, with the public key alone; any change of it is found."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store.chain import Stored, link
from bot.store.columns import meta
from bot.store.keyring import Keyring
from bot.store.transaction import Store
from tests.store.desk import KEY, RING, desk, hint, mint, new_deal
from tests.store.shell import K1, ROOT, Shell

TOOL = ROOT / "tools" / "verify_ledger.py"
PUBLIC = RING.first.public
Rows = list[dict[str, Any]]


def verifier() -> Any:
    spec = importlib.util.spec_from_file_location("verify_ledger", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


VERIFIER = verifier()


def ran(file: Path, *words: str, public: str = PUBLIC) -> "subprocess.CompletedProcess[str]":
    """Alone: no package of ours is in its reach."""
    line = [sys.executable, "-I", str(TOOL), str(file), "--public-key", public, *words]
    return subprocess.run(line, cwd=file.parent, env={}, capture_output=True, text=True, check=False, timeout=60)


def problems(body: bytes) -> list[str]:
    look = VERIFIER.verify(
        iter(body.splitlines(keepends=True)), [Ed25519PublicKey.from_public_bytes(bytes.fromhex(PUBLIC))]
    )
    return [str(problem) for problem in look.problems]


@pytest.fixture(scope="module")
def shell(store: Store, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """Two deals of three facts, two anchors: after the second fact, and after the third."""
    with store.engine.writing() as sql:
        for table in meta.sorted_tables:
            sql.execute(table.delete())
    made = Shell(database_url, tmp_path_factory.mktemp("shell"))
    deals = (new_deal(), new_deal())
    for count in (2, 1):
        for deal in deals * count:
            assert desk(store).execute(hint(deal, mint()), mint()).reason is None
        made.does("ledger", "anchor")
    yield made


@pytest.fixture(scope="module")
def exported(shell: Shell) -> bytes:
    out = shell.folder / "all.ledger"
    shell.does("ledger", "export", str(out))
    return out.read_bytes()


def rows(exported: bytes) -> Rows:
    return [json.loads(line) for line in exported.splitlines()[:-2]]


def sealed(made: Rows, seal: bytes, ring: Keyring | None = None, **told: Any) -> bytes:
    """With the old seal, or, for one who holds the store key, with a new one that says what he wants."""
    lines = [json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in made]
    if ring is None:
        return b"".join(lines) + seal
    new = json.loads(seal.splitlines()[0]) | {"sha256": sha256(b"".join(lines)).hexdigest()} | told
    words = json.dumps(new, separators=(",", ":")).encode()
    return b"".join([*lines, words, b"\n", ring.sign(words).encode(), b"\n"])


def deal_of(made: Rows) -> str:
    return next(str(row["stream_id"]) for row in made if str(row.get("stream_id", "")).startswith("deal:"))


def seal_of(exported: bytes) -> bytes:
    return b"".join(exported.splitlines(keepends=True)[-2:])


def chained(made: Rows, stream: str) -> Rows:
    """Every hash of the stream made anew."""
    before, seq, found = "", 0, []
    for row in made:
        if row.get("stream_id") == stream:
            seq += 1
            moved = Stored(**row | {"seq": seq, "at": datetime.fromisoformat(row["at"]), "hash": ""})
            before = link(before, moved)
            row = row | {"seq": seq, "hash": before}
        found.append(row)
    return found


def without(made: Rows, stream: str, seq: int = 0) -> Rows:
    return [row for row in made if row.get("stream_id") != stream or (seq and row["seq"] != seq)]


def test_it_is_whole_and_says_no_word(exported: bytes, shell: Shell) -> None:
    told = ran(shell.folder / "all.ledger", "--json")
    assert told.returncode == 0, told.stdout + told.stderr
    found = json.loads(told.stdout)
    assert (found["streams"], found["anchors"], found["problems"]) == (3, 2, [])
    assert shell.does("ledger", "public-key").strip() == PUBLIC
    assert b"opportunity_id" not in exported
    assert (
        "--public-key"
        in subprocess.run([sys.executable, str(TOOL), "--help"], capture_output=True, text=True, check=True).stdout
    )


def test_one_stream_alone_is_checked_against_the_anchors_too(exported: bytes, shell: Shell) -> None:
    deal, out = deal_of(rows(exported)), shell.folder / "one.ledger"
    shell.does("ledger", "export", str(out), "--stream", deal)
    assert "1 streams, 3 facts, 2 anchors: every chain is whole" in ran(out).stdout
    assert shell.run("ledger", "export", str(out), "--stream", new_deal()).returncode == 2


def test_another_key_or_no_file_is_not_taken(exported: bytes, shell: Shell) -> None:
    file, other = shell.folder / "all.ledger", Keyring({"k1": KEY[::-1]}, lambda n: bytes(n)).first.public
    told = ran(file, public=other)
    assert told.returncode == 1
    assert "no seal that is signed with the given key" in told.stdout
    assert ran(file, public="zz").returncode == 2
    assert ran(shell.folder / "none.ledger").returncode == 2


Change = Callable[[Rows, str], Rows]


def edited(made: Rows, deal: str) -> Rows:
    return [row | {"body": "A" + row["body"][1:] + "A"} if _is(row, deal, 2) else row for row in made]


def swapped(made: Rows, deal: str) -> Rows:
    places = [index for index, row in enumerate(made) if row.get("stream_id") == deal]
    order = list(made)
    order[places[1]], order[places[2]] = made[places[2]], made[places[1]]
    return order


def _is(row: dict[str, Any], deal: str, seq: int) -> bool:
    return bool(row.get("stream_id") == deal and row["seq"] == seq)


def no_first_anchor(made: Rows, deal: str) -> Rows:
    return [row for row in made if not str(row.get("anchor", "")).startswith("000001")]


def no_last_anchor(made: Rows, deal: str) -> Rows:
    return [row for row in made if not str(row.get("anchor", "")).startswith("000002")]


def other_anchor(made: Rows, deal: str) -> Rows:
    return [
        row | {"file": row["file"].replace('"number":1', '"number":1 ')} if "anchor" in row else row for row in made
    ]


@pytest.mark.attack(34)
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (edited, "{deal} fact 2: was changed"),
        (swapped, "{deal} fact 2: is missing"),
        (lambda made, deal: without(made, deal, 2), "{deal} fact 2: is missing"),
        (lambda made, deal: without(made, deal, 3), "{deal} fact 3: is missing: the seal says that there are 3 facts"),
        (lambda made, deal: without(made, deal), "{deal} fact 1: is missing: the seal says that there are 3 facts"),
        (lambda made, deal: chained(without(made, deal, 2), deal), "{deal} fact 3: is missing: the seal says"),
        (lambda made, deal: chained(edited(made, deal), deal), "{deal} fact 3: was written anew: the seal says"),
        (no_first_anchor, "anchor 1: is missing"),
        (no_last_anchor, "anchor 2: is missing"),
        (other_anchor, "000001-2026-"),
    ],
    ids=["edit", "swap", "drop", "cut", "stream", "chain", "chain-edit", "first-anchor", "last-anchor", "anchor"],
)
def test_a_change_is_found_with_its_place(exported: bytes, change: Change, told: str) -> None:
    made = rows(exported)
    deal = deal_of(made)
    found = problems(sealed(change(made, deal), seal_of(exported)))
    assert found[0].startswith(told.format(deal=deal)), found


@pytest.mark.attack(34)
def test_what_one_with_the_store_key_changes_the_anchors_show(exported: bytes) -> None:
    made, seal = rows(exported), seal_of(exported)
    deal = deal_of(made)
    anew = chained(edited(made, deal), deal)
    ends = {row["stream_id"]: (row["seq"], row["hash"]) for row in anew if "stream_id" in row}
    heads = [[stream, *end] for stream, end in ends.items()]
    assert problems(sealed(anew, seal, RING, heads=heads))[0].startswith(
        f"{deal} fact 2: or an earlier one was written"
    )
    gone = without(made, deal)
    fewer = [head for head in json.loads(seal.splitlines()[0])["heads"] if head[0] != deal]
    assert problems(sealed(gone, seal, RING, heads=fewer)) == [f"{deal} fact 1: is missing: {_first(made)} saw 2 facts"]


def _first(made: Rows) -> str:
    file = next(row["file"] for row in made if str(row.get("anchor", "")).startswith("000001"))
    return f"anchor 1 of {json.loads(file.splitlines()[0])['at'][:10]}"


def test_after_a_rotation_the_new_public_key_is_enough(shell: Shell) -> None:
    new = KEY[::-1]
    later = Shell(shell.url, shell.folder, f"k2:{new.hex()},{K1}")
    later.does("store", "rotate-keys")
    later.does("ledger", "anchor")
    alone = Shell(shell.url, shell.folder, f"k2:{new.hex()}")
    out = shell.folder / "later.ledger"
    alone.does("ledger", "export", str(out))
    assert "3 anchors: every chain is whole" in alone.does("ledger", "verify")
    told = ran(out, public=alone.does("ledger", "public-key").strip())
    assert "3 anchors: every chain is whole" in told.stdout, told.stdout
    Shell(shell.url, shell.folder, f"{K1},k2:{new.hex()}").does("store", "rotate-keys")


@pytest.mark.attack(34)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_any_changed_byte_is_found(exported: bytes, place: float, flip: int) -> None:
    body = bytearray(exported)
    body[int(place * len(body))] ^= flip
    assert problems(bytes(body))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 1, exclude_max=True))
def test_any_cut_is_found(exported: bytes, place: float) -> None:
    assert problems(exported[: int(place * len(exported))])
