"""Who gets a link, what it shows, and when it ends; what its reader did is counted, and never more than can be true."""

from datetime import timedelta

from bot.figures.access import OUTSIDER, files, readable, readers_of, refusal, shareable
from bot.playbook.permissions import Permission
from bot.streams.deal.deal import Deal
from bot.streams.deal.opportunity import Contact
from bot.streams.deal.sharing import (
    DocumentsFiled,
    OpenShare,
    OpenVersion,
    PagesDrawn,
    PagesRead,
    PageTime,
    RecordFiled,
    RecordPages,
    RecordShareSent,
    ReportReading,
    RevokeShare,
    Share,
    ShareDocuments,
    ShareMade,
    ShareOpened,
    ShareRevoked,
    ShareSent,
)
from bot.streams.decision import NOTHING, Accept, Context, Decision, Link, Refuse
from bot.streams.document_effects import DrawPages, SendShare
from bot.streams.effects import Effect
from bot.streams.ids import READER

SHARE = "share"  # the system of the link by which a page finds its deal


def open_version(deal: Deal, command: OpenVersion, context: Context) -> Decision:
    """For one's own eyes, for minutes. What the role may not see is not in it."""
    me = context.reads.colleague(command.actor)
    if me is None:
        return Refuse("permission.missing")
    roles = readers_of(deal, command.actor, context.groups, context.playbook)
    found = readable(deal, command.version, roles, context.playbook)
    if not found:
        return Refuse("documents.none_for_you")
    made = ShareMade(
        share=next(context.mint),
        side="ours",
        person=command.actor,
        name=me.name,
        email=me.email,
        version=command.version,
        files=tuple(file.hash for file in found),
        words="",
        by=command.actor,
        at=context.now,
        ends_at=context.now + timedelta(minutes=context.playbook.access.links.colleague_minutes),
    )
    return _shared(deal, made)


def share(deal: Deal, command: ShareDocuments, context: Context) -> Decision:
    """To somebody at the customer, by a person's click: only what is approved, and only what a customer may see."""
    to, version = _contact(deal, command.contact), shareable(deal)
    if (no := _not_now(deal, context)) is not None:
        return no
    if to is None or not to.email:
        return Refuse("share.no_address", field="contact")
    if version is None:
        return Refuse("approvals.open" if deal.approvals.open else "package.not_ready")
    made = deal.package.of(version)
    if made is None or command.seen != made.hash:
        return Refuse("package.changed")
    found = readable(deal, version, OUTSIDER, context.playbook)
    told = ShareMade(
        share=next(context.mint),
        side="customer",
        person=to.id,
        name=to.name,
        email=to.email,
        version=version,
        files=tuple(file.hash for file in found),
        words=command.words.strip(),
        by=command.actor,
        at=context.now,
        ends_at=context.now + timedelta(days=context.playbook.access.links.customer_days),
    )
    return _shared(deal, told, SendShare(share=told.share))


def record_sent(deal: Deal, command: RecordShareSent, context: Context) -> Decision:
    return Accept((ShareSent(share=command.share, at=context.now),))


def record_pages(deal: Deal, command: RecordPages, context: Context) -> Decision:
    return Accept((PagesDrawn(drawn=command.drawn),))


def record_filed(deal: Deal, command: RecordFiled, context: Context) -> Decision:
    return Accept((DocumentsFiled(version=command.version, files=command.files, at=context.now),))


def open_share(deal: Deal, command: OpenShare, context: Context) -> Decision:
    """One of ours opens her link once, in one browser; a customer's mail may be opened by a scanner first."""
    found = _admitted(deal, command.share, command.actor, context)
    if isinstance(found, Refuse):
        return found
    if found.made.side == "ours" and command.fresh and found.opened:
        return Refuse("share.used")
    if found.opened and context.now - found.opened[-1] < context.playbook.access.links.visit:
        return NOTHING
    return Accept((ShareOpened(share=command.share, at=context.now),))


def report_reading(deal: Deal, command: ReportReading, context: Context) -> Decision:
    """Never more seconds than have passed since the last word, of pages that there are, and not without end."""
    found = _admitted(deal, command.share, command.actor, context)
    if isinstance(found, Refuse):
        return found
    links, since = context.playbook.access.links, found.last_at
    if since is None or found.reports >= links.most_reports:
        return NOTHING
    passed = min(context.now - since, links.visit).total_seconds()
    if found.reported_at is not None and passed < links.report_seconds:
        return NOTHING
    pages = {file.hash: file.pages for file in files(deal, found, _groups(found, context), context.playbook)}
    kept = _within(command.pages, pages, int(passed))
    return Accept((PagesRead(share=command.share, pages=kept, at=context.now),)) if kept else NOTHING


def revoke(deal: Deal, command: RevokeShare, context: Context) -> Decision:
    """One's own, or, with the right to share, anybody's."""
    found = deal.sharing.of(command.share)
    if found is None:
        return Refuse("share.unknown")
    mine = command.actor in (found.made.by, found.made.person)
    if not mine and not context.playbook.may(context.groups, Permission.SHARE_DOCUMENTS):
        return Refuse("permission.missing")
    if found.revoked is not None:
        return NOTHING
    return Accept((ShareRevoked(share=command.share, by=command.actor, at=context.now),))


def _shared(deal: Deal, made: ShareMade, *more: Effect) -> Accept:
    return Accept((made,), (*more, DrawPages(share=made.share)), (Link(SHARE, made.share),))


def _contact(deal: Deal, contact: str) -> Contact | None:
    found = deal.opportunity.contacts if deal.opportunity else ()
    return next((each for each in found if each.id == contact), None)


def _not_now(deal: Deal, context: Context) -> Refuse | None:
    stopped = any(stop.system in ("all", "mail") for stop in context.reads.stops)
    return Refuse("system.paused") if stopped or deal.opening.paused is not None else None


def _admitted(deal: Deal, share: str, actor: str, context: Context) -> Share | Refuse:
    found = deal.sharing.of(share)
    if found is None or actor != f"{READER}{share}":
        return Refuse("share.unknown")
    no = refusal(deal, found, _groups(found, context), context.now, context.playbook)
    return Refuse(no) if no else found


def _groups(found: Share, context: Context) -> frozenset[str]:
    """Of the colleague as she is now: who lost a role, or left, has lost what it showed."""
    colleague = context.reads.colleague(found.made.person)
    return colleague.groups if colleague else frozenset()


def _within(told: tuple[PageTime, ...], pages: dict[str, int], budget: int) -> tuple[PageTime, ...]:
    kept: list[PageTime] = []
    for page in told:
        seconds = min(page.seconds, budget)
        if seconds > 0 and page.page <= pages.get(page.file, 0):
            kept.append(PageTime(file=page.file, page=page.page, seconds=seconds))
            budget -= seconds
    return tuple(kept)
