"""/deal critical: who has a place, in which order and why, who waits for one, and what comes of it."""

from dataclasses import dataclass

from bot.blocks.card import Block, Card, card, context, counted, day, divider, escape, header, moment, section
from bot.blocks.people import Known
from bot.blocks.priority_lines import heading
from bot.figures.critical import ranked
from bot.playbook.schema import Playbook
from bot.streams.company.priorities import Claim, Priorities

SHOWN = 10
HOW = "`/deal critical mark Brightwater because …` makes a deal one, and `unmark` with a reason an ordinary one."


@dataclass(frozen=True, slots=True)
class Listed:
    """What the company's stream says, and by which playbook."""

    state: Priorities
    playbook: Playbook
    known: Known


def card_of(listed: Listed) -> Card:
    state, most = listed.state, listed.playbook.critical.at_most
    every = ranked(state.claims)
    have = [claim for claim in every if state.holds(claim.deal)]
    wait = [claim for claim in every if not state.holds(claim.deal)]
    places = f"{len(have)} of {counted(most, 'place')} taken"
    if not every:
        return card(f"No deal is critical. {places}.", section("*No deal is critical.*", f"{places}."), context(HOW))
    return card(
        f"{counted(len(have), 'critical deal')}: {', '.join(c.customer for c in have)}. {places}, {len(wait)} waiting.",
        header(f"Critical deals: {places}"),
        *(_has(no, claim, listed) for no, claim in enumerate(have, 1)),
        divider() if wait else None,
        *(_waits(claim, listed) for claim in wait[:SHOWN]),
        context(f"and {len(wait) - SHOWN} more" if len(wait) > SHOWN else ""),
        context(HOW),
    )


def _has(no: int, claim: Claim, listed: Listed) -> Block | None:
    given = next(each for each in listed.state.held if each.deal == claim.deal)
    before = listed.state.claim(given.over) if given.over else None
    over = f"; {escape(before.customer)} yielded" if before else ""
    return section(
        f"{no}. *{escape(claim.customer)}*, {escape(listed.known.name(claim.rep))}, {claim.score} points",
        f"Since {moment(given.at)}, until decided, {day(claim.until_on)} at the latest{over}",
        *_why(claim, listed),
    )


def _waits(claim: Claim, listed: Listed) -> Block | None:
    yielded = listed.state.yielded_by(claim.deal)
    to = listed.state.claim(yielded.to) if yielded else None
    told = f"Yielded to {escape(to.customer)}, {moment(yielded.at)}" if yielded and to else "Waits for a place"
    return section(
        f"*{escape(claim.customer)}*, {escape(listed.known.name(claim.rep))}, {claim.score} points",
        f"{told}, in its row since {moment(claim.since)}",
        *_why(claim, listed),
    )


def _why(claim: Claim, listed: Listed) -> list[str]:
    by = f", said {escape(listed.known.name(claim.by))}" if claim.by else ""
    return [f"_{escape(claim.why)}{by} ({escape(heading(claim.line))})_"]
