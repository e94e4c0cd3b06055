"""Terms and clauses: what the policy allows, every document that it asks for, and the same words in each."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from dateutil.relativedelta import relativedelta

from bot.figures.conditions import holds
from bot.figures.contract_facts import stands
from bot.playbook.closing import DocumentRule
from bot.playbook.conditions import FactName
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import Contract
from bot.streams.deal.dossier import Dossier, OnRecord, Paper
from bot.streams.deal.finding import Finding, Severity

NUMBER = re.compile(r"\b([A-Z]{1,4})-(\d{4}-[0-9A-Z]{6})\b")
LAST_DAY = re.compile(r"(?:[Tt]he last day is|months? from \d{1,2} \w+ \d{4}, to) (\d{1,2} \w+ \d{4})")
AVAILABLE = re.compile(r"(?:available for at least |Availability of at least )(\d{2,3}(?:\.\d+)?)%")
ALWAYS = ("quote", "order-form")
REDRAFT = "draft the package again"
CLAUSE = 60  # characters shown of what a document says


def found(dossier: Dossier, playbook: Playbook) -> Iterator[Finding]:
    """Of the contract's data against the policy and Salesforce, then of each document against the data."""
    contract = dossier.contract
    yield from _policy(contract, dossier.record, playbook)
    yield from _days(contract)
    yield from _documents(contract, dossier.record, playbook)
    if dossier.record is not None:
        yield from _recorded(contract, dossier.record)
    for paper in dossier.papers:
        yield from _numbers(paper, contract)
        yield from _last_day(paper, contract)
        yield from _renewal(paper, contract)


def _wrong(document: str, part: str, expected: object, said: object, **more: Any) -> Finding:
    severity: Severity = more.get("severity", "blocks")
    return Finding(
        group="terms",
        severity=severity,
        document=document,
        part=part,
        expected=str(expected),
        found=str(said),
        fix=more.get("fix", REDRAFT),
        page=more.get("page", 0),
        redraft="fix" not in more,
    )


def _policy(contract: Contract, record: OnRecord | None, playbook: Playbook) -> Iterator[Finding]:
    most, days = playbook.quality.payment_days_up_to, contract.quote.payment_days
    if days > most:
        fix = "agree on a shorter term, or have the managing director decide"
        yield _wrong("Contract", "payment", f"at most net {most}", f"net {days}", fix=fix, severity="warns")
    state, public = (record.state, record.public_body) if record else ("", False)
    law = playbook.law_of(contract.customer.country, state, public)
    if contract.governing_law != law:
        fix = "draft again; another law needs legal's yes"
        yield _wrong("Contract", "governing law", law, contract.governing_law, fix=fix, severity="warns")
    if contract.quote.valid_until < contract.offered_on:
        until = contract.quote.valid_until
        yield _wrong("Contract", "valid until", f"{contract.offered_on} or later", until)


def _days(contract: Contract) -> Iterator[Finding]:
    quote = contract.quote
    expected = quote.starts_on
    for invoice in quote.invoices:
        due = invoice.invoice_on + timedelta(days=quote.payment_days)
        if invoice.due_on != due:
            yield _wrong("Contract", f"invoice {invoice.number}, due", due, invoice.due_on)
        if invoice.period_from != expected:
            yield _wrong("Contract", f"invoice {invoice.number}, period", f"from {expected}", invoice.period_from)
        expected = invoice.period_to + timedelta(days=1)


def _documents(contract: Contract, record: OnRecord | None, playbook: Playbook) -> Iterator[Finding]:
    """By every rule whose facts are known here: what the customer asked for, for one, is not."""
    facts = {**_known(contract, playbook), **(_agreed(contract, record, playbook) if record else {})}
    there = {use.template for use in contract.documents}
    wanted: dict[str, DocumentRule] = {}
    for rule in playbook.documents.rules:
        known = all(condition.fact in facts for condition in rule.when)
        if known and holds(rule.when, facts) and rule.template not in there:
            wanted.setdefault(rule.template, rule)
    for rule in wanted.values():
        yield _wrong(rule.title, "whole document", f"part of the package ({rule.line})", "missing")


def _known(contract: Contract, playbook: Playbook) -> dict[FactName, Any]:
    products = [playbook.product_of(line.code) for line in contract.quote.lines]
    return {
        FactName.COUNTRY: contract.customer.country,
        FactName.REGIONS: playbook.regions_of(contract.customer.country),
        FactName.PERSONAL_DATA: any(product.personal_data for product in products if product),
        FactName.HOSTING: contract.hosting,
    }


def _agreed(contract: Contract, record: OnRecord, playbook: Playbook) -> dict[FactName, Any]:
    years, today = playbook.documents.standing_years, contract.offered_on
    return {
        FactName.HAS_MASTER_AGREEMENT: stands(record.master_agreement_on, years.master_agreement, today),
        FactName.HAS_DATA_AGREEMENT: stands(record.data_agreement_on, years.data_agreement, today),
        FactName.WANTS_OWN_PAPER: record.own_paper,
    }


def _recorded(contract: Contract, record: OnRecord) -> Iterator[Finding]:
    quote = contract.quote
    if quote.kind == "new" and quote.months != record.months:
        agreed = f"{record.months} months as in Salesforce"
        fix = "a scenario may have another term; if none was chosen, correct Salesforce and draft again"
        yield _wrong("Contract", "term", agreed, f"{quote.months} months", fix=fix, severity="warns")
    if quote.kind == "new" and quote.starts_on != record.starts_on:
        yield _wrong("Contract", "start", f"{record.starts_on} as in Salesforce", quote.starts_on)


def _numbers(paper: Paper, contract: Contract) -> Iterator[Finding]:
    ours = {use.number for use in contract.documents}
    kinds = {number.partition("-")[0] for number in ours}
    for kind, rest in dict.fromkeys(NUMBER.findall(paper.text)):
        number = f"{kind}-{rest}"
        if number not in ours and (kind in kinds or rest != contract.number):
            page = paper.page_of(number)
            yield _wrong(paper.title, "reference", "a document of this package", number, page=page)


def _last_day(paper: Paper, contract: Contract) -> Iterator[Finding]:
    quote = contract.quote
    if quote.kind != "new":
        return
    ends = day(quote.starts_on + relativedelta(months=quote.months) - timedelta(days=1))
    for said in dict.fromkeys(LAST_DAY.findall(paper.text)):
        if said != ends:
            yield _wrong(paper.title, "last day", ends, said, page=paper.page_of(said))


def _renewal(paper: Paper, contract: Contract) -> Iterator[Finding]:
    note = "".join(contract.renewal_note.split())
    if paper.template in ALWAYS and paper.pages and note not in "".join(paper.text.split()):
        said = re.search(r"(?:The subscription renews|Renewal) .{0,200}", paper.text)
        shown = said[0][:CLAUSE] if said else "nothing of it"
        page = paper.page_of(said[0][:20]) if said else 0
        yield _wrong(paper.title, "renewal", contract.renewal_note, shown, page=page)


def day(on: date) -> str:
    """As documents write it."""
    return str(format_date(on, "d MMMM y", locale="en_GB"))
