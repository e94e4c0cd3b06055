"""Lending one's own authority: to others than oneself, for a time that is not over, never for ever."""

from datetime import timedelta

from bot.agents.people.routing import moment
from bot.streams.decision import Accept, Context, Decision, Refuse
from bot.streams.person.lending import AuthorityLent, AuthorityTakenBack, Delegation, Lend, TakeBack
from bot.streams.person.person import Person

LONGEST = timedelta(days=366)


def lend(person: Person, command: Lend, context: Context) -> Decision:
    if person.profile is None or person.profile.user != command.actor:
        return Refuse("settings.not_yours")
    today = moment(person, context.now, context.playbook).at.date()
    if command.to == command.actor or not command.to:
        return Refuse("lending.to_oneself", field="person")
    if command.until_on < max(command.from_on, today):
        return Refuse("lending.over", field="until_on")
    if command.until_on - command.from_on > LONGEST:
        return Refuse("lending.too_long", field="until_on")
    told = command.model_dump(include={"to", "from_on", "until_on", "reason"})
    lent = Delegation(id=next(context.mint), up_to=command.up_to, **told)
    return Accept((AuthorityLent(delegation=lent, at=context.now),))


def take_back(person: Person, command: TakeBack, context: Context) -> Decision:
    if person.profile is None or person.profile.user != command.actor:
        return Refuse("settings.not_yours")
    chosen = [d for d in person.lending.delegations if command.delegation in ("", d.id)]
    if not chosen:
        return Refuse("lending.none")
    return Accept(tuple(AuthorityTakenBack(delegation=d.id, at=context.now) for d in chosen))
