"""A field of a submitted form that does not hold what it should."""

from datetime import date

from bot.blocks import inputs
from bot.handlers.press import Submission
from bot.streams.money import basis_points

LARGEST_DISCOUNT = 10_000
LONGEST_DAYS = 365


class WrongField(ValueError):
    """`args` are the input's name and the reason of the playbook's copy."""


def date_of(told: Submission, name: str) -> date:
    try:
        return date.fromisoformat(told.text(name))
    except ValueError:
        raise WrongField(name, "settings.no_date") from None


def discount_of(told: Submission) -> int:
    try:
        asked = basis_points(told.text(inputs.DISCOUNT))
    except ValueError:
        asked = -1
    if not 0 <= asked <= LARGEST_DISCOUNT:
        raise WrongField(inputs.DISCOUNT, "discount.not_a_number")
    return asked


def days_of(told: Submission) -> int:
    text = told.text(inputs.PAYMENT_DAYS)
    if not (text.isascii() and text.isdigit() and int(text[:6]) <= LONGEST_DAYS):
        raise WrongField(inputs.PAYMENT_DAYS, "payment.not_a_number")
    return int(text[:6])
