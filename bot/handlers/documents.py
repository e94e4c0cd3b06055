"""`/deal documents`, its buttons and its modals: they show what this person may see, looked up at that moment."""

import re
from collections.abc import Callable

from bot.blocks import document_forms, documents_card, inputs
from bot.blocks.actions import ActionId, Ref, ViewId
from bot.blocks.card import Block, Card, card, context, escape, link, section
from bot.blocks.document_forms import Commentable
from bot.blocks.documents_card import Viewer
from bot.figures.access import readable, readers_of, sees_all, shareable
from bot.figures.versions import history
from bot.handlers.desk import Counter
from bot.handlers.press import Press, Submission
from bot.playbook.permissions import Permission
from bot.streams.deal import outline
from bot.streams.deal.comments import LONGEST, AnswerComment, CommentOnClause, ResolveComment
from bot.streams.deal.comparing import CompareVersions
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.deal.outline import Clause, Outline
from bot.streams.deal.retention import PlaceHold, ReleaseHold
from bot.streams.deal.sharing import OpenVersion, RevokeShare, ShareDocuments
from bot.streams.decision import Command
from integrations.errors import Refused

NUMBER = re.compile(r"\d{1,9}", re.ASCII)
CHOSEN = re.compile(r"([0-9a-f]{64}):(\d{1,4})", re.ASCII)
NONE = -1
LONGEST_REASON = 500


class NoClause(ValueError):
    """What was chosen is no clause of a document that is kept."""


def shown(counter: Counter, who: str, deal: Deal) -> Card:
    front = counter.front
    return documents_card.card_of(
        deal, _viewer(counter, who, deal), front.playbook, front.ask.known(), front.dispatcher.clock()
    )


def open_version(counter: Counter, press: Press, ref: Ref) -> None:
    """A link for this person alone, which only she is told."""
    front = counter.front
    command = OpenVersion(stream_id=ref.stream_id, actor=press.who, version=number(ref))
    outcome = counter.give(command, press.key)
    if outcome.reason is not None:
        counter.say(press, counter.refusal(outcome.reason))
        return
    deal = front.ask.deal(ref.stream_id)
    mine = [s for s in deal.sharing.shares if s.made.side == "ours" and s.made.person == press.who]
    minutes = front.playbook.access.links.colleague_minutes
    words = f"Package {command.version} of {deal.customer}: your link works for {minutes} minutes, in one browser."
    button = link(front.shares.url(mine[-1].made.share), f"Read package {command.version}")
    counter.say(press, card(words, section(f"*{button}*"), context(escape(words), "Opening it is recorded.")))


def ask(counter: Counter, press: Press, ref: Ref) -> None:
    """A form, for who may fill it in."""
    permission, form = FORMS[press.action]
    if not counter.front.ask.may(press.who, permission):
        counter.say(press, counter.refusal("permission.missing"))
        return
    view = form(counter, press.who, counter.front.ask.deal(ref.stream_id), ref)
    if view is None:
        counter.say(press, counter.refusal("documents.none_for_you"))
    else:
        counter.show(press, view)


def number(ref: Ref) -> int:
    return int(ref.about) if NUMBER.fullmatch(ref.about) else NONE


def outline_of(counter: Counter, deal: Deal, file: BuiltFile) -> Outline:
    """Empty for a document that was made before its words were kept, or is kept no longer."""
    if not file.outline:
        return ()
    try:
        return outline.read(counter.front.files.get(deal.id, file.outline))
    except Refused:
        return ()


def clause_of(counter: Counter, deal: Deal, version: int, readers: frozenset[str], chosen: str) -> tuple[str, Clause]:
    """The document's hash and the clause. Raises NoClause."""
    found = CHOSEN.fullmatch(chosen)
    files = readable(deal, version, readers, counter.front.playbook) if found else ()
    file = next((each for each in files if found and each.hash == found[1]), None)
    clauses = outline_of(counter, deal, file) if file else ()
    place = int(found[2]) if found else NONE
    if file is None or not 0 <= place < len(clauses):
        raise NoClause
    return file.hash, clauses[place]


def _viewer(counter: Counter, who: str, deal: Deal) -> Viewer:
    ask, book = counter.front.ask, counter.front.playbook
    groups = ask.groups(who)
    return Viewer(
        readers=readers_of(deal, who, groups, book),
        may_comment=book.may(groups, Permission.COMMENT_DOCUMENTS),
        may_share=book.may(groups, Permission.SHARE_DOCUMENTS),
        may_hold=book.may(groups, Permission.HOLD_DOCUMENTS),
    )


