"""The modals of a deal's documents: which two versions, which clause, who gets a link, why a hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.blocks import inputs
from bot.blocks.actions import Ref, ViewId
from bot.blocks.card import Block, context, cut, escape, plain, quote, section
from bot.blocks.modals import modal
from bot.figures.access import OUTSIDER, readable
from bot.figures.versions import Told
from bot.playbook.schema import Playbook
from bot.streams.deal.comments import LONGEST, Comment
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.deal.outline import Outline

OPTION, MOST_OPTIONS, MOST_GROUPS = 75, 100, 100
CHOICE = "{file}:{place}"  # the document's hash, and which of its clauses, from 0


@dataclass(frozen=True, slots=True)
class Commentable:
    file: BuiltFile
    outline: Outline


def compare(deal: Deal, told: Sequence[Told]) -> Block:
    """The two newest are chosen already."""
    options = [(f"Package {t.version.no}, {t.state}: {t.why}", str(t.version.no)) for t in told]
    body = [
        section(f"*{escape(deal.customer)}*"),
        _select(inputs.OLDER, "From", options, options[1][1] if len(options) > 1 else ""),
        _select(inputs.NEWER, "To", options, options[0][1]),
        context("Every changed clause, word by word, comes in the thread of the deal's card, with a file."),
    ]
    return modal(
        ViewId.COMPARE, "Compare versions", ("Compare", "Cancel"), Ref(stream_id=deal.id, slot="compare"), body
    )


def comment(deal: Deal, version: int, documents: Sequence[Commentable]) -> Block:
    groups = [_group(each) for each in documents if each.outline][:MOST_GROUPS]
    element = {"type": "static_select", "action_id": inputs.CLAUSE, "option_groups": groups}
    body: list[Block | None] = [
        section(f"*{escape(deal.customer)}:* package {version}"),
        {"type": "input", "block_id": inputs.CLAUSE, "label": plain("Clause"), "element": element},
        _words("Comment", "For example: legal wants 24 hours here"),
        context("Our own people see it on the documents card and in the deal's thread; the customer does not."),
    ]
    ref = Ref(stream_id=deal.id, slot="comment", about=str(version), seen=deal.package.hash)
    return modal(ViewId.COMMENT, "Comment on a clause", ("Comment", "Cancel"), ref, body)


def answer(deal: Deal, comment: Comment) -> Block:
    made = comment.made
    body = [
        section(f"*{escape(made.title)}, {escape(made.anchor)}*", f"{escape(made.name)}: {quote(made.words)}"),
        _words("Answer", "For example: agreed, changed in the next package"),
        context("Our own people see it. A customer reads nothing of it: answer them in person, too."),
    ]
    ref = Ref(stream_id=deal.id, slot="answer", about=str(made.no))
    return modal(ViewId.COMMENT_ANSWER, "Answer", ("Answer", "Cancel"), ref, body)


def share(deal: Deal, version: int, playbook: Playbook, now: datetime) -> Block:
    """The draft: to whom, what it shows, until when. The submit sends it."""
    files = readable(deal, version, OUTSIDER, playbook)
    contacts = [c for c in (deal.opportunity.contacts if deal.opportunity else ()) if c.email]
    options = [(f"{c.name}, {c.title}: {c.email}", c.id) for c in contacts]
    made = deal.package.of(version)
    days = playbook.access.links.customer_days
    body = [
        section(f"*{escape(deal.customer)}:* package {version} ({made.hash[:8] if made else ''})"),
        section("*They read:*", ", ".join(f"{escape(f.title)} ({f.pages})" for f in files)),
        _select(inputs.CONTACT, "To", options) if options else section("No contact in Salesforce has an address."),
        _words("A word from you", "It stands in the letter, above the link", optional=True),
        context(
            f"A mail with a link for this person alone leaves at once. It works for {days} days, can be revoked, and "
            "says that opening and time on each page are recorded."
        ),
    ]
    ref = Ref(stream_id=deal.id, slot="share", about=str(version), seen=made.hash if made else "")
    return modal(ViewId.SHARE, "Share the documents", ("Send link", "Not yet"), ref, body)


def hold(deal: Deal) -> Block:
    body = [
        section(f"*{escape(deal.customer)}:* nothing of its documents is forgotten until the hold is released."),
        _words("Why?", "For example: dispute of 3 March, file 26-114", name=inputs.REASON),
        context("The reason stands on the documents card."),
    ]
    return modal(ViewId.HOLD, "Legal hold", ("Place it", "Cancel"), Ref(stream_id=deal.id, slot="hold"), body)


def _group(each: Commentable) -> Block:
    return {"label": plain(cut(each.file.title, OPTION)), "options": list(_clauses(each.file.hash, each.outline))}


def _clauses(file: str, outline: Outline) -> Iterator[Block]:
    for place, clause in enumerate(outline[:MOST_OPTIONS]):
        words = cut(f"{clause.anchor}: {clause.text}" if clause.anchor != clause.text else clause.text, OPTION)
        yield {"text": plain(words), "value": CHOICE.format(file=file, place=place)}


def _select(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str = "") -> Block:
    made = [{"text": plain(cut(text, OPTION)), "value": value} for text, value in options[:MOST_OPTIONS]]
    element: Block = {"type": "static_select", "action_id": name, "options": made}
    first = next((option for option in made if option["value"] == chosen), None)
    element |= {"initial_option": first} if first else {}
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}


def _words(label: str, hint: str, optional: bool = False, name: str = inputs.WORDS) -> Block:
    most = LONGEST if name == inputs.WORDS and not optional else 500
    element: Block = {"type": "plain_text_input", "action_id": name, "max_length": most, "multiline": True}
    made: Block = {"type": "input", "block_id": name, "label": plain(label), "hint": plain(hint), "element": element}
    return made | ({"optional": True} if optional else {})
