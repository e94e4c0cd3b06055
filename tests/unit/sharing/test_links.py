"""Links to documents: only our key makes one, one purpose each, and a signer's link is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.esign.links import PersonalLinks
from integrations.files.links import DocumentLinks

KEY, OTHER = b"k" * 32, b"o" * 32
SHARE = "01M8BD9GXGZ822B6G48N5N4CT1"
OURS = DocumentLinks(KEY, "https://deals.larkspur.example/")


def test_a_link_is_read_back_and_by_no_other_key() -> None:
    url = OURS.url(SHARE)
    token = url.rpartition("/")[2]
    assert url.startswith("https://deals.larkspur.example/p/read/")
    assert OURS.read(token) == SHARE
    assert DocumentLinks(OTHER, "https://x.example").read(token) is None


@given(st.integers(0, 58), st.sampled_from("0123456789abcdefXYZ-"))
def test_any_changed_letter_ends_it(place: int, letter: str) -> None:
    token = OURS.token(SHARE)
    forged = token[:place] + letter + token[place + 1 :]
    assert (OURS.read(forged) == SHARE) == (forged == token)


@pytest.mark.parametrize(
    "token", ["", "..", "../../etc/passwd", SHARE, f"{SHARE}-", f"{SHARE}-{'0' * 32}", "\u0660" * 59]
)
def test_what_is_no_link_of_ours_opens_nothing(token: str) -> None:
    assert OURS.read(token) is None


def test_a_signers_link_and_a_readers_are_for_one_purpose_each() -> None:
    signing = PersonalLinks(KEY, "https://deals.larkspur.example")
    assert signing.read(OURS.token(SHARE)) is None
    assert OURS.read(signing.token(SHARE, 1)) is None
    assert OURS.browser(SHARE) not in OURS.token(SHARE)


def test_a_browser_shows_its_own_sign_alone() -> None:
    assert OURS.same_browser(SHARE, OURS.browser(SHARE))
    for told in ("", "0" * 32, OURS.browser(SHARE[:-1] + "2"), "é" * 32):
        assert not OURS.same_browser(SHARE, told)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        DocumentLinks(b"short", "https://x.example")