def _compare(counter: Counter, who: str, deal: Deal, ref: Ref) -> Block | None:
    book, readers = counter.front.playbook, _viewer(counter, who, deal).readers
    made = [told for told in history(deal) if told.version.files and not deal.keeping.gone(told.version.no)]
    sees = sees_all(deal, tuple(told.version.no for told in made), readers, book)
    return document_forms.compare(deal, made) if made and sees else None


def _comment(counter: Counter, who: str, deal: Deal, ref: Ref) -> Block | None:
    version = number(ref)
    files = readable(deal, version, _viewer(counter, who, deal).readers, counter.front.playbook)
    documents = [Commentable(file, outline_of(counter, deal, file)) for file in files]
    return document_forms.comment(deal, version, documents) if any(each.outline for each in documents) else None


def _answer(counter: Counter, who: str, deal: Deal, ref: Ref) -> Block | None:
    found = deal.comments.of(number(ref))
    kind = counter.front.playbook.access.kind_of(found.made.template) if found else None
    sees = kind is not None and kind.readers & _viewer(counter, who, deal).readers
    return document_forms.answer(deal, found) if found and sees else None


def _share(counter: Counter, who: str, deal: Deal, ref: Ref) -> Block | None:
    front, version = counter.front, shareable(deal)
    return document_forms.share(deal, version, front.playbook, front.dispatcher.clock()) if version else None


def _said_comment(counter: Counter, told: Submission, ref: Ref) -> Command:
    """Raises NoClause."""
    deal, version = counter.front.ask.deal(ref.stream_id), number(ref)
    readers = _viewer(counter, told.who, deal).readers
    file, clause = clause_of(counter, deal, version, readers, told.text(inputs.CLAUSE))
    where = {"stream_id": ref.stream_id, "actor": told.who, "version": version}
    return CommentOnClause(**where, file=file, anchor=clause.anchor[:160], words=_words(told))


def _said_share(counter: Counter, told: Submission, ref: Ref) -> Command:
    words = told.text(inputs.WORDS)[:LONGEST_REASON]
    where = {"stream_id": ref.stream_id, "actor": told.who, "seen": ref.seen}
    return ShareDocuments(**where, contact=told.text(inputs.CONTACT), words=words)


def _said_compare(counter: Counter, told: Submission, ref: Ref) -> Command:
    older, newer = (
        int(text) if NUMBER.fullmatch(text := told.text(name)) else NONE for name in (inputs.OLDER, inputs.NEWER)
    )
    return CompareVersions(stream_id=ref.stream_id, actor=told.who, older=older, newer=newer)


def _words(told: Submission) -> str:
    return told.text(inputs.WORDS)[:LONGEST]


Form = Callable[[Counter, str, Deal, Ref], Block | None]
Said = Callable[[Counter, Submission, Ref], Command]
Made = Callable[[Ref, str], Command]

FORMS: dict[str, tuple[Permission, Form]] = {
    ActionId.PACKAGE_COMPARE: (Permission.SEE_DEAL, _compare),
    ActionId.COMMENT_OPEN: (Permission.COMMENT_DOCUMENTS, _comment),
    ActionId.COMMENT_ANSWER: (Permission.COMMENT_DOCUMENTS, _answer),
    ActionId.SHARE_REVIEW: (Permission.SHARE_DOCUMENTS, _share),
    ActionId.HOLD_OPEN: (Permission.HOLD_DOCUMENTS, lambda counter, who, deal, ref: document_forms.hold(deal)),
}
COMMANDS: dict[str, Made] = {
    ActionId.COMMENT_RESOLVE: lambda r, who: ResolveComment(stream_id=r.stream_id, actor=who, no=number(r)),
    ActionId.SHARE_REVOKE: lambda r, who: RevokeShare(stream_id=r.stream_id, actor=who, share=r.about),
    ActionId.HOLD_RELEASE: lambda r, who: ReleaseHold(stream_id=r.stream_id, actor=who),
}
VIEWS: dict[str, Said] = {
    ViewId.COMPARE: _said_compare,
    ViewId.COMMENT: _said_comment,
    ViewId.SHARE: _said_share,
    ViewId.COMMENT_ANSWER: lambda counter, told, ref: AnswerComment(
        stream_id=ref.stream_id, actor=told.who, no=number(ref), words=_words(told)
    ),
    ViewId.HOLD: lambda counter, told, ref: PlaceHold(
        stream_id=ref.stream_id, actor=told.who, reason=told.text(inputs.REASON)[:LONGEST_REASON]
    ),
}
