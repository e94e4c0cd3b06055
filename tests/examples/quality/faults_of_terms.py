"""Faults of the third criterion: terms and clauses, in the data and in single documents."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from bot.documents.values import day, ends_on
from tests.examples.quality.making import (
    FORM,
    PRIVACY,
    QUOTE,
    TERMS,
    everywhere,
    fault,
    in_one,
    quote_in_one,
    redated,
    sentence,
)
from tests.examples.quality.packages import Draft, draft, with_quote


def _other_days(made: Draft) -> int:
    return 60 if made.contract.quote.payment_days == 30 else 30


@fault
def days_in_form(chance: Random) -> Draft:
    made = draft(chance)
    return quote_in_one(made, FORM, payment_days=_other_days(made))


@fault
def days_in_quote(chance: Random) -> Draft:
    made = draft(chance)
    return quote_in_one(made, QUOTE, payment_days=_other_days(made))


@fault
def days_in_agreement(chance: Random) -> Draft:
    made = draft(chance, whole=True)
    return quote_in_one(made, TERMS, payment_days=_other_days(made))


@fault
def days_above_policy(chance: Random) -> Draft:
    made = draft(chance)
    days = chance.choice((91, 120, 180))
    quote = made.contract.quote
    bills = (bill.model_copy(update={"due_on": bill.invoice_on + timedelta(days=days)}) for bill in quote.invoices)
    return with_quote(made, payment_days=days, invoices=tuple(bills))


@fault
def months_in_quote(chance: Random) -> Draft:
    made = draft(chance)
    return quote_in_one(made, QUOTE, months=made.contract.quote.months + chance.choice((1, 12)))


@fault
def start_in_form(chance: Random) -> Draft:
    made = draft(chance)
    return quote_in_one(made, FORM, starts_on=redated(made, chance.choice((-1, 1))))


@fault
def end_in_quote(chance: Random) -> Draft:
    made = draft(chance)
    other = ends_on(made.contract) + timedelta(days=chance.choice((-1, 1)))
    return replace(made, edits={QUOTE: ("{{ ends_on }}", day(other))})


@fault
def due_day(chance: Random) -> Draft:
    made = draft(chance)
    *most, last = made.contract.quote.invoices
    late = last.model_copy(update={"due_on": last.due_on + timedelta(days=1)})
    return with_quote(made, invoices=(*most, late))


def _other_law(chance: Random, made: Draft) -> str:
    laws = ("Ireland", "Germany", "England and Wales", "Austria")
    return chance.choice([law for law in laws if law != made.contract.governing_law])


@fault
def law_in_form(chance: Random) -> Draft:
    made = draft(chance)
    return in_one(made, FORM, governing_law=_other_law(chance, made))


@fault
def law_of_policy(chance: Random) -> Draft:
    made = draft(chance)
    return everywhere(made, governing_law=_other_law(chance, made))


@fault
def renewal_in_form(chance: Random) -> Draft:
    made = draft(chance)
    return in_one(
        made, FORM, renewal_note=made.contract.renewal_note.replace("sixty", chance.choice(("thirty", "ninety")))
    )


def _without(made: Draft, kind: str) -> Draft:
    return everywhere(made, documents=tuple(use for use in made.contract.documents if use.template != kind))


@fault
def form_missing(chance: Random) -> Draft:
    return _without(draft(chance), FORM)


@fault
def privacy_missing(chance: Random) -> Draft:
    return _without(draft(chance, whole=True, land=chance.choice(("DE", "FR", "GB", "CH"))), PRIVACY)


@fault
def blank(chance: Random) -> Draft:
    words = chance.choice(("The delivery date is TBD.", "Contact for invoices: XXX.", "TODO: name the depots."))
    return sentence(draft(chance), words, chance.choice((FORM, QUOTE)))


@fault
def other_number(chance: Random) -> Draft:
    kind = chance.choice(("SOW", "OF", "MSA"))
    return sentence(draft(chance), f"This goes together with {kind}-2025-7QK2ZP.", FORM)


@fault
def valid_before_offer(chance: Random) -> Draft:
    made = draft(chance)
    return with_quote(made, valid_until=made.contract.offered_on - timedelta(days=chance.choice((1, 30))))


@fault
def no_place_to_sign(chance: Random) -> Draft:
    made = draft(chance)
    return in_one(made, FORM, signers=made.contract.signers[1:])
