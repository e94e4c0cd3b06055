"""Who may decide an approval: never who asked for it, never beyond the own authority or that of who lent hers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval
from bot.streams.deal.approving import Approvals
from bot.streams.decision import Colleague, Given

GROUP = "group:"
NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class House:
    """Who works here, by which rules, on which day; `barred` have no part in this request, by themselves or by others:
    who asked, and who decided another seat of the same rule."""

    people: Sequence[Colleague]
    book: Playbook
    on: date
    barred: frozenset[str] = frozenset()

    def person(self, name: str) -> Colleague | None:
        return next((c for c in self.people if c.person == name), None)


def may_decide(approval: Approval, person: str, groups: frozenset[str], book: Playbook) -> bool:
    """By what is her own."""
    allowed = book.may(groups, Permission.DECIDE_APPROVAL) and person != approval.asked_by
    return allowed and within(approval, groups, book)


def within(approval: Approval, groups: frozenset[str], book: Playbook) -> bool:
    match approval.kind:
        case "discount":
            return book.discount_authority(groups) >= approval.asked
        case "payment":
            return book.payment_authority(groups) >= approval.asked
        case _:
            return bool(groups & book.groups_of(approval.role))


def barred(approval: Approval, state: Approvals, rep: str) -> frozenset[str]:
    """Whose authority counts once counts no second time for the same rule."""
    seats = {a.subject for a in state.asked if a.rule == approval.rule and a.id != approval.id}
    given = [grant for grant in state.granted if grant.subject in seats]
    used = {person for grant in given for person in (grant.by, *grant.chain)}
    return frozenset({approval.asked_by, rep, *used})


def chain_to(
    approval: Approval, actor: str, house: House, passed: Mapping[str, str] = NOBODY
) -> tuple[str, ...] | None:
    """How the authority comes to the actor: nobody before her when it is her own, else the shortest way by which it
    was lent, from who holds it. None when it does not. `passed`: who has this very request from whom; it holds as long
    as the giver could decide."""
    me = house.person(actor)
    if me is None or actor in house.barred or not house.book.may(me.groups, Permission.DECIDE_APPROVAL):
        return None
    if may_decide(approval, actor, me.groups, house.book):
        return ()
    if (giver := passed.get(actor)) is not None:
        before = {person: by for person, by in passed.items() if person != actor}
        if (chain := chain_to(approval, giver, house, before)) is not None:
            return (*chain, giver)
    return dict(_ways(approval, house)).get(actor)


def deputies(approval: Approval, house: House) -> dict[str, tuple[str, ...]]:
    """Everybody to whom authority for this request was lent, with the way."""
    found = ((name, way) for name, way in _ways(approval, house) if _stands_in(name, house))
    return dict(found)


def _ways(approval: Approval, house: House) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Outward from who holds it; each person once, so a circle ends by itself."""
    holders = [c for c in house.people if _stands(approval, c.person, house) and c.person not in house.barred]
    seen = {c.person for c in holders}
    front: list[tuple[Colleague, tuple[str, ...]]] = [(c, (c.person,)) for c in holders]
    while front:
        after: list[tuple[Colleague, tuple[str, ...]]] = []
        for giver, way in front:
            for taker in _takers(giver, approval, house):
                if taker.person not in seen and taker.person not in house.barred:
                    seen.add(taker.person)
                    yield taker.person, way
                    after.append((taker, (*way, taker.person)))
        front = after


def _takers(giver: Colleague, approval: Approval, house: House) -> Iterable[Colleague]:
    lent = [given for given in giver.gives if _covers(given, approval, house.on)]
    return [c for c in house.people if any(_names(given, c) for given in lent)]


def _covers(given: Given, approval: Approval, on: date) -> bool:
    amount = approval.amount
    return given.covers(amount.minor, amount.currency, on) if amount else not given.up_to


def _names(given: Given, person: Colleague) -> bool:
    if given.to.startswith(GROUP):
        return given.to.removeprefix(GROUP) in person.groups
    return given.to == person.person


def _stands(approval: Approval, name: str, house: House) -> bool:
    person = house.person(name)
    return person is not None and may_decide(approval, name, person.groups, house.book)


def _stands_in(name: str, house: House) -> bool:
    person = house.person(name)
    return person is not None and house.book.may(person.groups, Permission.DECIDE_APPROVAL)
