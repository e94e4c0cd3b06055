"""What is encrypted comes back only whole, at its own place, with its own keys."""

import os
from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.errors import Damaged, WrongKey
from bot.store.keyring import Cipher, Keyring, Wrapped, verifies

OLD, NEW, OTHER = os.urandom(32), os.urandom(32), os.urandom(32)
RING = Keyring({"new": NEW, "old": OLD}, os.urandom)
DEAL, PERSON = "deal:01J00000000000000000000000", "person:01J00000000000000000000000"
CIPHER, WRAPPED = RING.new(DEAL)
PLACES = st.tuples(st.sampled_from(["facts", "outbox"]), st.integers(0, 99), st.sampled_from(["body", "stamp"]))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def flipped(body: str, bit: int) -> str:
    raw = bytearray(b64decode(body))
    raw[bit // 8 % len(raw)] ^= 1 << bit % 8
    return b64encode(raw).decode()


@given(TEXTS, PLACES)
def test_it_comes_back(text: str, place: tuple[str | int, ...]) -> None:
    hidden = CIPHER.encrypt(text, *place)
    assert CIPHER.decrypt(hidden, *place) == text
    assert len(text) < 8 or text.encode() not in b64decode(hidden)


@given(TEXTS, PLACES, st.integers(0, 10_000))
def test_any_flipped_bit_is_refused(text: str, place: tuple[str | int, ...], bit: int) -> None:
    hidden = flipped(CIPHER.encrypt(text, *place), bit)
    with pytest.raises(Damaged):
        CIPHER.decrypt(hidden, *place)


@given(TEXTS, PLACES, PLACES)
def test_a_moved_ciphertext_is_refused(text: str, here: tuple[str | int, ...], there: tuple[str | int, ...]) -> None:
    hidden = CIPHER.encrypt(text, *here)
    if here == there:
        assert CIPHER.decrypt(hidden, *there) == text
    else:
        with pytest.raises(Damaged):
            CIPHER.decrypt(hidden, *there)


@pytest.mark.parametrize(("stream", "key_id"), [(PERSON, CIPHER.key_id), (DEAL, "another")], ids=["stream", "key"])
def test_another_stream_or_key_cannot_read_it(stream: str, key_id: str) -> None:
    hidden = CIPHER.encrypt("words", "facts", 1, "body")
    with pytest.raises(Damaged):
        Cipher(stream, key_id, CIPHER.key, os.urandom).decrypt(hidden, "facts", 1, "body")


@pytest.mark.parametrize("body", ["", "words", "d29yZHM=", "\u0660"])
def test_what_was_never_encrypted_is_refused(body: str) -> None:
    with pytest.raises(Damaged):
        CIPHER.decrypt(body, "facts", 1, "body")


def test_the_same_text_twice_looks_different() -> None:
    assert CIPHER.encrypt("yes", "facts", 1, "body") != CIPHER.encrypt("yes", "facts", 1, "body")
    assert CIPHER.fingerprint("yes") == CIPHER.fingerprint("yes") != RING.new(DEAL)[0].fingerprint("yes")


def test_a_data_key_is_unwrapped_by_its_store_key_alone() -> None:
    assert RING.unwrap(DEAL, WRAPPED) == CIPHER
    for keys, problem in (({"old": OLD}, "do not hold it"), ({"new": OTHER}, "does not open")):
        with pytest.raises(WrongKey, match=f"'new'.*{problem}"):
            Keyring(keys, os.urandom).unwrap(DEAL, WRAPPED)


@pytest.mark.parametrize(
    ("stream", "wrapped"),
    [
        (PERSON, WRAPPED),
        (DEAL, Wrapped("other", WRAPPED.store_key, WRAPPED.body)),
        (DEAL, Wrapped(WRAPPED.key_id, "old", WRAPPED.body)),
        (DEAL, Wrapped(WRAPPED.key_id, "new", flipped(WRAPPED.body, 200))),
    ],
)
def test_a_wrapped_key_is_bound_to_its_stream_and_names(stream: str, wrapped: Wrapped) -> None:
    with pytest.raises(WrongKey):
        RING.unwrap(stream, wrapped)


def test_what_is_vouched_for_is_known_again_and_nothing_else() -> None:
    mark = RING.vouch("head", DEAL, 3, "abc")
    assert RING.vouched(mark, "head", DEAL, 3, "abc")
    assert not RING.vouched(mark, "head", DEAL, 4, "abc")
    assert not RING.vouched(mark.replace("new", "old"), "head", DEAL, 3, "abc")
    assert not RING.vouched("", "head", DEAL, 3, "abc")
    assert not Keyring({"new": OTHER}, os.urandom).vouched(mark, "head", DEAL, 3, "abc")


def test_a_signature_is_checked_with_the_public_key_alone() -> None:
    signature = RING.sign(b"anchor")
    assert verifies(RING.first.public, signature, b"anchor")
    assert RING.signed("new", signature, b"anchor")
    assert not verifies(RING.first.public, signature, b"Anchor")
    assert not RING.signed("old", signature, b"anchor")
    assert not verifies("00", "no signature", b"anchor")


def test_no_key_is_shown() -> None:
    shown = repr(RING) + repr(CIPHER) + repr(RING.first)
    assert repr(RING) == "Keyring(new, old)"
    assert all(secret.hex() not in shown and repr(secret) not in shown for secret in (NEW, OLD, CIPHER.key))
