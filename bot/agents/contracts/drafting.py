"""From the opportunity and the terms to the contract's data: one price, one set of signers, one list of documents."""

from collections.abc import Mapping
from datetime import date

from bot.agents.contracts.fit_texts import check_reviews
from bot.agents.contracts.lawful import check_law, check_terms
from bot.agents.contracts.missing import MissingDetail
from bot.agents.contracts.selection import check_wishes, select
from bot.agents.contracts.signers import choose
from bot.figures import clauses
from bot.figures.conditions import Facts
from bot.figures.contract_facts import PUBLIC, hosting_of, sectors_of, takes_own_paper
from bot.figures.deal_facts import deal_facts
from bot.figures.foreseeing import answers, foreseen, habits
from bot.figures.priced import price_of
from bot.figures.tax import tax_note
from bot.playbook.conditions import FactName
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import ClauseUse, Contract, DocumentUse, LawNote, Party, Signer
from bot.streams.deal.deal import Deal
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.standing import Position
from bot.streams.decision import Context

NUMBER_LENGTH = 6
RENEWAL = "renewal"  # of the ladder: several documents say it


def contract_of(deal: Deal, context: Context, position: Position | None = None) -> Contract:
    """Raises PriceProblem, NoSigner or MissingDetail, each with field, expectation and advice."""
    opportunity, terms = deal.opportunity, deal.package.terms
    if opportunity is None or terms is None:
        raise MissingDetail("Opportunity", "terms to draft from", "wait until the opportunity has been read")
    today = context.now.date()
    book = context.playbook
    quote = price_of(opportunity, terms, today, book)
    signers = choose(opportunity, context.reads.colleagues, quote.total, book)
    customer = _customer(opportunity, signers)
    public = PUBLIC in sectors_of(opportunity.account, book.documents)
    number = f"{today.year}-{deal.id[-NUMBER_LENGTH:]}"
    check_wishes(opportunity, book.documents)
    before = habits(context.reads.demands).documents
    facts = _with_habits(deal_facts(deal, quote, context), before)
    documents = select(facts, number, book.documents, before)
    check_reviews(documents, today, book)
    used, notes = _wording(deal, opportunity, documents, facts, context)
    hosting = hosting_of(opportunity, book.documents)
    return Contract(
        number=number,
        version=terms.version,
        offered_on=today,
        customer=customer,
        supplier=_supplier(signers, book),
        quote=quote,
        governing_law=book.law_of(customer.country, opportunity.account.state, public),
        tax_note=tax_note(customer.country, customer.vat_id, today, book),
        renewal_note=next((use.text for use in used if use.clause == RENEWAL), ""),
        documents=documents,
        signers=signers,
        hosting=hosting,
        data_place=book.documents.hosting[hosting].place,
        clauses=used,
        law_notes=notes,
        own_paper=takes_own_paper(opportunity, quote.total, book.documents),
        privacy_contact=book.documents.privacy_contact,
        position=position or Position(),
    )


def _wording(
    deal: Deal, opportunity: Opportunity, documents: tuple[DocumentUse, ...], facts: Facts, context: Context
) -> tuple[tuple[ClauseUse, ...], tuple[LawNote, ...]]:
    """Raises MissingDetail at terms that we do not have, and at what the law does not allow."""
    playbook, account = context.playbook, opportunity.account
    wishes = clauses.wishes_of(account)
    check_terms(wishes, playbook)
    expected = answers(foreseen(context.reads, account.industry, playbook))
    used = clauses.choose(wishes, facts, playbook, (expected, _agreed(deal)))
    notes = clauses.law_notes(used, frozenset(use.template for use in documents), facts, playbook)
    check_law(notes)
    return used, notes


def _agreed(deal: Deal) -> clauses.Reasons:
    """What stands by the answers to their redlines."""
    return {
        clause: (each.rung, f"agreed on their changes, {each.at:%-d %b %Y}")
        for clause, each in deal.redlines.agreed.items()
    }


def _with_habits(facts: Facts, before: Mapping[str, date]) -> Facts:
    """What they asked for in an earlier deal counts as asked for again."""
    return {**facts, FactName.ASKED: facts[FactName.ASKED] | set(before)} if before else facts


def _customer(opportunity: Opportunity, signers: tuple[Signer, ...]) -> Party:
    account = opportunity.account
    for field, value in (("Street", account.street), ("City", account.city), ("Country", account.country)):
        if not value.strip():
            raise MissingDetail(f"Billing {field.lower()}", f"the customer's {field.lower()}", "add it to the account")
    first = next(s for s in signers if s.side == "customer")
    return Party(
        legal_name=account.name,
        street=account.street,
        city=f"{account.postal_code} {account.city}".strip(),
        country=account.country,
        vat_id=account.vat_id,
        contact_name=first.name,
        contact_title=first.title,
    )


def _supplier(signers: tuple[Signer, ...], playbook: Playbook) -> Party:
    company = playbook.company
    ours = next(s for s in signers if s.side == "ours")
    return Party(
        legal_name=company.legal_name,
        street=company.street,
        city=company.city,
        country=company.country,
        vat_id=company.vat_id,
        contact_name=ours.name,
        contact_title=ours.title,
    )
