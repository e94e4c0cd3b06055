"""The documents of a deal, for one person alone: every version with who made it and why, what is said of its clauses,
who reads it, and one next step."""

from dataclasses import dataclass
from datetime import datetime

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import (
    Block,
    Button,
    Card,
    accessory,
    actions,
    card,
    context,
    counted,
    cut,
    divider,
    escape,
    header,
    moment,
    money,
    quote,
    section,
)
from bot.blocks.people import Known
from bot.figures.access import OUTSIDER, Readers, readable, shareable
from bot.figures.engagement import Look, next_step
from bot.figures.versions import Told, history
from bot.playbook.schema import Playbook
from bot.streams.deal.comments import Comment
from bot.streams.deal.deal import Deal
from bot.streams.deal.sharing import Share

VERSIONS, COMMENTS, SHARES = 5, 5, 5
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: what her roles let her see, and what she may do."""

    readers: Readers
    may_comment: bool
    may_share: bool
    may_hold: bool


def card_of(deal: Deal, viewer: Viewer, playbook: Playbook, known: Known, now: datetime) -> Card:
    told = [each for each in history(deal) if readable(deal, each.version.no, viewer.readers, playbook)]
    if not told:
        return _nothing(deal)
    newest = told[0]
    title = f"{deal.customer}: documents"
    more = f"And {len(told) - VERSIONS} older." if len(told) > VERSIONS else ""
    step, why = _step(deal, playbook, now)
    blocks: list[Block | None] = [
        header(title),
        section(f"*Next:* {escape(step)}", f"Why: {escape(why)}") if viewer.may_share else None,
        *(_version(deal, each, viewer, playbook, known) for each in told[:VERSIONS]),
        context(more),
        _buttons(deal, told, viewer),
        *_comments(deal, viewer, playbook, known),
        *(_shares(deal, known, now) if viewer.may_share else []),
        _kept(deal, known),
    ]
    gist = f"{title}: {counted(len(told), 'version')}, newest is package {newest.version.no}, {newest.state}."
    return card(f"{gist} {step}" if viewer.may_share else gist, *blocks)


def _nothing(deal: Deal) -> Card:
    words = "No document of this deal is for your role, or none is made yet."
    return card(f"{deal.customer}: {words}", section(f"*{escape(deal.customer)}:* {words}"))


def _step(deal: Deal, playbook: Playbook, now: datetime) -> tuple[str, str]:
    version = shareable(deal)
    documents = readable(deal, version, OUTSIDER, playbook) if version else ()
    step = next_step(Look(deal, playbook.access.engagement, now, documents, bool(documents)))
    return playbook.word(f"documents.next.{step.key}", step.words), playbook.word(
        f"documents.why.{step.key}", step.words
    )


def _version(deal: Deal, told: Told, viewer: Viewer, playbook: Playbook, known: Known) -> Block | None:
    version = told.version
    files = readable(deal, version.no, viewer.readers, playbook)
    names = ", ".join(f"{escape(file.title)} ({file.pages})" for file in files)
    made = moment(version.at) if version.at else ""
    body = section(
        f"*Package {version.no}* · {told.state} · {money(version.total) if version.total else ''}",
        f"{escape(known.name(told.by))}, {made}: {escape(told.why)}",
        f"`{version.hash[:8]}` {names}",
    )
    ref = Ref(stream_id=deal.id, slot=f"version-{version.no}", about=str(version.no))
    press = Button(ActionId.PACKAGE_OPEN, "Open", f"Open package {version.no} of {deal.customer}")
    return accessory(body, ref, press)


def _buttons(deal: Deal, told: list[Told], viewer: Viewer) -> Block | None:
    ref = Ref(stream_id=deal.id, slot="documents", about=str(told[0].version.no), seen=told[0].version.hash)
    made = [
        Button(ActionId.PACKAGE_COMPARE, "Compare…", f"Compare two versions of {deal.customer}")
        if len(told) > 1
        else None,
        Button(ActionId.COMMENT_OPEN, "Comment…", f"Comment on a clause of {deal.customer}")
        if viewer.may_comment
        else None,
        Button(ActionId.SHARE_REVIEW, "Share with customer…", f"Send {deal.customer} a link to the documents")
        if viewer.may_share and shareable(deal)
        else None,
        _hold(deal) if viewer.may_hold else None,
    ]
    kept = [button for button in made if button is not None]
    return actions(ref, *kept) if kept else None


def _hold(deal: Deal) -> Button:
    if deal.keeping.hold is None:
        return Button(ActionId.HOLD_OPEN, "Legal hold…", f"Forbid that documents of {deal.customer} are forgotten")
    sure = ("Release the hold?", "What is past its years is deleted then, for good.", "Release it", "Keep it")
    return Button(ActionId.HOLD_RELEASE, "Release hold", f"Release the legal hold of {deal.customer}", confirm=sure)


def _comments(deal: Deal, viewer: Viewer, playbook: Playbook, known: Known) -> list[Block | None]:
    mine = [c for c in deal.comments.open if _sees(c, viewer, playbook)]
    if not mine:
        return []
    shown = [_comment(deal, comment, viewer, known) for comment in mine[:COMMENTS]]
    more = f"And {len(mine) - COMMENTS} more." if len(mine) > COMMENTS else ""
    return [divider(), section("*Comments*"), *(block for blocks in shown for block in blocks), context(more)]


def _sees(comment: Comment, viewer: Viewer, playbook: Playbook) -> bool:
    kind = playbook.access.kind_of(comment.made.template)
    return kind is not None and bool(kind.readers & viewer.readers)


def _comment(deal: Deal, comment: Comment, viewer: Viewer, known: Known) -> list[Block | None]:
    made = comment.made
    whose = f"{escape(made.name)}{', customer' if made.side == 'customer' else ''}"
    said = section(
        f"*{escape(made.title)}, {escape(made.anchor)}* (package {made.version})",
        f"{whose}: {quote(cut(made.words, LONGEST))}",
        *(f"{escape(known.name(a.by))}: {quote(cut(a.words, LONGEST))}" for a in comment.answers[-2:]),
    )
    ref = Ref(stream_id=deal.id, slot=f"comment-{made.no}", about=str(made.no))
    if not viewer.may_comment:
        return [said]
    return [
        said,
        actions(
            ref,
            Button(ActionId.COMMENT_ANSWER, "Answer…", f"Answer the comment on {made.anchor}"),
            Button(ActionId.COMMENT_RESOLVE, "Resolve", f"Resolve the comment on {made.anchor}"),
        ),
    ]


def _shares(deal: Deal, known: Known, now: datetime) -> list[Block | None]:
    """Who outside may read, and what was read; then who of ours did."""
    theirs = [share for share in reversed(deal.sharing.with_customer)]
    ours = [s for s in reversed(deal.sharing.shares) if s.made.side == "ours" and s.opened][:SHARES]
    if not theirs and not ours:
        return []
    more = f"And {len(theirs) - SHARES} more." if len(theirs) > SHARES else ""
    read = [f"{escape(s.made.name)}: package {s.made.version}, {moment(s.opened[-1])}" for s in ours]
    return [
        divider(),
        section("*Read by the customer*") if theirs else None,
        *(_share(deal, share, now) for share in theirs[:SHARES]),
        context(more),
        context(f"Read by us: {'; '.join(read)}") if read else None,
    ]


def _share(deal: Deal, share: Share, now: datetime) -> Block | None:
    made = share.made
    body = section(
        f"*{escape(made.name)}* · package {made.version} · {_until(share, now)}",
        _opened(share),
        _longest(deal, share),
    )
    if share.revoked is not None or now >= made.ends_at:
        return body
    ref = Ref(stream_id=deal.id, slot=f"share-{made.share[-8:]}", about=made.share)
    sure = ("Revoke this link?", f"{made.name} cannot read with it any more, at once.", "Revoke it", "Keep it")
    return accessory(
        body, ref, Button(ActionId.SHARE_REVOKE, "Revoke", f"Revoke the link of {made.name}", confirm=sure)
    )


def _until(share: Share, now: datetime) -> str:
    if share.revoked is not None:
        return f"revoked {moment(share.revoked.at)}"
    return f"{'ended' if now >= share.made.ends_at else 'until'} {moment(share.made.ends_at)}"


def _opened(share: Share) -> str:
    if not share.opened:
        return f"Sent {moment(share.sent_at)}, not opened" if share.sent_at else "On its way"
    return f"Opened {counted(share.visits, 'time')}, last {moment(share.opened[-1])} · {lasted(share.seconds)} read"


def _longest(deal: Deal, share: Share) -> str:
    """Time by document, the longest first."""
    titles = {file.hash: file.title for v in deal.package.versions for file in v.files}
    papers = deal.papers.of(share.made.version)
    titles |= {paper.file.hash: paper.file.title for paper in (papers.papers if papers else ())}
    sums: dict[str, int] = {}
    for page in share.read:
        title = titles.get(page.file, "Signed contract")
        sums[title] = sums.get(title, 0) + page.seconds
    rows = sorted(sums.items(), key=lambda row: -row[1])[:3]
    return ", ".join(f"{escape(title)} {lasted(seconds)}" for title, seconds in rows)


def lasted(seconds: int) -> str:
    return f"{seconds} s" if seconds < 90 else f"{seconds // 60} min"


def _kept(deal: Deal, known: Known) -> Block | None:
    filed = deal.sharing.filed
    said = f"In Salesforce: {counted(filed.count, 'file')} of package {filed.version}" if filed else ""
    gone = ", ".join(str(each.version) for each in deal.keeping.forgotten)
    hold = deal.keeping.hold
    held = f":no_entry: Legal hold by {escape(known.name(hold.by))}: {quote(cut(hold.reason, 120))}" if hold else ""
    return context(said, f"Forgotten after their years: package {gone}" if gone else "", held)
