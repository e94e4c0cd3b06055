"""An amount as people type it: with points, commas, apostrophes or spaces between the thousands, with the currency or
without. Read in one way or not at all."""

import re

from bot.streams.money import Money, digits

PLAIN = re.compile(r"(\d{1,15})(?:[.,](\d{1,4}))?", re.ASCII)
GROUPED = re.compile(r"(\d{1,3}(?:([.,' \u00a0\u202f\u2019])\d{3})(?:\2\d{3})*)(?:([.,])(\d{1,4}))?", re.ASCII)


def typed_amount(text: str, currency: str) -> Money | None:
    """None for what is not clearly an amount of that currency. A last group of three digits behind a point or comma is
    of thousands, for no currency of ours is written with three decimals."""
    words = text.strip().upper().removeprefix(currency).removesuffix(currency).strip()
    if (grouped := GROUPED.fullmatch(words)) is not None:
        whole, between, point, decimals = grouped.groups()
        if point is not None and point == between:
            return None
        return _money(whole.replace(between, ""), decimals or "", currency)
    if (plain := PLAIN.fullmatch(words)) is not None:
        return _money(plain[1], plain[2] or "", currency)
    return None


def _money(whole: str, decimals: str, currency: str) -> Money | None:
    if len(decimals) > digits(currency):
        return None
    return Money.parse(f"{whole}.{decimals or 0}", currency)
