"""Which CSM fits a customer: who knows the industry, then who has room."""

from bot.playbook.closing import Handoff
from bot.streams.decision import Colleague
from bot.streams.value import Value


class Match(Value):
    """`why` in words, for the CSM and for the one who asks."""

    person: str
    name: str
    why: tuple[str, ...]


def match(industry: str, csms: tuple[Colleague, ...], handoff: Handoff) -> tuple[Match, ...]:
    """Best first. Who is full comes last, but is never left out: somebody must take the customer."""
    words = handoff.industries.get(industry, frozenset())

    def rank(csm: Colleague) -> tuple[bool, bool, int, str]:
        return (csm.accounts >= handoff.capacity, not _knows(csm, words), csm.accounts, csm.person)

    return tuple(
        Match(person=csm.person, name=csm.name, why=_why(csm, industry, words, handoff))
        for csm in sorted(csms, key=rank)
    )


def _knows(csm: Colleague, words: frozenset[str]) -> bool:
    title = csm.title.casefold()
    return any(word in title for word in words)


def _why(csm: Colleague, industry: str, words: frozenset[str], handoff: Handoff) -> tuple[str, ...]:
    load = f"looks after {csm.accounts} of {handoff.capacity} customers"
    return (f"knows {industry.lower()}", load) if _knows(csm, words) else (load,)
