"""In which language and form a customer is written to: as they write, else by the customs of their country."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.playbook.delivery import Customs, Deliveries, Form

WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
NAMES = {"en": "English", "de": "German", "fr": "French"}


@dataclass(frozen=True, slots=True)
class Manner:
    """`why` says each choice in words."""

    language: str
    form: Form
    brief: bool
    why: tuple[str, ...]


def manner(texts: Sequence[str], customs: Customs, rules: Deliveries, country: str) -> Manner:
    language, spoke = _language(texts, customs, rules)
    form, told = _form(texts, language, customs, rules)
    words = [len(WORD.findall(text)) for text in texts]
    brief = bool(words) and sum(words) / len(words) < rules.brief_under
    short = "short, as they write" if brief else "in full"
    here = f"customs of {country}"
    why = (
        f"{NAMES.get(language, language)}, {'as they write' if spoke else here}",
        f"{'first name' if form == 'first_name' else 'formal'}, {'as they write' if told else here}",
        short,
    )
    return Manner(language, form, brief, why)


def _language(texts: Sequence[str], customs: Customs, rules: Deliveries) -> tuple[str, bool]:
    """The one whose words they use most; a draw, or nothing heard: the country's."""
    said = [word.casefold() for text in texts for word in WORD.findall(text)]
    counts = {name: sum(word in tongue.words for word in said) for name, tongue in rules.tongues.items()}
    best = max(counts.values(), default=0)
    first = [name for name, count in counts.items() if count == best]
    return (first[0], True) if best > 0 and len(first) == 1 else (customs.language, False)


def _form(texts: Sequence[str], language: str, customs: Customs, rules: Deliveries) -> tuple[Form, bool]:
    """As formal as the most formal thing they wrote: nobody is hurt by courtesy."""
    tongue = rules.tongues[language]
    said = {word.casefold() for text in texts for word in WORD.findall(text)}
    if said & tongue.formal:
        return "formal", True
    return ("first_name", True) if said & tongue.familiar else (customs.form, False)
