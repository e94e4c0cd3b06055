"""Files under the hash of their bytes."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.errors import Refused
from integrations.files.local import LocalFiles

OURS, THEIRS = "deal:ours", "deal:theirs"
KEYS = {OURS: b"o" * 32, THEIRS: b"t" * 32}


def paths(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@given(st.binary(max_size=300))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_put_comes_back(tmp_path: Path, body: bytes) -> None:
    files = LocalFiles(tmp_path, KEYS.get)
    digest = files.put(OURS, body)
    assert digest == sha256(body).hexdigest()
    assert files.get(OURS, digest) == body


def test_the_same_bytes_lie_in_the_same_place_once(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path / "not" / "there" / "yet", KEYS.get)
    assert files.put(OURS, b"contract") == files.put(OURS, b"contract")
    assert len(paths(tmp_path)) == 1


def test_a_second_put_does_not_write_again(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path, KEYS.get)
    files.put(OURS, b"contract")
    before = paths(tmp_path)[0].stat()
    files.put(OURS, b"contract")
    assert paths(tmp_path)[0].stat().st_ino == before.st_ino


def test_a_damaged_file_is_told_and_mended_by_a_put(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path, KEYS.get)
    digest = files.put(OURS, b"contract")
    whole = paths(tmp_path)[0].read_bytes()
    paths(tmp_path)[0].write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(Refused, match=r"^file\.damaged$"):
        files.get(OURS, digest)
    assert files.put(OURS, b"contract") == digest
    assert files.get(OURS, digest) == b"contract"


@pytest.mark.attack(37)
@pytest.mark.parametrize(
    "digest",
    [
        sha256(b"never put").hexdigest(),
        "",
        "../../etc/passwd",
        "/etc/passwd",
        sha256(b"contract").hexdigest().upper(),
        sha256(b"contract").hexdigest() + "\n",
        "\u0660" * 64,
    ],
)
def test_what_was_never_put_is_missing(tmp_path: Path, digest: str) -> None:
    files = LocalFiles(tmp_path, KEYS.get)
    files.put(OURS, b"contract")
    with pytest.raises(Refused, match=r"^file\.missing$"):
        files.get(OURS, digest)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = LocalFiles(tmp_path, KEYS.get)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("integrations.files.local._sync", lambda folder: None)
        disk.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space left"):
            files.put(OURS, b"contract")
    assert paths(tmp_path) == []
    assert files.get(OURS, files.put(OURS, b"contract")) == b"contract"


def test_only_the_owner_reads_the_files(tmp_path: Path) -> None:
    LocalFiles(tmp_path / "files", KEYS.get).put(OURS, b"contract")
    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "files").rglob("*")}
    assert modes == {0}
    assert (tmp_path / "files").stat().st_mode & 0o077 == 0


@given(st.binary(min_size=1, max_size=200), st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_flipped_bit_is_told(tmp_path: Path, body: bytes, data: st.DataObject) -> None:
    files = LocalFiles(tmp_path, KEYS.get)
    digest = files.put(OURS, body)
    (place,) = paths(tmp_path)
    whole = place.read_bytes()
    bit = data.draw(st.integers(0, 8 * len(whole) - 1))
    changed = bytearray(whole)
    changed[bit // 8] ^= 1 << bit % 8
    place.write_bytes(changed)
    with pytest.raises(Refused, match=r"^file\.damaged$"):
        files.get(OURS, digest)
    place.unlink()


def test_what_lies_on_the_disk_says_nothing(tmp_path: Path) -> None:
    files, body = LocalFiles(tmp_path, KEYS.get), b"contract of Brightwater Freight"
    digest = files.put(OURS, body)
    (place,) = paths(tmp_path)
    assert body not in place.read_bytes()
    assert digest not in place.name


def test_another_owner_cannot_read_it_even_in_its_own_place(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path, KEYS.get)
    digest = files.put(OURS, b"contract")
    (ours,) = paths(tmp_path)
    with pytest.raises(Refused, match=r"^file\.missing$"):
        files.get(THEIRS, digest)
    files.put(THEIRS, b"contract")
    (theirs,) = set(paths(tmp_path)) - {ours}
    theirs.write_bytes(ours.read_bytes())
    with pytest.raises(Refused, match=r"^file\.damaged$"):
        files.get(THEIRS, digest)


def test_a_file_under_another_hash_is_damaged(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path, KEYS.get)
    first = files.put(OURS, b"contract")
    (place,) = paths(tmp_path)
    second = files.put(OURS, b"another")
    (other,) = set(paths(tmp_path)) - {place}
    other.write_bytes(place.read_bytes())
    with pytest.raises(Refused, match=r"^file\.damaged$"):
        files.get(OURS, second)
    assert files.get(OURS, first) == b"contract"


def test_without_the_key_there_are_no_files(tmp_path: Path) -> None:
    keys: dict[str, bytes] = dict(KEYS)
    files = LocalFiles(tmp_path, keys.get)
    digest = files.put(OURS, b"contract")
    del keys[OURS]
    with pytest.raises(Refused, match=r"^file\.missing$"):
        files.get(OURS, digest)
    with pytest.raises(Refused, match=r"^file\.missing$"):
        files.put(OURS, b"contract")
