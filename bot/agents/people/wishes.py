"""A person's own settings and absence: hers alone to change, within what the playbook leaves open."""

from bot.streams.decision import NOTHING, Accept, Context, Decision, Refuse
from bot.streams.person.person import Person
from bot.streams.person.settings import AwaySaid, ChangeSettings, SayAway, SettingsChanged, settled


def change(person: Person, command: ChangeSettings, context: Context) -> Decision:
    if not _own(person, command.actor):
        return Refuse("settings.not_yours")
    wanted, book = settled(command.preferences, context.playbook.notifications), context.playbook.notifications
    if wanted.per_day > book.most_per_day:
        return Refuse("settings.too_many", field="per_day")
    if wanted.quiet_from == wanted.quiet_until:
        return Refuse("settings.no_quiet_end", field="quiet_until")
    if wanted.numbers not in book.numbers_offered:
        return Refuse("settings.numbers_unknown", field="numbers")
    if command.preferences == person.wishes.preferences:
        return NOTHING
    return Accept((SettingsChanged(preferences=command.preferences, at=context.now),))


def say_away(person: Person, command: SayAway, context: Context) -> Decision:
    if not _own(person, command.actor):
        return Refuse("settings.not_yours")
    return Accept((AwaySaid(from_on=command.from_on, until_on=command.until_on, at=context.now),))


def _own(person: Person, actor: str) -> bool:
    return person.profile is not None and person.profile.user == actor
