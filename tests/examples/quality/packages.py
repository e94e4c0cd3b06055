"""Right packages, from a seed: drafted by the price book, set as PDFs and read again, as those of a deal are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from bot.documents import brand
from bot.documents.brand import Brand
from bot.documents.build import build
from bot.documents.looks import paper_of
from bot.figures.clauses import choose
from bot.figures.price import Ask, price
from bot.figures.tax import tax_note
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import Contract, DocumentUse, Party, Signer
from bot.streams.deal.dossier import Dossier, House, OnRecord, Paper, Person, Promise
from bot.streams.deal.quote import AskedLine, Quote
from bot.wiring import playbook_in, templates, texts
from tests.examples.quality.customers import Customer, customer

FOLDER = Path(__file__).parents[3] / "playbook"
TITLES = {
    "quote": "Quote",
    "order-form": "Order form",
    "master-agreement": "Master agreement",
    "data-processing-agreement": "Data processing agreement",
}
PREFIX = {"quote": "Q", "order-form": "OF", "master-agreement": "MSA", "data-processing-agreement": "DPA"}
FEW, ALL = tuple(TITLES)[:2], tuple(TITLES)
YEN = 160
SIGNED = date(2025, 3, 3)
EXTRAS = ("ROUTE", "ROUTE-PLUS", "DRIVER", "COLDCHAIN", "COLDCHAIN-GDP", "ANALYTICS", "PREMSUP", "ARCHIVE")
US = ("Saoirse Byrne", "Managing Director", "saoirse@larkspur.example")
OURS = Signer(no=3, side="ours", name=US[0], title=US[1], email=US[2], order=3)


class Forged(Contract):
    """A contract whose documents carry the fingerprint of another: how a fault in one document alone is made."""

    mark: str

    @property
    def digest(self) -> str:
        return self.mark


@dataclass(frozen=True)
class Draft:
    """`instead`: a document is set from another contract; `edits`: in its template; `brands`: in another brand."""

    contract: Contract
    record: OnRecord
    book: Playbook
    promises: tuple[Promise, ...] = ()
    others: tuple[str, ...] = ()
    instead: Mapping[str, Contract] = field(default_factory=dict)
    edits: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    brands: Mapping[str, Brand] = field(default_factory=dict)
    after: Callable[[Dossier], Dossier] = lambda dossier: dossier


@cache
def house() -> House:
    return brand.house_of(our_brand())


@cache
def our_brand() -> Brand:
    return brand.read((FOLDER / "brand.yaml").read_text())


@cache
def book() -> Playbook:
    """The example company's, as if it sold in yen too; without tiers there."""
    ours = playbook_in(FOLDER)
    euros = [row for row in ours.prices if row.currency == "EUR"]
    sums = ("price", "cost", "ssp")
    yen = [
        row.model_copy(update={"currency": "JPY", **{name: _yen(getattr(row, name)) for name in sums}}) for row in euros
    ]
    return ours.model_copy(update={"prices": (*ours.prices, *yen)})


def _yen(amount: Decimal) -> Decimal:
    return (amount * YEN).quantize(Decimal(1))


@cache
def _templates() -> dict[str, dict[str, str]]:
    return templates(texts(FOLDER))


def draft(
    chance: Random, whole: bool = False, lines: tuple[AskedLine, ...] = (), months: int = 0, land: str = ""
) -> Draft:
    """`whole`: with the agreements that otherwise stand already."""
    who = customer(chance, land)
    currency = {"GB": "GBP", "US": "USD", "CA": "USD", "JP": "JPY"}.get(who.country, "EUR")
    sold = lines or _lines(chance, currency)
    offered = date(2026, 11, 1) + timedelta(days=chance.randrange(40))
    ask = Ask(
        version=chance.randrange(1, 5),
        currency=currency,
        lines=sold,
        months=months or chance.choice((12, 12, 24, 36, 18, 60)),
        starts_on=date(2026, 12, 1) + timedelta(days=chance.choice((0, 0, 14, 31, 59))),
        payment_days=chance.choice((30, 30, 14, 45, 60)),
        discount=None,
        offered_on=offered,
    )
    return drafted(chance, who, price(ask, book()), offered, sold, whole)


def drafted(
    chance: Random, who: Customer, quote: Quote, offered: date, sold: tuple[AskedLine, ...], whole: bool
) -> Draft:
    contract = _contract(chance, who, quote, offered, ALL if whole else FEW)
    stands = None if whole else SIGNED
    record = OnRecord(
        name=who.name,
        street=who.street,
        city=who.city,
        postal_code=who.postal_code,
        country=who.country,
        vat_id=who.vat_id,
        currency=quote.currency,
        amount=quote.total,
        months=quote.months,
        starts_on=quote.starts_on,
        lines=sold,
        people=tuple(Person(name=n, title=t, email=m, phone=p) for n, t, m, p in who.people),
        domain=who.domain if chance.random() < 0.7 else "",
        master_agreement_on=stands,
        data_agreement_on=stands,
    )
    others = tuple({customer(chance).name for _ in range(5)} - {who.name})
    others = tuple(sorted(o for o in others if o not in who.name and who.name not in o))
    return Draft(contract, record, book(), _promises(chance, quote), others)


