"""A field of a submitted form that does not hold what it should."""

from datetime import date

from bot.handlers.press import Submission


class WrongField(ValueError):
    """`args` are the input's name and the reason of the playbook's copy."""


def date_of(told: Submission, name: str) -> date:
    try:
        return date.fromisoformat(told.text(name))
    except ValueError:
        raise WrongField(name, "settings.no_date") from None
