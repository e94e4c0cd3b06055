"""Links that let one person read: for whom, which documents, until when; opened, read, revoked."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from pydantic import AwareDatetime, Field

from bot.streams.deal.contract import Side
from bot.streams.decision import Command, Fact
from bot.streams.value import Value

KEPT = 60  # links that the fold keeps; the facts keep all
VISITS = 20  # of one link


class PageTime(Value):
    """Seconds that a page of one of the link's documents was on a screen."""

    file: str
    page: int = Field(ge=1, le=10_000)
    seconds: int = Field(ge=1, le=86_400)


class OpenVersion(Command):
    """One of ours wants to read a version: a link for her alone, and for now."""

    version: int


class ShareDocuments(Command):
    """`contact` is the id of somebody at the customer; `seen` the hash of the package that the person looked at."""

    contact: str
    seen: str
    words: str = Field(default="", max_length=500)


class RecordShareSent(Command):
    share: str


class OpenShare(Command):
    """`fresh`: the browser shows no sign that it opened this link before."""

    share: str
    fresh: bool


class ReportReading(Command):
    share: str
    pages: tuple[PageTime, ...] = Field(max_length=200)


class RevokeShare(Command):
    share: str


class Drawn(Value):
    """The pictures of a document's pages, by their hashes."""

    file: str
    pictures: tuple[str, ...]


class RecordPages(Command):
    drawn: tuple[Drawn, ...]


class RecordFiled(Command):
    """`files` are Salesforce's ids, one for each document of the version."""

    version: int
    files: tuple[str, ...]


class ShareMade(Fact):
    """`person` is a team:user id, or the id of a contact; `files` are the hashes of what may be read."""

    kind: Literal["share.made"] = "share.made"
    share: str
    side: Side
    person: str
    name: str
    email: str
    version: int
    files: tuple[str, ...]
    words: str
    by: str
    at: AwareDatetime
    ends_at: AwareDatetime


class ShareSent(Fact):
    kind: Literal["share.sent"] = "share.sent"
    share: str
    at: AwareDatetime


class ShareOpened(Fact):
    kind: Literal["share.opened"] = "share.opened"
    share: str
    at: AwareDatetime


class PagesRead(Fact):
    kind: Literal["pages.read"] = "pages.read"
    share: str
    pages: tuple[PageTime, ...]
    at: AwareDatetime


class ShareRevoked(Fact):
    kind: Literal["share.revoked"] = "share.revoked"
    share: str
    by: str
    at: AwareDatetime


class PagesDrawn(Fact):
    kind: Literal["pages.drawn"] = "pages.drawn"
    drawn: tuple[Drawn, ...]


class DocumentsFiled(Fact):
    kind: Literal["documents.filed"] = "documents.filed"
    version: int
    files: tuple[str, ...]
    at: AwareDatetime

    @property
    def count(self) -> int:
        return len(self.files)


SharingFact = DocumentsFiled | ShareMade | ShareSent | ShareOpened | PagesRead | ShareRevoked | PagesDrawn
OfShare = ShareSent | ShareOpened | PagesRead | ShareRevoked


@dataclass(frozen=True, slots=True)
class Share:
    """`read` is the sum of seconds by document and page; `opened` are the beginnings of the last visits."""

    made: ShareMade
    sent_at: datetime | None = None
    opened: tuple[datetime, ...] = ()
    visits: int = 0
    read: tuple[PageTime, ...] = ()
    reports: int = 0
    reported_at: datetime | None = None
    revoked: ShareRevoked | None = None

    @property
    def seconds(self) -> int:
        return sum(page.seconds for page in self.read)

    @property
    def last_at(self) -> datetime | None:
        """When anything was last seen of its reader."""
        return max(filter(None, (self.reported_at, *self.opened[-1:])), default=None)


@dataclass(frozen=True, slots=True)
class Sharing:
    shares: tuple[Share, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    filed: DocumentsFiled | None = None

    def of(self, share: str) -> Share | None:
        return next((each for each in self.shares if each.made.share == share), None)

    def pictures(self, file: str) -> tuple[str, ...]:
        return next((drawn.pictures for drawn in self.drawn if drawn.file == file), ())

    @property
    def with_customer(self) -> tuple[Share, ...]:
        return tuple(share for share in self.shares if share.made.side == "customer")


def apply(state: Sharing, fact: SharingFact) -> Sharing:
    match fact:
        case ShareMade():
            return replace(state, shares=_kept((*state.shares, Share(fact))))
        case DocumentsFiled():
            return replace(state, filed=fact)
        case PagesDrawn():
            new = {drawn.file for drawn in fact.drawn}
            others = (drawn for drawn in state.drawn if drawn.file not in new)
            return replace(state, drawn=(*others, *fact.drawn))
        case _:
            shares = tuple(_step(each, fact) if each.made.share == fact.share else each for each in state.shares)
            return replace(state, shares=shares)


def _kept(shares: tuple[Share, ...]) -> tuple[Share, ...]:
    """The customer's always, and of our own the newest: theirs live for minutes."""
    ours = [share for share in shares if share.made.side == "ours"][-KEPT:]
    return tuple(share for share in shares if share.made.side == "customer" or share in ours)


def _step(share: Share, fact: OfShare) -> Share:
    match fact:
        case ShareSent():
            return replace(share, sent_at=fact.at)
        case ShareOpened():
            return replace(share, opened=(*share.opened, fact.at)[-VISITS:], visits=share.visits + 1)
        case PagesRead():
            read = _summed(share.read, fact.pages)
            return replace(share, read=read, reports=share.reports + 1, reported_at=fact.at)
        case ShareRevoked():
            return replace(share, revoked=fact)
        case _:
            assert_never(fact)


def _summed(read: tuple[PageTime, ...], more: tuple[PageTime, ...]) -> tuple[PageTime, ...]:
    sums = {(page.file, page.page): page.seconds for page in read}
    for page in more:
        key = (page.file, page.page)
        sums[key] = min(sums.get(key, 0) + page.seconds, 86_400)
    return tuple(PageTime(file=file, page=page, seconds=seconds) for (file, page), seconds in sums.items())
