"""What a message says, as a call gives it; what Slack would refuse is refused here."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.args import Args
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.validation import check
from sandbox.slack.validation.problem import Problem

MOST_TEXT = 40_000
MOST_ATTACHMENTS = 100
MOST_METADATA = 8_000
NOTHING_TO_SHOW = "This content can't be displayed."


@dataclass(frozen=True, slots=True)
class Content:
    text: str
    blocks: list[Json] = field(default_factory=list)
    extra: Json = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not (self.text or self.blocks or self.extra)


def read(args: Args) -> Content:
    """Raises invalid_blocks with the places, msg_blocks_too_long, too_many_attachments or no_text."""
    blocks, attachments = _blocks(args), _attachments(args)
    text = args.text("text")[:MOST_TEXT]
    content = Content(text, blocks, {"attachments": attachments} if attachments else {})
    if content.empty:
        raise SlackError("no_text")
    return content if text or not blocks else Content(NOTHING_TO_SHOW, blocks, content.extra)


def metadata(args: Args) -> Json | None:
    """None when it was left out; {} takes it away."""
    if not args.has("metadata"):
        return None
    given = args.nested("metadata", "invalid_metadata_format")
    if given in ({}, "", None):
        return {}
    if not _well_formed(given):
        raise SlackError("invalid_metadata_format")
    if len(str(given)) > MOST_METADATA:
        raise SlackError("metadata_too_large")
    return {"event_type": given["event_type"], "event_payload": given["event_payload"]}


def refused(problems: list[Problem]) -> SlackError:
    told = [str(problem) for problem in problems]
    places = [f"{problem.text} [json-pointer:{problem.pointer}]" for problem in problems]
    return SlackError("invalid_blocks", errors=places, response_metadata={"messages": told})


def _well_formed(given: Any) -> bool:
    if not isinstance(given, dict):
        return False
    kind = given.get("event_type")
    return isinstance(kind, str) and bool(kind) and isinstance(given.get("event_payload"), dict)


def _blocks(args: Args) -> list[Json]:
    given = args.nested("blocks", "invalid_blocks_format")
    if given is None:
        return []
    if not isinstance(given, list):
        raise SlackError("invalid_blocks_format")
    if problems := check.blocks(given, "message"):
        raise refused(problems)
    if check.too_much_text(given):
        raise SlackError("msg_blocks_too_long")
    return given


def _attachments(args: Args) -> list[Json]:
    given = args.nested("attachments", "invalid_attachments") or []
    if not isinstance(given, list):
        raise SlackError("invalid_attachments")
    if len(given) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return given
