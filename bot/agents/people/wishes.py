"""A person's own settings and absence: hers alone to change, within what the playbook leaves open."""

from bot.agents.people.leaving import absent
from bot.playbook.company import Notifications
from bot.streams.decision import NOTHING, Accept, Context, Decision, Refuse
from bot.streams.person.person import Person
from bot.streams.person.settings import AwaySaid, ChangeSettings, Preferences, SayAway, SettingsChanged, settled


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
    chosen = _own_choice(command.preferences, book)
    if chosen == person.wishes.preferences:
        return NOTHING
    return Accept((SettingsChanged(preferences=chosen, at=context.now),))


def say_away(person: Person, command: SayAway, context: Context) -> Decision:
    if not _own(person, command.actor):
        return Refuse("settings.not_yours")
    said = AwaySaid(from_on=command.from_on, until_on=command.until_on, at=context.now)
    return absent(person, said, context)


def _own_choice(told: Preferences, book: Notifications) -> Preferences:
    """The form tells all of them; what is as the playbook has it goes on following the playbook."""
    kept = {name: None for name in Preferences.model_fields if getattr(told, name) == getattr(book, name)}
    return told.model_copy(update=kept)


def _own(person: Person, actor: str) -> bool:
    return person.profile is not None and person.profile.user == actor
