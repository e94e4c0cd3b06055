"""Two versions side by side in the deal's thread: the first changes word by word; the file has them all."""

from collections.abc import Sequence

from bot.blocks.card import Card, card, context, counted, escape, header, section
from bot.blocks.people import Known
from bot.figures.comparing import Compared, Pair, Piece, pieces
from bot.streams.deal.comparing import ComparisonAsked
from bot.streams.deal.deal import Deal

SHOWN = 8  # changes; the file has all
AROUND = 5  # words that stay the same, on each side of a change
LONGEST = 30  # words of a change
FRONT = "First page"  # numbers, versions and parties: seldom what somebody looks for


def card_of(deal: Deal, asked: ComparisonAsked, documents: Sequence[Compared], known: Known) -> Card:
    count = sum(document.count for document in documents)
    title = f"{deal.customer}: package {asked.older} and {asked.newer}"
    told = [line for document in documents for line in _lines(document)]
    shown = [line for front, line in sorted(told, key=lambda each: each[0])]
    more = f"And {len(shown) - SHOWN} more in the file." if len(shown) > SHOWN else ""
    return card(
        f"{title}: {counted(count, 'change') if count else 'nothing differs'}. The file has every one.",
        header(title),
        section(*(f"{escape(d.title)}: {counted(d.count, 'change')}" for d in documents if d.count))
        or section("Nothing differs between the two, word for word."),
        *(section(line) for line in shown[:SHOWN]),
        section(more),
        context(f"Asked for by {escape(known.name(asked.by))}. ~struck~ is gone, *bold* is new. For our own people."),
    )


def _lines(document: Compared) -> list[tuple[bool, str]]:
    if document.whole:
        return [(False, f"*{escape(document.title)}:* {escape(document.whole)}")]
    return [(pair.anchor.startswith(FRONT), _line(document, pair)) for pair in document.changes]


def _line(document: Compared, pair: Pair) -> str:
    where = f"*{escape(document.title)}, {escape(pair.anchor)}*"
    if pair.kind == "moved" and pair.old:
        return f"{where} was {escape(pair.old.anchor)}; the words are the same"
    old, new = pair.old.text if pair.old else "", pair.new.text if pair.new else ""
    made = pieces(old, new)
    return f"{where}\n{' '.join(_piece(piece, no, len(made)) for no, piece in enumerate(made))}"


def _piece(piece: Piece, no: int, of: int) -> str:
    """What stays the same is cut to the words beside a change."""
    words = piece.words.split()
    if piece.kind == "same":
        before, after = words[:AROUND] if no else [], words[-AROUND:] if no < of - 1 else []
        kept = words if len(words) <= len(before) + len(after) else [*before, "…", *after]
        return escape(" ".join(kept))
    cut = escape(" ".join(words if len(words) <= LONGEST else [*words[:LONGEST], "…"]))
    return f"~{cut}~" if piece.kind == "removed" else f"*{cut}*"
