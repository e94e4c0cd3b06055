"""Files under the hash of their bytes."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.errors import Refused
from integrations.files.local import LocalFiles


def paths(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@given(st.binary(max_size=300))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_put_comes_back(tmp_path: Path, body: bytes) -> None:
    files = LocalFiles(tmp_path)
    digest = files.put(body)
    assert digest == sha256(body).hexdigest()
    assert files.get(digest) == body


def test_the_same_bytes_lie_in_the_same_place_once(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path / "not" / "there" / "yet")
    assert files.put(b"contract") == files.put(b"contract")
    assert len(paths(tmp_path)) == 1


def test_a_second_put_does_not_write_again(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path)
    files.put(b"contract")
    before = paths(tmp_path)[0].stat()
    files.put(b"contract")
    assert paths(tmp_path)[0].stat().st_ino == before.st_ino


def test_a_damaged_file_is_told_and_mended_by_a_put(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path)
    digest = files.put(b"contract")
    paths(tmp_path)[0].write_bytes(b"contracT")
    with pytest.raises(Refused, match=r"^file\.damaged$"):
        files.get(digest)
    assert files.put(b"contract") == digest
    assert files.get(digest) == b"contract"


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
    files = LocalFiles(tmp_path)
    files.put(b"contract")
    with pytest.raises(Refused, match=r"^file\.missing$"):
        files.get(digest)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = LocalFiles(tmp_path)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("integrations.files.local._sync", lambda folder: None)
        disk.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space left"):
            files.put(b"contract")
    assert paths(tmp_path) == []
    assert files.get(files.put(b"contract")) == b"contract"


def test_only_the_owner_reads_the_files(tmp_path: Path) -> None:
    LocalFiles(tmp_path / "files").put(b"contract")
    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "files").rglob("*")}
    assert modes == {0}
    assert (tmp_path / "files").stat().st_mode & 0o077 == 0
