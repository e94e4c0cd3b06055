"""Personal links: read back as made, and never made by another."""

import hmac
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.esign.links import PersonalLinks

KEY = b"k" * 32
ENVELOPE = "01KAQ3ZJ8M5T9V2W4X6Y7Z8ABC"
LINKS = PersonalLinks(KEY, "https://sign.larkspur.example/")
TOKEN = LINKS.token(ENVELOPE, 1)
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ULIDS = st.builds(str.__add__, st.sampled_from("01234567"), st.text(CROCKFORD, min_size=25, max_size=25))


@given(ULIDS, st.integers(0, 99))
def test_a_link_reads_back(envelope: str, signer: int) -> None:
    url = LINKS.url(envelope, signer)
    prefix = "https://sign.larkspur.example/p/"
    assert url.startswith(prefix)
    assert LINKS.read(url.removeprefix(prefix)) == (envelope, signer)


def test_the_token_is_the_envelope_the_signer_and_half_an_hmac() -> None:
    full = hmac.new(KEY, f"countersign personal link 1\n{ENVELOPE}-1".encode(), sha256).hexdigest()
    assert f"{ENVELOPE}-1-{full[:32]}" == TOKEN


@given(st.integers(0, len(TOKEN) - 1), st.characters())
def test_one_sign_changed_is_no_link(place: int, sign: str) -> None:
    changed = TOKEN[:place] + sign + TOKEN[place + 1 :]
    assert (LINKS.read(changed) is None) == (changed != TOKEN)


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    assert LINKS.read(text) is None


@pytest.mark.parametrize(
    "token",
    [
        "",
        TOKEN[:-1],
        TOKEN + "0",
        TOKEN + "\n",
        " " + TOKEN,
        TOKEN.lower(),
        TOKEN.replace("-1-", "-01-"),
        TOKEN.replace("-1-", "-2-"),
        TOKEN.replace("-1-", "-\u0661-"),
        TOKEN.replace("-1-", "--1-"),
        "x" * 10_000_000,
        "\ud800" * 64,
    ],
)
def test_what_is_malformed_is_no_link(token: str) -> None:
    assert LINKS.read(token) is None


def test_a_token_of_another_signer_or_key_is_no_link() -> None:
    tag = TOKEN.rpartition("-")[2]
    assert LINKS.read(f"{ENVELOPE}-2-{tag}") is None
    assert PersonalLinks(b"l" * 32, "https://x.example").read(TOKEN) is None


@pytest.mark.parametrize(("envelope", "signer"), [("", 1), (ENVELOPE + "A", 1), (ENVELOPE, -1), (ENVELOPE, 100)])
def test_no_link_is_made_that_could_not_be_read(envelope: str, signer: int) -> None:
    with pytest.raises(ValueError, match="ULID"):
        LINKS.url(envelope, signer)


@pytest.mark.parametrize(("size", "good"), [(31, False), (32, True), (64, True)])
def test_a_short_key_is_refused(size: int, good: bool) -> None:
    if good:
        assert PersonalLinks(b"k" * size, "https://x.example").read(TOKEN) == ((ENVELOPE, 1) if size == 32 else None)
    else:
        with pytest.raises(ValueError, match="32 bytes"):
            PersonalLinks(b"k" * size, "https://x.example")
