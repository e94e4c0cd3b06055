"""Where we stand, for the deal's own channel: the threat, what they decide by, and each line with whom it is for."""

from collections.abc import Mapping, Sequence

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, Card, actions, card, context, cut, day, escape, header, quote, section
from bot.blocks.signal_card import words
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.deal.standing import CardLine, NeedHeard, Standing, Threat

MOST = 4  # lines of a kind; a card is read on a phone
KINDS = {"advantage": "We say", "theirs": "They say", "answer": "They may ask", "note": "Know"}
FOR = {"customer": "may go to the customer", "rep": "for us alone"}


def card_of(deal: Deal, standing: Standing, playbook: Playbook, texts: Mapping[str, str]) -> Card:
    against = _name(standing, playbook)
    title = f"{deal.customer}: against {against}" if against else f"{deal.customer}: what they decide by"
    return card(
        f"{title}. {gist(standing.threat)} {len(standing.lines)} lines to speak from.",
        header(title),
        section(f"*Threat:* {threat(standing.threat)}") if against else None,
        section("*They decide by*", *(_need(need, against, texts) for need in standing.needs[:MOST])),
        *lines(standing.lines),
        section(f":warning: *Too old to be used:* {escape('; '.join(standing.stale))}") if standing.stale else None,
        actions(
            Ref(stream_id=deal.id, slot="intel", about=standing.card),
            Button(ActionId.INTEL_TELL, "Tell news…", f"Tell news of {against or 'a competitor'}"),
        ),
        context(
            f"For our own people: the customer gets only what is marked so. {rule(playbook)}"
            + (f" No battle card fits “{escape(standing.heard)}”." if standing.heard and not standing.card else "")
        ),
    )


def lines(found: Sequence[CardLine]) -> list[Block | None]:
    """By kind; each with whom it is for, its source and its day."""
    made: list[Block | None] = []
    for what, title in KINDS.items():
        mine = [line for line in found if line.what == what]
        more = f"and {len(mine) - MOST} more" if len(mine) > MOST else ""
        made.append(section(f"*{title}*", *(_line(line) for line in mine[:MOST]), more) if mine else None)
    return made


def threat(found: Threat) -> str:
    """Such as: high: lost 19 of 26 in logistics, 73% (57% to 84%)."""
    where = f" in {escape(found.segment.lower())}" if found.segment else ""
    if found.level == "unknown":
        return f"not enough data ({found.of} past deals{where})"
    share, low, high = (f"{points / 100:.0f}%" for points in (found.share, found.low, found.high))
    return f"{found.level}: {found.lost} of {found.of} past deals{where} were lost, {share} ({low} to {high})"


def gist(found: Threat) -> str:
    """For a text without format."""
    return f"Threat: {'not enough data' if found.level == 'unknown' else found.level}."


def rule(playbook: Playbook) -> str:
    rules = playbook.positioning
    return f"Lines older than {rules.fresh_days} days are left out; rates need {rules.at_least} past deals."


def _name(standing: Standing, playbook: Playbook) -> str:
    kept = playbook.battlecards.get(standing.card)
    return kept.name if kept else cut(standing.heard, 40)


def _need(need: NeedHeard, against: str, texts: Mapping[str, str]) -> str:
    if need.said is None:
        return f"{escape(need.title)}, because {escape(against)} is compared by it"
    return f"{escape(need.title)}: they wrote {quote(cut(words(need.said, texts.get(need.text_id, '')), 120))}"


def _line(line: CardLine) -> str:
    news = "news, " if line.news else ""
    where = f"{news}{escape(cut(line.source, 120))}, {day(line.seen_on)}"
    title = f"{escape(line.title)}: " if line.what in ("advantage", "theirs") else ""
    return f"• {title}{escape(cut(line.says, 260))} _{FOR[line.audience]}_ ({where})"
