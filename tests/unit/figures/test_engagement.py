"""One next step, always one: at each threshold, and in the order in which they count."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.engagement import RULES, Look, next_step
from bot.streams.deal.comments import Comment, CommentMade, Comments
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.deal.sharing import PageTime, Share, ShareMade, Sharing
from tests.unit.figures.deal import playbook

AT = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
SILENCE = Comments()
FILES = tuple(
    BuiltFile(template=name, title=name, number="", name="", hash=name, pages=3) for name in ("order-form", "terms")
)


def made(**more: Any) -> Share:
    told = {
        "share": "S", "side": "customer", "person": "003", "name": "Clara", "email": "c@x.example", "version": 1,
        "files": ("order-form", "terms"), "words": "", "by": "T:MAYA", "at": AT, "ends_at": AT + timedelta(days=14),
    }  # fmt: skip
    return Share(ShareMade.model_validate(told), **more)


def read(*pages: tuple[str, int, int]) -> tuple[PageTime, ...]:
    return tuple(PageTime(file=file, page=page, seconds=seconds) for file, page, seconds in pages)


def comment(side: str) -> Comments:
    told = {"no": 1, "version": 1, "file": "terms", "title": "Terms", "template": "t", "anchor": "9.2", "words": "?"}
    told |= {"side": side, "by": "003", "name": "Clara", "at": AT}
    return Comments((Comment(CommentMade.model_validate(told)),))


def step(hours: float, *shares: Share, shared: bool = True, comments: Comments = SILENCE) -> str:
    deal = Deal("deal:1", sharing=Sharing(shares), comments=comments)
    return next_step(Look(deal, playbook().access.engagement, AT + timedelta(hours=hours), FILES, shared)).key


OPENED = {"opened": (AT,), "visits": 1, "reported_at": AT}
HALF = read(("order-form", 1, 179))
WHOLE = read(("order-form", 1, 20), ("terms", 1, 20))


@pytest.mark.parametrize(
    ("hours", "shares", "expected"),
    [
        (0, (), "share"),
        (47.9, (made(),), "wait"),
        (48, (made(),), "chase"),
        (14 * 24 - 48, (made(),), "renew"),  # ends within 48 hours, unopened
        (14 * 24 - 48.1, (made(),), "chase"),
        (1, (made(**OPENED, read=HALF),), "wait"),  # 179 seconds are below 180
        (1, (made(**OPENED, read=read(("order-form", 1, 180))),), "talk"),
        (71.9, (made(**OPENED, read=HALF),), "wait"),
        (72, (made(**OPENED, read=HALF),), "quiet"),
        (1, (made(**OPENED, read=WHOLE),), "decide"),
        (72, (made(**OPENED, read=WHOLE),), "decide"),
        (14 * 24, (made(**OPENED, read=WHOLE),), "share"),  # ended: nobody has a link that works
    ],
)
def test_each_threshold(hours: float, shares: tuple[Share, ...], expected: str) -> None:
    assert step(hours, *shares) == expected


def test_a_customers_comment_comes_first_and_ours_is_none() -> None:
    assert step(100, made(**OPENED, read=read(("terms", 1, 999))), comments=comment("customer")) == "answer"
    assert step(0, made(), comments=comment("ours")) == "wait"


def test_nothing_is_to_be_shared_that_is_not_approved() -> None:
    assert step(0, shared=False) == "wait"


@given(st.floats(0, 1_000), st.integers(0, 400), st.booleans(), st.booleans())
def test_there_is_always_exactly_one(hours: float, seconds: int, opened: bool, shared: bool) -> None:
    pages = read(("terms", 1, seconds)) if seconds else ()
    look = made(**(OPENED if opened else {}), read=pages)
    assert step(hours, look, shared=shared) in {rule.__name__.strip("_") for rule in RULES}


def test_the_thresholds_are_the_playbooks() -> None:
    rule = playbook().access.engagement.model_copy(update={"long_seconds": 100})
    deal = Deal("deal:1", sharing=Sharing((made(**OPENED, read=HALF),)))
    assert next_step(Look(deal, rule, AT, FILES, True)).key == "talk"
