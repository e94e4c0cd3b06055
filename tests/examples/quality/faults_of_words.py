"""Faults of the last three criteria: people, promises, brand."""

from dataclasses import replace
from random import Random

from bot.streams.deal.dossier import Paper
from tests.examples.quality.customers import FORMS, SHAPES, customer, vat_id
from tests.examples.quality.making import (
    FORM,
    QUOTE,
    after,
    customer_is,
    everywhere,
    fault,
    in_one,
    other_land,
    promised,
    sentence,
    signer_is,
    swapped,
    taxed,
    typo,
)
from tests.examples.quality.packages import Draft, draft, our_brand

VATTED = tuple(SHAPES)


@fault
def mail_form(chance: Random) -> Draft:
    made = draft(chance)
    mail = made.contract.signers[0].email
    wrong = (
        mail.replace("@", " at "),
        mail.replace("@", "@@"),
        mail.replace(".example", ""),
        mail.replace(".", "..", 1),
    )
    return signer_is(made, email=chance.choice(wrong))


@fault
def mail_lookalike(chance: Random) -> Draft:
    made = draft(chance)
    name, _, domain = made.contract.signers[0].email.partition("@")
    stem = domain.removesuffix(".example")
    i = chance.randrange(1, len(stem) - 1)
    wrong = (stem[:i] + stem[i] + stem[i:], stem[:i] + stem[i + 1 :], stem.replace("i", "l", 1), stem + "s")
    other = chance.choice([each for each in wrong if each != stem])
    return signer_is(made, email=f"{name}@{other}.example")


@fault
def mail_free(chance: Random) -> Draft:
    made = draft(chance)
    name = made.contract.signers[1].email.partition("@")[0]
    return signer_is(made, 1, email=f"{name}@{chance.choice(('gmail.com', 'outlook.com', 'gmx.de', 'yahoo.com'))}")


def _with_vat(chance: Random) -> Draft:
    made = draft(chance, land=chance.choice(VATTED))
    return made if made.contract.customer.vat_id else _with_vat(chance)


@fault
def vat_swapped(chance: Random) -> Draft:
    made = _with_vat(chance)
    customer_ = made.contract.customer
    wrong = customer_is(made, record=True, vat_id=swapped(chance, customer_.vat_id))
    return everywhere(wrong, tax_note=taxed(made.contract, customer_.country, wrong.contract.customer.vat_id))


@fault
def vat_country(chance: Random) -> Draft:
    made = _with_vat(chance)
    land = made.contract.customer.country
    wrong = customer_is(made, record=True, vat_id=vat_id(chance, other_land(chance, land, VATTED)))
    return everywhere(wrong, tax_note=taxed(made.contract, land, wrong.contract.customer.vat_id))


@fault
def vat_in_form(chance: Random) -> Draft:
    made = _with_vat(chance)
    party = made.contract.customer
    other = party.model_copy(update={"vat_id": vat_id(chance, party.country)})
    return in_one(made, FORM, customer=other)


def _suffixed(made: Draft, form: str) -> str:
    name = made.contract.customer.legal_name
    own = max((f for f in FORMS[made.contract.customer.country] if name.endswith(f" {f}")), key=len)
    return f"{name.removesuffix(own)}{form}"


@fault
def suffix(chance: Random) -> Draft:
    made = draft(chance, land=chance.choice([land for land, forms in FORMS.items() if len(forms) > 1]))
    names = [_suffixed(made, form) for form in FORMS[made.contract.customer.country]]
    return customer_is(made, legal_name=chance.choice([n for n in names if n != made.contract.customer.legal_name]))


@fault
def suffix_country(chance: Random) -> Draft:
    land, form = chance.choice((("DE", "Inc."), ("FR", "GmbH"), ("GB", "B.V."), ("US", "Sp. z o.o."), ("SE", "S.r.l.")))
    made = draft(chance, land=land)
    return customer_is(made, record=True, legal_name=_suffixed(made, form))


