"""Who is away has nothing wait on her: each request for an approval goes back to its deal, which asks the next."""

from datetime import UTC, date, datetime, time, timedelta

from bot.agents.people.answering import back
from bot.agents.people.routing import moment
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision
from bot.streams.effects import Effect
from bot.streams.ids import SYSTEM
from bot.streams.person import settings
from bot.streams.person.person import Person, Profile
from bot.streams.person.settings import AwaySaid, LeaveNow

OPEN_END = timedelta(days=366)  # of a status that says no end


def absent(person: Person, said: AwaySaid, context: Context) -> Accept:
    """From today on, at once; from a later day on, when it comes."""
    here = moment(person, context.now, context.playbook).at
    wishes = settings.apply(person.wishes, said)
    if wishes.is_away(here.date()):
        return Accept((said,), gone(person, context))
    if not said.holds or said.until_on < here.date():
        return Accept((said,), deadlines=(Deadline(f"away.{said.source}"),))
    begins = datetime.combine(said.from_on, time(), here.tzinfo).astimezone(UTC)
    leave = LeaveNow(stream_id=person.id, actor=SYSTEM)
    return Accept((said,), deadlines=(Deadline(f"away.{said.source}", begins, leave),))


def leave(person: Person, command: LeaveNow, context: Context) -> Decision:
    today = moment(person, context.now, context.playbook).at.date()
    return Accept((), gone(person, context)) if person.wishes.is_away(today) else NOTHING


def gone(person: Person, context: Context) -> tuple[Effect, ...]:
    waiting = (item.task for item in person.open if item.task.kind == "approval")
    return tuple(answer for task in waiting for answer in back(person, task, "away", context))


def by_status(person: Person, profile: Profile, context: Context) -> AwaySaid | None:
    """What her status in Slack says, when it says something else than before. Only one that says away is kept."""
    here = moment(person, context.now, context.playbook).at
    known = person.wishes.said_by("slack")
    holds = known is not None and known.holds
    if not profile.status:
        back_again = AwaySaid(from_on=date.max, until_on=date.min, at=context.now, source="slack")
        return back_again if holds else None
    until = profile.status_until
    last = datetime.fromtimestamp(until, UTC).astimezone(here.tzinfo).date() if until else here.date() + OPEN_END
    if known is not None and holds and (known.until_on == last or not until):
        return None
    return AwaySaid(from_on=here.date(), until_on=last, at=context.now, source="slack")
