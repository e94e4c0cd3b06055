"""What a document says, clause by clause, kept beside its PDF when it is made: what is compared and commented."""

from pydantic import TypeAdapter

from bot.streams.value import Value


class Clause(Value):
    """`anchor` is where it stands, such as 9.2 or Commercial terms: Payment; unique in its document."""

    anchor: str
    text: str


Outline = tuple[Clause, ...]
_OUTLINES = TypeAdapter(Outline)


def written(outline: Outline) -> bytes:
    """The same outline, the same bytes."""
    return _OUTLINES.dump_json(outline)


def read(body: bytes) -> Outline:
    """Raises ValueError for what is no outline."""
    return _OUTLINES.validate_json(body)