@fault
def postcode(chance: Random) -> Draft:
    land, code = chance.choice((("DE", "2045"), ("GB", "20457"), ("NL", "3011"), ("FR", "6900Z"), ("US", "4321")))
    made = draft(chance, land=land)
    city = f"{code} {made.record.city}"
    wrong = everywhere(made, customer=made.contract.customer.model_copy(update={"city": city}))
    return replace(wrong, record=made.record.model_copy(update={"postal_code": code}))


@fault
def country(chance: Random) -> Draft:
    made = draft(chance, land="US")
    wrong = customer_is(made, country=chance.choice(("CA", "MX")))
    party = wrong.contract.customer
    return everywhere(wrong, tax_note=taxed(made.contract, party.country, party.vat_id))


@fault
def city_in_form(chance: Random) -> Draft:
    made = draft(chance)
    party = made.contract.customer
    other = party.model_copy(update={"city": f"{made.record.postal_code} {chance.choice(('Springfield', 'Neustadt'))}"})
    return in_one(made, FORM, customer=other)


@fault
def same_signer(chance: Random) -> Draft:
    made = draft(chance)
    return signer_is(made, 1, email=made.contract.signers[0].email)


@fault
def signs_both_sides(chance: Random) -> Draft:
    made = draft(chance)
    return signer_is(made, 0, email=f"{made.contract.signers[0].email.partition('@')[0]}@larkspur.example")


@fault
def other_customer(chance: Random) -> Draft:
    made = draft(chance)
    other = chance.choice(made.others) if made.others else customer(chance).name
    words = chance.choice((f"The terms are those agreed with {other}.", f"{other} receives a copy of each invoice."))
    wrong = sentence(made, words, chance.choice((FORM, QUOTE)))
    return replace(wrong, others=tuple({*made.others, other}))


@fault
def name_typo(chance: Random) -> Draft:
    made = draft(chance)
    kind = chance.choice((FORM, QUOTE))
    return sentence(made, f"Delivered to {typo(chance, made.contract.customer.legal_name)} and nobody else.", kind)


@fault
def phone(chance: Random) -> Draft:
    made = draft(chance)
    first, *rest = made.record.people
    wrong = first.model_copy(update={"phone": chance.choice(("040 123456", "+49 12", "call me", "+49 4O 123456"))})
    return replace(made, record=made.record.model_copy(update={"people": (wrong, *rest)}))


@fault
def title_missing(chance: Random) -> Draft:
    return signer_is(draft(chance), 0, title="")


@fault
def unknown_heard(chance: Random) -> Draft:
    words = (
        "Yes, we integrate with Descartes Aljex 7, no extra cost.",
        "There is a connector for Blue Yonder TMS 2025, you will have it in March.",
        "It works with Sage X3 version 12 out of the box.",
        "You get an API link to Trimble TMS 23, promised.",
    )
    return promised(chance, chance.choice(words), 1)


@fault
def unknown_written(chance: Random) -> Draft:
    words = (
        "The fees include an integration with Descartes Aljex 7.",
        "The Supplier connects the products to Blue Yonder TMS 2025.",
        "An interface to Sage X3 12 is part of the order.",
        "Data is exchanged with Trimble TMS 23 every hour.",
    )
    return sentence(draft(chance), chance.choice(words), chance.choice((FORM, QUOTE)))


@fault
def version(chance: Random) -> Draft:
    words = (
        "Of course we connect to SAP S/4HANA 1709.",
        "The integration with Oracle NetSuite 2019.2 is ready.",
        "We have an interface to Infor M3 version 13.",
        "It integrates with Business Central 14, no problem.",
    )
    return promised(chance, chance.choice(words), 1)


@fault
def no_version(chance: Random) -> Draft:
    words = ("We integrate with SAP S/4HANA, sure.", "The connection to Oracle NetSuite comes with it.")
    return promised(chance, chance.choice(words), 1)


@fault
def not_sold(chance: Random) -> Draft:
    words = ("We integrate with SAP S/4HANA 2023.", "The connection to Infor M3 17 comes with it.")
    return promised(chance, chance.choice(words), 0)


