"""Who the customer is and who signs: as Salesforce has it, and as it can be at all."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from stdnum import get_cc_module

from bot.figures.near import distance, near_names
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import Contract, Signer
from bot.streams.deal.dossier import Dossier, OnRecord
from bot.streams.deal.finding import Finding, Severity

MAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
)
PHONE = re.compile(r"\+[1-9]\d{6,14}")
ACCOUNT = "correct the account in Salesforce, then draft again"
CONTACT = "correct the contact in Salesforce, then draft again"
LOOKS_LIKE = 2  # letters that differ
VAT_PREFIX = {"GR": "EL", "CH": "CHE"}
NO_PREFIX = frozenset({"AU", "CA", "JP", "NO", "US"})


def found(dossier: Dossier, playbook: Playbook) -> Iterator[Finding]:
    """The parties against Salesforce, their form, the signers, and every document for names of others."""
    contract, record = dossier.contract, dossier.record
    if record is not None:
        yield from _recorded(contract, record)
        yield from _phones(record)
    yield from _vat(contract, playbook)
    yield from _legal_form(contract, playbook)
    yield from _postal_code(contract, record, playbook)
    yield from _signers(dossier, playbook)
    yield from _names(dossier)


def _wrong(part: str, expected: str, said: str, **more: Any) -> Finding:
    severity: Severity = more.get("severity", "blocks")
    return Finding(
        group="people",
        severity=severity,
        document=more.get("document", "Contract"),
        part=part,
        expected=expected,
        found=said or "nothing",
        fix=more.get("fix", ACCOUNT),
        page=more.get("page", 0),
        redraft=True,
    )


def _recorded(contract: Contract, record: OnRecord) -> Iterator[Finding]:
    customer = contract.customer
    pairs = (
        ("customer's name", record.name, customer.legal_name),
        ("street", record.street, customer.street),
        ("town", f"{record.postal_code} {record.city}".strip(), customer.city),
        ("country", record.country, customer.country),
        ("VAT id", record.vat_id, customer.vat_id),
    )
    for part, expected, said in pairs:
        if expected != said:
            yield _wrong(part, f"{expected or 'nothing'}, as in Salesforce", said, fix="draft the package again")


def _phones(record: OnRecord) -> Iterator[Finding]:
    for person in record.people:
        digits = re.sub(r"[ ()./-]", "", person.phone)
        if digits and not PHONE.fullmatch(digits):
            expected = "+, the country's code and at most fifteen digits"
            yield _wrong(
                f"{person.name}, phone", expected, person.phone, fix=CONTACT, document="Salesforce", severity="warns"
            )


def _vat(contract: Contract, playbook: Playbook) -> Iterator[Finding]:
    """Form and check digit alone: whether it is registered, only the tax office knows."""
    country, number = contract.customer.country, contract.customer.vat_id.upper().replace(" ", "")
    if not number:
        return
    prefix = VAT_PREFIX.get(country, country)
    if country not in NO_PREFIX and not number.startswith(prefix):
        yield _wrong("VAT id", f"one of {country}, beginning with {prefix}", number, severity="warns")
        return
    rule = get_cc_module(country.lower(), "vat")
    if rule is not None and not rule.is_valid(number):
        yield _wrong("VAT id", f"a valid number of {country}", f"{number}, whose form or check digit is wrong")


def _legal_form(contract: Contract, playbook: Playbook) -> Iterator[Finding]:
    country, name = contract.customer.country, contract.customer.legal_name
    forms = playbook.quality.legal_forms
    ours = forms.get(country)
    if ours is None or any(_ends(name, form) for form in ours):
        return
    other = next((form for known in forms.values() for form in known if _ends(name, form)), None)
    if other is not None:
        listed = ", ".join(ours)
        yield _wrong("legal form", f"a form of {country}: {listed}", f"{name}", severity="warns")
    else:
        yield _wrong("legal form", f"a form of {country} after the name", name, severity="notes")


def _ends(name: str, form: str) -> bool:
    words, many = _bare(name).split(), len(form.split())
    return len(words) > many and "".join(words[-many:]) == _bare(form).replace(" ", "")


def _bare(text: str) -> str:
    return text.casefold().replace(".", "").replace(",", "")


def _postal_code(contract: Contract, record: OnRecord | None, playbook: Playbook) -> Iterator[Finding]:
    country = contract.customer.country
    pattern = playbook.quality.postal_codes.get(country)
    if pattern is None:
        return
    code = record.postal_code if record else ""
    fits = re.fullmatch(pattern, code) if record else re.match(rf"{pattern}\b", contract.customer.city)
    if not fits:
        yield _wrong("postal code", f"the form of {country}", code or contract.customer.city, severity="warns")


def _signers(dossier: Dossier, playbook: Playbook) -> Iterator[Finding]:
    signers = dossier.contract.signers
    for mail, many in Counter(s.email.casefold() for s in signers).items():
        if many > 1:
            names = ", ".join(s.name for s in signers if s.email.casefold() == mail)
            yield _wrong("signers", "an address for each who signs", f"{mail} for {names}", fix=CONTACT)
    for signer in signers:
        if not signer.title.strip():
            yield _wrong(f"{signer.name}, title", "what she or he signs as", "", fix=CONTACT)
        if not MAIL.fullmatch(signer.email.casefold()):
            yield _wrong(f"{signer.name}, e-mail", "an e-mail address", signer.email, fix=CONTACT)
        elif signer.side == "customer":
            yield from _domain(signer, dossier, playbook)


def _domain(signer: Signer, dossier: Dossier, playbook: Playbook) -> Iterator[Finding]:
    said, theirs, ours = signer.email.casefold().partition("@")[2], _theirs(dossier), playbook.company.domain
    part, address = f"{signer.name}, e-mail", signer.email
    if said == ours or said.endswith(f".{ours}"):
        yield _wrong(part, "an address of the customer", f"{address}, which is ours", fix=CONTACT)
    elif said in playbook.quality.free_mail:
        yield _wrong(part, "an address of the customer's own", address, fix=CONTACT, severity="warns")
    elif not theirs:
        for other in sorted(d for d in _domains(dossier) if 0 < distance(said, d, LOOKS_LIKE) <= LOOKS_LIKE):
            told = f"{address}, which is nearly {other}"
            yield _wrong(part, "one domain for the customer's people", told, fix=CONTACT)
    elif said != theirs and not said.endswith(f".{theirs}"):
        alike = distance(said, theirs, LOOKS_LIKE) <= LOOKS_LIKE
        told = f"{address}, which only looks like it" if alike else address
        severity = "blocks" if alike else "warns"
        yield _wrong(part, f"an address at {theirs}", told, fix=CONTACT, severity=severity)


def _theirs(dossier: Dossier) -> str:
    """The account's domain; when Salesforce has none, the one that most of its people have."""
    record = dossier.record
    if record is None or record.domain:
        return record.domain.casefold() if record else ""
    domains = _domains(dossier)
    (first, many), *_ = [*domains.most_common(1), ("", 0)]
    return first if many * 2 > domains.total() else ""


def _domains(dossier: Dossier) -> Counter[str]:
    people = dossier.record.people if dossier.record else ()
    return Counter(p.email.casefold().partition("@")[2] for p in people if "@" in p.email)


def _names(dossier: Dossier) -> Iterator[Finding]:
    name = dossier.contract.customer.legal_name
    others = [other for other in dossier.other_customers if other.casefold() not in name.casefold()]
    for paper in dossier.papers:
        for other in others:
            if re.search(rf"(?<!\w){re.escape(other)}(?!\w)", paper.text):
                page = paper.page_of(other)
                told = f"{other}, another customer"
                yield _wrong("names", name, told, document=paper.title, page=page, fix="draft the package again")
        for said in near_names(name, paper.text):
            page = paper.page_of(said)
            yield _wrong("names", name, said, document=paper.title, page=page, fix="draft the package again")
