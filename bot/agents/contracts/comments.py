"""A comment stands at a clause of a document that its writer may see; it is answered and resolved by ours."""

from bot.figures.access import files, readable, readers_of, refusal
from bot.streams.deal.comments import (
    AnswerComment,
    Comment,
    CommentAnswered,
    CommentAsReader,
    CommentMade,
    CommentOnClause,
    CommentResolved,
    ResolveComment,
)
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.decision import Accept, Context, Decision, Refuse
from bot.streams.effects import PostNote
from bot.streams.ids import READER

MOST_OPEN = 200  # of a deal
MOST_OF_ONE = 30  # open ones of one reader outside


def comment(deal: Deal, command: CommentOnClause, context: Context) -> Decision:
    me = context.reads.colleague(command.actor)
    if me is None:
        return Refuse("permission.missing")
    readers = readers_of(deal, command.actor, context.groups, context.playbook)
    found = readable(deal, command.version, readers, context.playbook)
    file = next((each for each in found if each.hash == command.file), None)
    if file is None:
        return Refuse("documents.none_for_you")
    told = {"side": "ours", "by": command.actor, "name": me.name}
    return _made(deal, command, file, command.version, told, context)


def comment_as_reader(deal: Deal, command: CommentAsReader, context: Context) -> Decision:
    """Of a customer, by her own link; a colleague comments in Slack."""
    share = deal.sharing.of(command.share)
    no = refusal(deal, share, frozenset(), context.now, context.playbook)
    if no or share is None or share.made.side != "customer" or command.actor != f"{READER}{command.share}":
        return Refuse(no or "share.unknown")
    found = files(deal, share, frozenset(), context.playbook)
    file = next((each for each in found if each.hash == command.file), None)
    if file is None:
        return Refuse("document.unknown")
    if sum(c.made.by == share.made.person for c in deal.comments.open) >= MOST_OF_ONE:
        return Refuse("comment.too_many")
    told = {"side": "customer", "by": share.made.person, "name": share.made.name}
    return _made(deal, command, file, share.made.version, told, context)


def answer(deal: Deal, command: AnswerComment, context: Context) -> Decision:
    found = _open(deal, command.no, command.actor, context)
    if isinstance(found, Refuse):
        return found
    if not command.words.strip():
        return Refuse("comment.empty", field="words")
    answered = CommentAnswered(no=command.no, words=command.words.strip(), by=command.actor, at=context.now)
    words = {"person": command.actor, "where": _where(found), "words": answered.words}
    return Accept((answered,), (PostNote(about="note.comment_answered", words=words),))


def resolve(deal: Deal, command: ResolveComment, context: Context) -> Decision:
    found = _open(deal, command.no, command.actor, context)
    if isinstance(found, Refuse):
        return found
    resolved = CommentResolved(no=command.no, by=command.actor, at=context.now)
    words = {"person": command.actor, "where": _where(found)}
    return Accept((resolved,), (PostNote(about="note.comment_resolved", words=words),))


def _made(
    deal: Deal,
    command: CommentOnClause | CommentAsReader,
    file: BuiltFile,
    version: int,
    told: dict[str, str],
    context: Context,
) -> Decision:
    words = command.words.strip()
    if not words:
        return Refuse("comment.empty", field="words")
    if len(deal.comments.open) >= MOST_OPEN:
        return Refuse("comment.too_many")
    made = CommentMade.model_validate(
        {
            **told,
            "no": len(deal.comments.every) + 1,
            "version": version,
            "file": file.hash,
            "title": file.title,
            "template": file.template,
            "anchor": command.anchor,
            "words": words,
            "at": context.now,
        }
    )
    said = {"person": made.name, "where": f"{made.title}, {made.anchor}", "words": words}
    return Accept((made,), (PostNote(about="note.comment", words=said),))


def _open(deal: Deal, no: int, actor: str, context: Context) -> Comment | Refuse:
    """Only who may see the document may say something of it."""
    found = deal.comments.of(no)
    if found is None or found.resolved is not None:
        return Refuse("comment.closed")
    kind = context.playbook.access.kind_of(found.made.template)
    readers = readers_of(deal, actor, context.groups, context.playbook)
    if kind is None or not kind.readers & readers:
        return Refuse("documents.none_for_you")
    return found


def _where(comment: Comment) -> str:
    return f"{comment.made.title}, {comment.made.anchor}"
