"""What the customer's reading says, and the one next step that it leads to. The first that holds is proposed; each
names the fact that it rests on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.playbook.access import Engagement
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.deal.sharing import PageTime, Share

Key = Literal["answer", "talk", "renew", "chase", "quiet", "decide", "share", "wait"]


@dataclass(frozen=True, slots=True)
class Step:
    """`words` fill the playbook's documents.next.<key> and documents.why.<key>."""

    key: Key
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """What of the deal is looked at, and when. `live` are the customer's links that still let somebody in."""

    deal: Deal
    rule: Engagement
    now: datetime
    documents: tuple[BuiltFile, ...]  # of the version that the customer may see
    shared: bool  # whether a version may be shared at all

    @property
    def live(self) -> Iterator[Share]:
        for share in self.deal.sharing.with_customer:
            if share.revoked is None and self.now < share.made.ends_at:
                yield share

    def page(self, share: Share) -> tuple[PageTime, str] | None:
        """The page that was read longest, and its document's title."""
        titles = {file.hash: file.title for file in self.documents}
        known = [page for page in share.read if page.file in titles]
        longest = max(known, key=lambda page: page.seconds, default=None)
        return (longest, titles[longest.file]) if longest else None


def next_step(look: Look) -> Step:
    """Exactly one, and always one."""
    return next(step for rule in RULES if (step := rule(look)) is not None)


def _answer(look: Look) -> Step | None:
    waiting = next((comment for comment in look.deal.comments.open if comment.waits), None)
    if waiting is None:
        return None
    made = waiting.made
    return Step("answer", {"name": made.name, "where": f"{made.title}, {made.anchor}"})


def _talk(look: Look) -> Step | None:
    """A page that holds somebody for long is a question that was not asked."""
    for share in look.live:
        found = look.page(share)
        if found and found[0].seconds >= look.rule.long_seconds:
            page, title = found
            words = {"name": share.made.name, "title": title, "page": str(page.page)}
            return Step("talk", words | {"minutes": str(page.seconds // 60)})
    return None


def _renew(look: Look) -> Step | None:
    """It ends, or has ended, without having been opened."""
    soon = timedelta(hours=look.rule.ends_soon_hours)
    for share in look.deal.sharing.with_customer:
        if share.revoked is None and not share.opened and look.now >= share.made.ends_at - soon:
            return Step("renew", {"name": share.made.name, "day": _day(share.made.ends_at)})
    return None


def _chase(look: Look) -> Step | None:
    patience = timedelta(hours=look.rule.unopened_hours)
    for share in look.live:
        if not share.opened and look.now - share.made.at >= patience:
            return Step("chase", {"name": share.made.name, "day": _day(share.made.at)})
    return None


def _quiet(look: Look) -> Step | None:
    """Begun, not read to the end, and nothing since."""
    patience = timedelta(hours=look.rule.quiet_hours)
    for share in look.live:
        last = share.last_at
        if last is not None and look.now - last >= patience and (unread := _unread(look, share)):
            return Step("quiet", {"name": share.made.name, "title": unread[0].title, "day": _day(last)})
    return None


def _decide(look: Look) -> Step | None:
    for share in look.live:
        if share.read and not _unread(look, share) and not look.deal.envelope.executed:
            return Step("decide", {"name": share.made.name})
    return None


def _share(look: Look) -> Step | None:
    return Step("share") if look.shared and not any(look.live) else None


def _wait(look: Look) -> Step | None:
    return Step("wait")


def _unread(look: Look, share: Share) -> list[BuiltFile]:
    read = {page.file for page in share.read}
    return [file for file in look.documents if file.hash in share.made.files and file.hash not in read]


def _day(at: datetime) -> str:
    return f"{at.day} {at:%b %Y}"


RULES: tuple[Callable[[Look], Step | None], ...] = (
    _answer, _talk, _renew, _chase, _quiet, _decide, _share, _wait,
)  # fmt: skip
