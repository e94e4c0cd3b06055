"""What a package is checked against beyond prices and policies: what exists, what fits, how countries write."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.playbook.section import Code, Country, Days, Percent, Section, Text


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}. Fix: correct it") from None
    return pattern


Pattern = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_compiles)]


class Integration(Section):
    """`also` are other ways to write its name; `sold_as` is the product of which each connection takes one."""

    name: Text
    also: tuple[Text, ...]
    versions: tuple[Text, ...] = Field(min_length=1)
    sold_as: Code


class Function(Section):
    """Something that only these plans have."""

    name: Text
    plans: tuple[Code, ...] = Field(min_length=1)


class Need(Section):
    code: Code
    one_of: tuple[Code, ...] = Field(min_length=1)


class Quality(Section):
    integrations: tuple[Integration, ...]
    functions: tuple[Function, ...]
    availability: Percent
    needs: tuple[Need, ...]
    never_together: tuple[tuple[Code, ...], ...]
    payment_days_up_to: Days
    free_mail: frozenset[str]
    legal_forms: dict[Country, tuple[Text, ...]]
    postal_codes: dict[Country, Pattern]

    def integration(self, name: str) -> Integration | None:
        wanted = name.casefold()
        return next((i for i in self.integrations if wanted in (n.casefold() for n in (i.name, *i.also))), None)
