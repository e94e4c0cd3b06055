"""What a reader's browser tells is bounded: never more seconds than passed, no page that is not there, not for ever."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agents.contracts.sharing import _within, open_share, report_reading
from bot.streams.deal.deal import Deal
from bot.streams.deal.sharing import (
    OpenShare,
    PagesRead,
    PageTime,
    ReportReading,
    ShareMade,
    ShareOpened,
    Sharing,
    apply,
)
from bot.streams.decision import Context, Refuse
from tests.unit.figures.deal import playbook

AT = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
PAGES = {"order-form": 2, "terms": 5}
TIMES = st.builds(
    PageTime,
    file=st.sampled_from(["order-form", "terms", "foreign"]),
    page=st.integers(1, 9),
    seconds=st.integers(1, 500),
)


@given(st.lists(TIMES, max_size=30), st.integers(0, 600))
def test_seconds_never_exceed_what_passed_and_pages_exist(told: list[PageTime], passed: int) -> None:
    kept = _within(tuple(told), PAGES, passed)
    assert sum(page.seconds for page in kept) <= passed
    assert all(page.page <= PAGES[page.file] for page in kept)


@given(st.lists(st.lists(TIMES, min_size=1, max_size=5), max_size=20))
def test_the_fold_holds_one_number_a_page_however_often_it_is_told(reports: list[list[PageTime]]) -> None:
    state = Sharing()
    made = {"side": "customer", "person": "003", "name": "", "email": "", "version": 1, "files": (), "words": ""}
    state = apply(state, ShareMade.model_validate({**made, "share": "S", "by": "T:M", "at": AT, "ends_at": AT}))
    for pages in reports:
        state = apply(state, PagesRead(share="S", pages=tuple(pages), at=AT))
    share = state.shares[0]
    assert len(share.read) == len({(p.file, p.page) for p in share.read}) <= 27
    assert share.seconds == sum(page.seconds for pages in reports for page in pages)
    assert share.reports == len(reports)


def test_only_the_bearer_of_a_link_gives_its_commands() -> None:
    deal = Deal("deal:01M8BD9GXGZ822B6G48N5N4CT1")
    context = Context(now=AT, playbook=playbook())
    for actor in ("reader:OTHER", "T:MAYA", "signer:S", ""):
        opened = OpenShare(stream_id=deal.id, actor=actor, share="S", fresh=True)
        told = ReportReading(stream_id=deal.id, actor=actor, share="S", pages=())
        assert open_share(deal, opened, context) == Refuse("share.unknown")
        assert report_reading(deal, told, context) == Refuse("share.unknown")


@pytest.mark.parametrize("count", [1, 19, 20, 21, 500])
def test_visits_are_counted_and_only_the_last_are_kept(count: int) -> None:
    made = {"side": "ours", "person": "T:J", "name": "", "email": "", "version": 1, "files": (), "words": ""}
    state = apply(Sharing(), ShareMade.model_validate({**made, "share": "S", "by": "T:J", "at": AT, "ends_at": AT}))
    for visit in range(count):
        state = apply(state, ShareOpened(share="S", at=AT + timedelta(hours=visit)))
    share = state.shares[0]
    assert (share.visits, len(share.opened)) == (count, min(count, 20))


def test_of_our_own_links_only_the_newest_stay_in_the_fold_and_the_customers_all() -> None:
    made = {"person": "T:J", "name": "", "email": "", "version": 1, "files": (), "words": "", "by": "T:J"}
    made |= {"at": AT, "ends_at": AT}
    state = Sharing()
    for number in range(100):
        side = "customer" if number % 2 else "ours"
        state = apply(state, ShareMade.model_validate({**made, "share": str(number), "side": side}))
    ours = [share.made.share for share in state.shares if share.made.side == "ours"]
    assert len(state.with_customer) == 50
    assert ours == [str(number) for number in range(0, 100, 2)]
    for number in range(200, 300):
        state = apply(state, ShareMade.model_validate({**made, "share": str(number), "side": "ours"}))
    assert [s.made.share for s in state.shares if s.made.side == "ours"] == [str(n) for n in range(240, 300)]
    assert len(state.with_customer) == 50