def _lines(chance: Random, currency: str) -> tuple[AskedLine, ...]:
    base = chance.choice(("FLEET", "FLEET", "FLEET-PLUS"))
    extras = chance.sample(EXTRAS, chance.randrange(0, 7))
    kept = list({code.partition("-")[0]: code for code in extras}.values())  # one plan of each
    once = chance.choice(((), ("ONBOARD",), ("ONBOARD-XL",), ("ONBOARD", "INTEGR"), ("INTEGR",)))
    if currency == "JPY":
        kept = [code for code in kept if not book().tiers_on(code, "EUR", date(2026, 11, 17))]
    every = chance.choice((0, 0, 500, 1000, 1250, 1800, 3333, 4500))
    return tuple(_asked(chance, code, every) for code in (base, *kept, *once))


def _asked(chance: Random, code: str, every: int) -> AskedLine:
    product = book().product_of(code)
    assert product is not None
    single = product.unit in ("company", "project", "system")
    quantity = chance.randrange(1, 3) if single else chance.choice((10, 17, 60, 240, 999, 12_345))
    return AskedLine(code=code, quantity=quantity, discount=every if product.discountable else 0)


def _contract(chance: Random, who: Customer, quote: Quote, offered: date, kinds: tuple[str, ...]) -> Contract:
    number = f"2026-{''.join(chance.choices('ABCDEFGHJKMNPQRSTVWXYZ0123456789', k=6))}"
    signers = tuple(
        Signer(no=i, side="customer", name=name, title=title, email=mail, order=i)
        for i, (name, title, mail, _) in enumerate(who.people[:2], 1)
    )
    ours, documents, clauses = book().company, book().documents, choose({}, {}, book())
    uses = tuple(DocumentUse(template=k, title=TITLES[k], number=f"{PREFIX[k]}-{number}", why="") for k in kinds)
    return Contract(
        number=number,
        version=quote.version,
        offered_on=offered,
        customer=Party(
            legal_name=who.name,
            street=who.street,
            city=f"{who.postal_code} {who.city}",
            country=who.country,
            vat_id=who.vat_id,
            contact_name=who.people[0][0],
            contact_title=who.people[0][1],
        ),
        supplier=Party(
            legal_name=ours.legal_name,
            street=ours.street,
            city=ours.city,
            country=ours.country,
            vat_id=ours.vat_id,
            contact_name=OURS.name,
            contact_title=OURS.title,
        ),
        quote=quote,
        governing_law=book().law_of(who.country),
        tax_note=tax_note(who.country, who.vat_id, offered, book()),
        renewal_note=next(use.text for use in clauses if use.clause == "renewal"),
        clauses=clauses,
        documents=uses,
        signers=(*signers, OURS),
        data_place=documents.hosting["eu"].place,
        privacy_contact=documents.privacy_contact,
    )


def _promises(chance: Random, quote: Quote) -> tuple[Promise, ...]:
    if not any(line.code == "INTEGR" for line in quote.lines) or chance.random() < 0.3:
        return ()
    said = chance.choice(
        (
            "Sure, the connection to SAP S/4HANA 2023 is part of it.",
            "We integrate with Oracle NetSuite 2026.1, that is in the price.",
            "Our interface to Infor M3 version 17 does exactly that, and you get it by March.",
        )
    )
    return (Promise(said=said, where="what Maya Lindt promised"),)


def bound(made: Draft) -> Dossier:
    """The documents set and read; one that has a fault of its own is set apart."""
    papers = _papers(made, made.contract, ("", ""), our_brand())
    for kind in {*made.instead, *made.edits, *made.brands}:
        source, edit = made.instead.get(kind, made.contract), made.edits.get(kind, ("", ""))
        papers[kind] = _papers(made, source, edit, made.brands.get(kind, our_brand()))[kind]
    dossier = Dossier(
        contract=made.contract,
        papers=tuple(papers[use.template] for use in made.contract.documents),
        record=made.record,
        promises=made.promises,
        other_customers=made.others,
    )
    return made.after(dossier)


def _papers(made: Draft, source: Contract, edit: tuple[str, str], look: Brand) -> dict[str, Paper]:
    forged = Forged(**{**source.model_dump(), "mark": made.contract.digest})
    sources = {name: {file: _edited(text, edit) for file, text in each.items()} for name, each in _templates().items()}
    return {file.template: paper_of(file, body) for file, body in build(forged, sources, look)}


def _edited(text: str, edit: tuple[str, str]) -> str:
    return text.replace(*edit) if edit[0] else text


def with_quote(made: Draft, **changes: object) -> Draft:
    quote = made.contract.quote.model_copy(update=changes)
    return replace(made, contract=made.contract.model_copy(update={"quote": quote}))
