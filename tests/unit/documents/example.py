"""The example company's contract at 18%, in literal numbers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from pathlib import Path

from bot import wiring
from bot.documents import brand
from bot.documents.brand import Brand
from bot.figures.clauses import choose
from bot.playbook import loader
from bot.streams.deal.contract import Contract, DocumentUse, Party, Signer
from bot.streams.deal.envelope import (
    ContractExecuted,
    DocumentOpened,
    Envelope,
    EnvelopeFact,
    EnvelopeSent,
    SignerConsented,
    SignerInvited,
    SignerOpened,
    SignerSigned,
    Whence,
    apply,
)
from bot.streams.deal.quote import PlannedInvoice, PricedLine, Quote
from bot.streams.money import Money

PLAYBOOK = Path(__file__).parents[3] / "playbook"
TITLES = {
    "quote": ("Quote", "Q-2026-4BFRT1"),
    "order-form": ("Order form", "OF-2026-4BFRT1"),
    "master-agreement": ("Master agreement", "MSA-2026-4BFRT1"),
    "data-processing-agreement": ("Data processing agreement", "DPA-2026-4BFRT1"),
}


def templates() -> dict[str, dict[str, str]]:
    folders = (PLAYBOOK / "templates").iterdir()
    return {folder.name: {file.name: file.read_text() for file in folder.iterdir()} for folder in folders}


def our_brand() -> Brand:
    return brand.read((PLAYBOOK / "brand.yaml").read_text())


def eur(text: str) -> Money:
    return Money.parse(text, "EUR")


def line(code: str, name: str, detail: str, unit: str, numbers: tuple[int, str, int, str, str]) -> PricedLine:
    quantity, price, discount, listed, net = numbers
    return PricedLine(
        code=code,
        name=name,
        plan="Standard",
        detail=detail,
        unit=unit,
        quantity=quantity,
        unit_price=eur(price),
        months=1 if code == "ONBOARD" else 24,
        one_off=code == "ONBOARD",
        discount=discount,
        list_total=eur(listed),
        total=eur(net),
    )


LINES = (
    line(
        "FLEET",
        "Fleet Platform",
        "Live map, trips, maintenance, reports",
        "seat",
        (240, "42.00", 1_800, "241920", "198374.40"),
    ),
    line(
        "ROUTE",
        "Route Planner",
        "Daily routes with time windows and loads",
        "vehicle",
        (60, "25.50", 1_800, "36720", "30110.40"),
    ),
    line(
        "ONBOARD",
        "Onboarding",
        "Set-up of vehicles, import of data, four training days",
        "project",
        (1, "9500.00", 0, "9500", "9500"),
    ),
)
INVOICES = (
    PlannedInvoice(
        number=1,
        invoice_on=date(2026, 12, 1),
        due_on=date(2027, 1, 30),
        period_from=date(2026, 12, 1),
        period_to=date(2027, 11, 30),
        lines=(("FLEET", eur("99187.20")), ("ROUTE", eur("15055.20")), ("ONBOARD", eur("9500"))),
        amount=eur("123742.40"),
    ),
    PlannedInvoice(
        number=2,
        invoice_on=date(2027, 12, 1),
        due_on=date(2028, 1, 30),
        period_from=date(2027, 12, 1),
        period_to=date(2028, 11, 30),
        lines=(("FLEET", eur("99187.20")), ("ROUTE", eur("15055.20"))),
        amount=eur("114242.40"),
    ),
)
QUOTE = Quote(
    version=2,
    currency="EUR",
    lines=LINES,
    months=24,
    starts_on=date(2026, 12, 1),
    payment_days=60,
    discount=1_800,
    list_total=eur("288140"),
    total=eur("237984.80"),
    arr=eur("114242.40"),
    cost=eur("88000"),
    margin=6_302,
    valid_until=date(2026, 12, 17),
    invoices=INVOICES,
)
CUSTOMER = Party(
    legal_name="Brightwater Freight GmbH",
    street="Am Sandtorkai 44",
    city="20457 Hamburg",
    country="DE",
    vat_id="DE136695976",
    contact_name="Clara Vogt",
    contact_title="Chief Operating Officer",
)
SUPPLIER = Party(
    legal_name="Larkspur Software Ltd",
    street="14 Harbour Row",
    city="Dublin D02 X285",
    country="IE",
    vat_id="IE1234567FA",
    contact_name="Ines Carvalho",
    contact_title="Managing Director",
)
SIGNERS = (
    Signer(
        no=1,
        side="customer",
        name="Clara Vogt",
        title="Chief Operating Officer",
        email="clara.vogt@brightwater.example",
        order=1,
    ),
    Signer(
        no=2,
        side="customer",
        name="Henrik Brandt",
        title="Chief Financial Officer",
        email="henrik.brandt@brightwater.example",
        order=2,
    ),
    Signer(
        no=3,
        side="ours",
        name="Ines Carvalho",
        title="Managing Director",
        email="ines.carvalho@larkspur.example",
        order=3,
        person="T07LARK:U07INES0001",
    ),
)
CONTRACT = Contract(
    number="2026-4BFRT1",
    version=2,
    offered_on=date(2026, 11, 17),
    customer=CUSTOMER,
    supplier=SUPPLIER,
    quote=QUOTE,
    governing_law="Germany",
    tax_note="Reverse charge: the recipient accounts for VAT (Article 196, Directive 2006/112/EC).",
    renewal_note=(
        "The subscription renews for twelve months at a time unless one side says no in writing at least sixty days "
        "before the end."
    ),
    documents=tuple(
        DocumentUse(template=template, title=title, number=number, why="Templates, line 1")
        for template, (title, number) in TITLES.items()
    ),
    signers=SIGNERS,
    clauses=choose({}, {}, loader.load(wiring.texts(PLAYBOOK))),
    data_place="Frankfurt am Main, Germany",
    privacy_contact="privacy@larkspur.example",
)


def envelope() -> Envelope:
    """Signed by Clara, Henrik and Ines on 18 and 19 November 2026; Henrik needed a reminder."""
    return reduce(apply, _history(), Envelope())


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def _history() -> Iterator[EnvelopeFact]:
    hash_of = "7f3a91c20be4d85a" * 4
    yield EnvelopeSent(
        envelope="01KA9M3QZ8J5V2W7N4T6X1B0CD",
        hash=hash_of,
        version=2,
        signers=SIGNERS,
        by="T07LARK:U07MAYA0001",
        at=at(18, 9),
        ends_at=at(30, 9),
        consent="2026-09-01",
    )
    yield from _signing(1, at(18, 9, 1), hash_of, Whence(ip="203.0.113.7", agent="Mozilla/5.0 (iPhone) Safari/605.1"))
    yield SignerInvited(signer=2, at=at(18, 9, 40), reminder=0)
    yield from _signing(2, at(19, 10), hash_of, Whence(ip="2001:db8::17", agent="Mozilla/5.0 (Windows) Firefox/141"))
    yield SignerSigned(
        signer=3,
        name="Ines Carvalho",
        sentence="I sign for Larkspur Software Ltd.",
        hash=hash_of,
        at=at(19, 15),
        whence=Whence(agent="Slack"),
    )
    yield ContractExecuted(hash=hash_of, at=at(19, 15))


def _signing(no: int, began: datetime, hash_of: str, whence: Whence) -> Iterator[EnvelopeFact]:
    name = SIGNERS[no - 1].name
    minutes = [began + timedelta(minutes=n) for n in range(8)]
    yield SignerInvited(signer=no, at=minutes[0], reminder=no - 1)
    yield SignerOpened(signer=no, at=minutes[1])
    yield SignerConsented(signer=no, at=minutes[2], consent="2026-09-01", whence=whence)
    for document in (1, 2, 3, 4):
        yield DocumentOpened(signer=no, document=document, at=minutes[2 + document])
    sentence = f"I, {name}, sign for Brightwater Freight GmbH and agree to 4 documents."
    yield SignerSigned(signer=no, name=name, sentence=sentence, hash=hash_of, at=minutes[7], whence=whence)