@fault
def too_few_packs(chance: Random) -> Draft:
    words = "We connect to SAP S/4HANA 2022, and there is an interface to Manhattan Active WM 2026 as well."
    return promised(chance, words, 1)


@fault
def hosting(chance: Random) -> Draft:
    words = (
        "All data is hosted in Virginia, United States of America.",
        "Personal data is stored only in Mumbai, India.",
        "The data centre is in Warsaw, Poland.",
    )
    return sentence(draft(chance), chance.choice(words))


@fault
def availability(chance: Random) -> Draft:
    words = (
        "We promise 99.99% availability.",
        "You get an availability of at least 99.9%.",
        "Uptime is 99.95% a month.",
    )
    return promised(chance, chance.choice(words), 0)


@fault
def other_plan(chance: Random) -> Draft:
    words = (
        "You can read tachograph files with it, too.",
        "With replanning during the day your drivers save an hour.",
        "It has validated records for medicines.",
    )
    return promised(chance, chance.choice(words), 0)


@fault
def font(chance: Random) -> Draft:
    other = chance.choice(("Helvetica", "ABCDEF+LiberationSans", "ABCDEF+SourceCodePro-Regular"))
    return after(draft(chance), lambda paper: paper.model_copy(update={"fonts": (*paper.fonts, other)}), FORM)


def _coloured(made: Draft, **colours: str) -> Draft:
    ours = our_brand()
    look = ours.model_copy(update={"colours": ours.colours.model_copy(update=colours)})
    return replace(made, brands={chance_kind(made): look})


def chance_kind(made: Draft) -> str:
    return FORM if made.contract.version % 2 else QUOTE


@fault
def contrast(chance: Random) -> Draft:
    return _coloured(
        draft(chance), **{chance.choice(("ink", "muted")): chance.choice(("#9AA5B1", "#777F88", "#C9CFD6"))}
    )


@fault
def colour(chance: Random) -> Draft:
    return _coloured(
        draft(chance), **{chance.choice(("accent", "ink")): chance.choice(("#7A1F3D", "#0B5564", "#000000"))}
    )


@fault
def forbidden_word(chance: Random) -> Draft:
    word = chance.choice(our_brand().voice.forbidden)
    words = chance.choice((f"A {word} service.", f"{word.capitalize()} results are what you get."))
    return sentence(draft(chance), words, chance.choice((FORM, QUOTE)))


@fault
def shouting(chance: Random) -> Draft:
    words = ("PLEASE SIGN THIS ORDER BEFORE FRIDAY.", "THIS OFFER ENDS ON SUNDAY NIGHT.", "ALL SALES ARE FINAL.")
    return sentence(draft(chance), chance.choice(words), chance.choice((FORM, QUOTE)))


@fault
def exclamation(chance: Random) -> Draft:
    words = ("We look forward to working with you!", "Welcome on board!", "Sign today (and save)!")
    return sentence(draft(chance), chance.choice(words), chance.choice((FORM, QUOTE)))


@fault
def alt_missing(chance: Random) -> Draft:
    alts = chance.choice((("",), ("Larkspur", " ")))
    return after(draft(chance), lambda paper: paper.model_copy(update={"pictures": alts}), QUOTE)


@fault
def company_misspelt(chance: Random) -> Draft:
    wrong = chance.choice(("LarkSpur", "Larkspurr", "Larksper", "Lark Spur"))
    return sentence(draft(chance), f"Thank you for choosing {wrong}.", chance.choice((FORM, QUOTE)))


@fault
def head_missing(chance: Random) -> Draft:
    def headless(paper: Paper) -> Paper:
        *most, last = paper.pages
        return paper.model_copy(update={"pages": (*most, last.replace(f"{paper.title} {paper.number}", "", 1))})

    return after(draft(chance), headless, FORM)


@fault
def page_number(chance: Random) -> Draft:
    def counted(paper: Paper) -> Paper:
        many = len(paper.pages)
        *most, last = paper.pages
        return paper.model_copy(
            update={"pages": (*most, last.replace(f"Page {many} of {many}", f"Page {many} of {many + 1}"))}
        )

    return after(draft(chance), counted, FORM)
