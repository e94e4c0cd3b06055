"""Salesforce: the record as it stands, its prices, and Closed Won."""

from decimal import Decimal
from fractions import Fraction

from bot.crashpoints import crashpoint
from bot.figures.credit_rows import with_credit
from bot.streams.company.company import PastDealRow, RecordHistory
from bot.streams.company.roster import CrmUser, RecordUsers
from bot.streams.deal.books import RecordAttached, RecordClosed
from bot.streams.deal.contract import Contract
from bot.streams.deal.deal import Deal
from bot.streams.deal.opening import RecordOpportunity
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.quote import PricedLine, Quote
from bot.streams.effects import ReadOpportunity
from bot.streams.ids import SYSTEM
from bot.streams.money import Money, basis_points, total
from integrations.errors import Refused
from integrations.salesforce.port import CrmClose, CrmLine, CrmPastDeal
from jobs.effects.how import Work
from jobs.effects.opportunity import translated

PROGRESS_EVERY = 200


def read_opportunity(work: Work) -> RecordOpportunity:
    effect: ReadOpportunity = work.effect
    read = translated(work.desk.ports.crm.read(effect.opportunity_id))
    if (credits := work.desk.credits()) is not None:
        account = with_credit(read.account, credits, read.currency)
        read = read.model_copy(update={"account": account})
    return RecordOpportunity(stream_id=work.state.id, actor=SYSTEM, opportunity=read)


def reprice(work: Work) -> None:
    deal, opportunity, contract = _drafted(work)
    if deal.package.version == work.effect.version:
        quote = contract.quote
        work.desk.ports.crm.reprice(opportunity.id, _lines(opportunity, quote), quote.payment_days, _months(deal))


def close(work: Work) -> RecordClosed:
    """Nothing is written before the record's amount equals the contract's; a person aligns what differs."""
    deal, opportunity, contract = _drafted(work)
    crm, quote = work.desk.ports.crm, contract.quote
    if deal.books.aligned is not None:
        crm.reprice(opportunity.id, _lines(opportunity, quote), quote.payment_days, _months(deal))
        crashpoint("call.between")
    read = crm.read(opportunity.id)
    amount = Money.parse(read.amount, read.currency)
    if amount != quote.total:
        return RecordClosed(stream_id=deal.id, actor=SYSTEM, contract_id="", amount=amount, stage=read.stage)
    closed = crm.close(_close(deal, opportunity, contract, work))
    return RecordClosed(
        stream_id=deal.id,
        actor=SYSTEM,
        contract_id=closed.contract_id,
        amount=Money.parse(closed.amount, quote.currency),
        stage=work.desk.playbook.stages.won,
    )


def attach(work: Work) -> RecordAttached:
    deal, opportunity, contract = _drafted(work)
    sealed, closed = deal.envelope.sealed, deal.books.closed
    if sealed is None or closed is None:
        raise Refused("contract.unsealed")
    body = work.desk.ports.files.get(deal.id, sealed.sealed_hash)
    title = f"Signed contract {contract.number}"
    where = opportunity.id, closed.contract_id, title, f"contract-{contract.number}.pdf"
    version = work.desk.ports.crm.attach(f"{deal.id}:contract", *where, body)
    return RecordAttached(stream_id=deal.id, actor=SYSTEM, version_id=version)


def read_history(work: Work) -> RecordHistory:
    rows: list[PastDealRow] = []
    for deal in work.desk.ports.crm.closed_deals():
        rows.append(_past(deal))
        if len(rows) % PROGRESS_EVERY == 0:
            work.progress(f"{len(rows)} closed deals read")
    return RecordHistory(stream_id=work.state.id, actor=SYSTEM, deals=tuple(rows))


def read_users(work: Work) -> RecordUsers:
    users = tuple(CrmUser(**user.model_dump()) for user in work.desk.ports.crm.users())
    return RecordUsers(stream_id=work.state.id, actor=SYSTEM, users=users)


def _drafted(work: Work) -> tuple[Deal, Opportunity, Contract]:
    deal: Deal = work.state
    made = deal.package.current
    if deal.opportunity is None or made is None:
        raise Refused("package.missing")
    return deal, deal.opportunity, made.contract


def _months(deal: Deal) -> int:
    """A term other than the record's; 0 when it stays."""
    return deal.package.terms.terms.months if deal.package.terms else 0


def _lines(opportunity: Opportunity, quote: Quote) -> tuple[CrmLine, ...]:
    """As they stand there: the parts that tiers make of a line are one, and its unit price is for the whole term."""
    quantities = {line.crm_id: line.quantity for line in opportunity.lines}
    parts: dict[str, list[PricedLine]] = {}
    for line in quote.lines:
        parts.setdefault(line.crm_id, []).append(line)
    return tuple(_line(found, quantities.get(crm_id, found[0].quantity)) for crm_id, found in parts.items())


def _line(parts: list[PricedLine], quantity: int) -> CrmLine:
    currency = parts[0].total.currency
    listed = total((part.list_total for part in parts), currency)
    return CrmLine(
        id=parts[0].crm_id,
        product_code=parts[0].code,
        quantity=str(quantity),
        unit_price=str(listed.times(Fraction(1, quantity)).decimal()),
        discount=str(Decimal(parts[0].discount) / 100),
        total_price=str(total((part.total for part in parts), currency).decimal()),
    )


def _close(deal: Deal, opportunity: Opportunity, contract: Contract, work: Work) -> CrmClose:
    executed = deal.envelope.executed
    if executed is None:
        raise Refused("contract.not_executed")
    first = next(iter(opportunity.signers), None)
    kick_off = (f"{deal.id}:kick-off", f"Kick-off with {deal.customer}", contract.quote.starts_on)
    return CrmClose(
        key=deal.id,
        opportunity_id=opportunity.id,
        account_id=opportunity.account.id,
        stage=work.desk.playbook.stages.won,
        close_on=executed.at.date(),
        lines=_lines(opportunity, contract.quote),
        contract_starts_on=contract.quote.starts_on,
        contract_months=contract.quote.months,
        signed_on=executed.at.date(),
        signer_contact_id=first.id if first else "",
        signer_title=first.title if first else "",
        contact_roles=tuple((c.id, "Signer") for c in opportunity.signers),
        payment_days=contract.quote.payment_days,
        tasks=(kick_off,),
    )


def _past(deal: CrmPastDeal) -> PastDealRow:
    return PastDealRow(
        id=deal.id,
        customer=deal.customer,
        industry=deal.industry,
        currency=deal.currency,
        total=Money.parse(deal.amount, deal.currency).minor,
        discount=basis_points(deal.discount),
        payment_days=deal.payment_days,
        won=deal.won,
        days=max((deal.closed_on - deal.created_on).days, 0),
        closed_on=deal.closed_on.isoformat(),
        months=deal.term_months,
        competitor=deal.competitor,
        positioning=deal.positioning,
    )
