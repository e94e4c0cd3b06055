"""Home, published anew for who may be looking, and only when it would say something else."""

import logging
from collections.abc import Iterable

from bot import wiring
from bot.questions.homes import Homes, view_of
from bot.store.errors import LostRace
from bot.streams.deal.deal import Deal
from bot.streams.person.person import Person
from integrations.errors import Busy, Refused, Unauthorised, Unknown
from jobs.effects.how import Work

log = logging.getLogger(__name__)


def refresh(work: Work) -> None:
    """Of the person whose stream this is."""
    person: Person = work.state
    if person.profile is not None and person.profile.active:
        _publish(work, [person.profile.user])


def of_deal(work: Work) -> None:
    """A courtesy to the rep and her manager: the deal's card is what must not fail."""
    deal: Deal = work.state
    homes = _homes(work)
    try:
        _publish(work, homes.concerned(deal, work.now), deal)
    except (Busy, Refused, Unauthorised, Unknown, LostRace) as no:
        log.warning("a home was not refreshed: %s", no)


def of_administrators(work: Work) -> None:
    """What the company's switches show has changed."""
    _publish(work, _homes(work).administrators(work.now))


def _homes(work: Work) -> Homes:
    return Homes(work.desk.store, work.desk.playbook, work.desk.code, wiring.system_clock().now)


def _publish(work: Work, people: Iterable[str], fresh: Deal | None = None) -> None:
    homes, store = _homes(work), work.desk.store
    with store.snapshot() as tx:
        watching = tx.homes.watching(work.now)
    for user in people:
        page = homes.page(user, work.now, fresh) if user in watching else None
        if page is None:
            continue
        view, shown = view_of(page)
        if shown != watching[user]:
            work.desk.ports.slack.publish_home(user.partition(":")[2], view)
            with store.transaction() as writing:
                writing.homes.published(user, shown)
