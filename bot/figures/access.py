"""Which documents of a deal somebody may see, and whether a link still lets in. Denied by default, and asked again
whenever a link is opened."""

from datetime import datetime

from bot.figures.documents import FOR_ALL, of_version
from bot.playbook.access import CUSTOMER, OUTSIDE
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.deal.papers import Audience
from bot.streams.deal.sharing import Share

Readers = frozenset[str]
OUTSIDER: Readers = frozenset({CUSTOMER})


def may_see(template: str, audience: Audience, readers: Readers, playbook: Playbook) -> bool:
    """By the playbook's table; what was written for the rep leaves the company by no table at all."""
    kind = playbook.access.kind_of(template)
    if kind is None or (audience == "rep" and readers & OUTSIDE):
        return False
    return bool(kind.readers & readers)


def readers_of(deal: Deal, person: str, groups: frozenset[str], playbook: Playbook) -> Readers:
    """A colleague's roles, without those that see their own deals alone when this is another's. By role, never by the
    name of a reader outside."""
    roles = playbook.roles_of(groups) - OUTSIDE
    return roles if person == deal.opening.rep else roles - playbook.access.own_deals_only


def readable(deal: Deal, version: int, readers: Readers, playbook: Playbook) -> tuple[BuiltFile, ...]:
    found = of_version(deal, version)
    return tuple(file for file, audience in found if may_see(file.template, audience, readers, playbook))


def sees_all(deal: Deal, versions: tuple[int, ...], readers: Readers, playbook: Playbook) -> bool:
    """Every document of the packages: a comparison shows them all."""
    made = [version.files for no in versions if (version := deal.package.of(no))]
    files = [file for each in made for file in each]
    return bool(files) and all(may_see(file.template, FOR_ALL, readers, playbook) for file in files)


def shareable(deal: Deal) -> int | None:
    """The version that a customer may see: every approval is given for it, or it is out already."""
    package, sent = deal.package, deal.envelope.sent
    if sent is not None:
        return sent.version
    return package.ready.version if package.ready and package.ready.hash == package.hash else None


def refusal(deal: Deal, share: Share | None, groups: frozenset[str], now: datetime, playbook: Playbook) -> str | None:
    """Why a link lets nobody in at this moment; none when it does. `groups` are those of the colleague whose it is."""
    if share is None:
        return "share.unknown"
    if share.revoked is not None:
        return "share.revoked"
    if now >= share.made.ends_at:
        return "share.expired"
    if share.made.side == "customer" and shareable(deal) != share.made.version:
        return "share.replaced"
    return None if files(deal, share, groups, playbook) else "share.nothing"


def files(deal: Deal, share: Share, groups: frozenset[str], playbook: Playbook) -> tuple[BuiltFile, ...]:
    """What the link was made for, and may still be seen."""
    outside = share.made.side == "customer"
    readers = OUTSIDER if outside else readers_of(deal, share.made.person, groups, playbook)
    allowed = readable(deal, share.made.version, readers, playbook)
    return tuple(file for file in allowed if file.hash in share.made.files)
