"""What in the wording of a package, ours or theirs, breaks the law of the customer's place and sector."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.figures.conditions import Facts, holds
from bot.figures.contract_facts import PUBLIC
from bot.figures.rating import said_as
from bot.playbook.conditions import FactName
from bot.playbook.conflicts import Conflict, Limiting
from bot.playbook.schema import Playbook
from bot.streams.deal.wording import Wording

PAYMENT, LIABILITY = "payment", "liability"
LIMITS = frozenset({"liability_exceptions", "liability_cap", "indirect_loss"})  # of the ladder, one clause to the law
_SENTENCE = re.compile(r"[.;](?!\d)")
_DAYS = re.compile(r"(?:\bnet (\d{1,3})\b)|(?:(\d{1,3}) (?:calendar )?days?['’]? (?:of|after|from|following|net))")


@dataclass(frozen=True, slots=True)
class Found:
    """`clause` is the clause, or the document that is missing."""

    clause: str
    kind: str
    source: str
    says: str


def conflicts(
    clauses: Mapping[str, str], documents: Iterable[str], facts: Facts, playbook: Playbook
) -> tuple[Found, ...]:
    """Of whole clauses by name. What is not shown says nothing, unless the law wants it to be there."""
    said = {name: said_as(text) for name, text in clauses.items()}
    known = _with_days(facts, said.get(PAYMENT, ""))
    there = frozenset(documents)
    return tuple(
        Found(row.document or row.clause, row.kind, row.source, row.says)
        for row in playbook.conflicts
        if holds(row.when, known) and _broken(row, said, there, playbook.limiting)
    )


def of_wording(told: Wording, playbook: Playbook) -> tuple[Found, ...]:
    customer, deal = told.customer, told.deal
    products = [playbook.product_of(code) for code in deal.products]
    industry = customer.industry.casefold()
    named = {name for name, words in playbook.documents.sectors.items() if industry in _folded(name, words)}
    facts: Facts = {
        FactName.COUNTRY: customer.country,
        FactName.REGIONS: playbook.regions_of(customer.country),
        FactName.SECTORS: frozenset(named | ({PUBLIC} if customer.public_body else set())),
        FactName.HOSTING: deal.hosting.casefold(),
        FactName.PAYMENT_DAYS: deal.payment_days,
        FactName.PERSONAL_DATA: any(product.personal_data for product in products if product),
    }
    return conflicts(told.clauses, told.documents, facts, playbook)


def _folded(name: str, words: Iterable[str]) -> set[str]:
    return {name, *(word.casefold() for word in words)}


def broken_by(text: str, clause: str, facts: Facts, playbook: Playbook) -> tuple[Found, ...]:
    """Of a clause that may not be whole, by its name on the ladder: only what its words break, not what they lack."""
    name, said = (LIABILITY if clause in LIMITS else clause), said_as(text)
    known = _with_days(facts, said) if name == PAYMENT else facts
    return tuple(
        Found(row.clause, row.kind, row.source, row.says)
        for row in playbook.conflicts
        if row.clause == name and holds(row.when, known) and _speaks(row, said) and _says(row, said, playbook.limiting)
    )


def _broken(row: Conflict, said: Mapping[str, str], documents: frozenset[str], limiting: Limiting) -> bool:
    if row.document:
        return row.document not in documents and (row.beside is None or row.beside in documents)
    text = said.get(row.clause)
    if text is None:
        return row.absent
    lacks = any(not re.search(need, text) for need in row.needs)
    return _speaks(row, text) and (lacks or _says(row, text, limiting))


def _speaks(row: Conflict, text: str) -> bool:
    return (not row.given or _any(row.given, text)) and not _any(row.unless, text)


def _says(row: Conflict, text: str, limiting: Limiting) -> bool:
    barred = row.bars and any(_bars(row, sentence, limiting) for sentence in _SENTENCE.split(text))
    return bool(barred) or _any(row.reads, text)


def _bars(row: Conflict, sentence: str, limiting: Limiting) -> bool:
    limits = _any(limiting.words, sentence) and not _any(limiting.spares, sentence)
    return limits and _any(row.bars, sentence)


def _with_days(facts: Facts, payment: str) -> Mapping[FactName, Any]:
    """The longest time to pay, of the deal and of what the clause says."""
    told = [int(number) for pair in _DAYS.findall(payment) for number in pair if number]
    known = facts.get(FactName.PAYMENT_DAYS)
    days = max([*told, *([known] if known is not None else [])], default=None)
    return {**facts, FactName.PAYMENT_DAYS: days}


def _any(patterns: Iterable[str], text: str) -> bool:
    return any(re.search(pattern, text) for pattern in patterns)


def said_of(found: Iterable[Found]) -> tuple[str, ...]:
    """Such as "BGB section 276(3): liability for intent cannot be excluded or limited in advance, forbidden"."""
    return tuple(f"{each.source}: {each.says}, {each.kind}" for each in found)
