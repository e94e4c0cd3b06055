"""The package: recorded only when its price is what the price book says, and made anew when terms change."""

from bot.agents.contracts.redlines import closed
from bot.figures.negotiating import noted
from bot.figures.positioning import only_for_customers
from bot.figures.priced import price_of
from bot.figures.problem import PriceProblem
from bot.figures.retention import deadline, of_made
from bot.streams.deal.deal import Deal
from bot.streams.deal.handovers import ToQuality, to_contracts
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.package import (
    DraftAgain,
    PackageAssembled,
    PackageFailed,
    PackagePosted,
    RecordFailure,
    RecordPackage,
    RecordPackagePosted,
    Reprice,
    Terms,
    TermsSet,
)
from bot.streams.deal.quote import Quote
from bot.streams.deal.standing import RecordStandingPosted, StandingPosted, StandingTaken
from bot.streams.deal.withdrawing import closed as withdrawn
from bot.streams.decision import NOTHING, Accept, Context, Decision, Refuse
from bot.streams.effects import AssemblePackage, CheckPackage, Effect, ReadOpportunity, RepriceOpportunity
from bot.streams.legal_effects import MakeMemo
from bot.streams.paper_effects import MakePapers, PostPapers
from bot.streams.positioning_effects import PostStanding, WritePosition
from bot.streams.tell import close


def record(deal: Deal, command: RecordPackage, context: Context) -> Decision:
    opportunity, terms = deal.opportunity, deal.package.terms
    if opportunity is None or terms is None or terms.version != command.version:
        return NOTHING
    offered_on = command.contract.offered_on
    if price_of(opportunity, terms, offered_on, context.playbook) != command.contract.quote:
        return Refuse("package.changed")
    if not only_for_customers(command.contract.position, context):
        return Refuse("package.internal")
    told = {name: getattr(command, name) for name in ("version", "contract", "files", "foreseen", "habits")}
    made = PackageAssembled(**told, at=context.now)
    over = ToQuality(
        at=context.now,
        version=made.version,
        hash=made.hash,
        documents=len(made.files),
        total=made.contract.quote.total,
    )
    crm: list[Effect] = [RepriceOpportunity(version=made.version)] if made.version > 1 else []
    asked = noted(deal, made.contract, context.now.date())
    owed = (CheckPackage(version=made.version), MakeMemo(version=made.version), *crm, *asked, *closed(deal))
    ends = (deadline(deal.id, made.version, of_made(context.now, context.playbook.retention)),)
    if command.standing.is_empty:
        return Accept((made, over), owed, deadlines=ends)
    taken = StandingTaken(version=made.version, standing=command.standing, at=context.now)
    return Accept((made, over, taken), (*owed, WritePosition(version=made.version)), deadlines=ends)


def record_failure(deal: Deal, command: RecordFailure, context: Context) -> Decision:
    if command.version != deal.package.version:
        return NOTHING
    told = command.model_dump(include={"version", "field", "expected", "advice"})
    return Accept((PackageFailed(**told),))


def record_posted(deal: Deal, command: RecordPackagePosted, context: Context) -> Decision:
    posted = PackagePosted(version=command.version, ts=command.ts, links=command.links)
    if deal.package.current is None:
        return Accept((posted,))
    known = deal.papers.of(command.version)
    owed = PostPapers(version=command.version) if known else MakePapers(version=command.version)
    stands = (PostStanding(version=command.version),) if deal.standings.of(command.version) else ()
    return Accept((posted,), (*stands, owed))


def reprice(deal: Deal, command: Reprice, context: Context) -> Decision:
    opportunity, terms = deal.opportunity, deal.package.terms
    if opportunity is None or terms is None:
        return Refuse("deal.unknown")
    if deal.envelope.sent is not None:
        return Refuse("envelope.already_sent")
    made = deal.package.current
    if made is not None and command.seen != made.hash:
        return Refuse("package.changed")
    quote = made.contract.quote if made else None
    wanted = _wanted(deal, command, terms.terms)
    if wanted is None:
        return Refuse("offer.replaced")
    if quote and not _changes(wanted, terms.terms, quote):
        return Refuse("reprice.no_change", field="discount")
    new = TermsSet(version=terms.version + 1, terms=wanted, by=command.actor, at=context.now)
    problem = _problem(opportunity, new, context)
    if problem is not None:
        return Refuse("reprice.no_price", field="discount")
    tasks = withdrawn(deal, deal.approvals.open, withdrawn=True)
    asked_again = close(deal.opening.rep, f"{deal.id}:reprice-{terms.version}")
    strategy = deal.signals.strategy.strategy if deal.signals.strategy else "by hand"
    return Accept(
        (new, to_contracts(opportunity, new, strategy)),
        (*tasks, asked_again, AssemblePackage(version=new.version)),
    )


def _wanted(deal: Deal, command: Reprice, stands: Terms) -> Terms | None:
    """None when the scenario is not one of the newest, or not what the person saw."""
    asked = {"discount": command.discount, "payment_days": command.payment_days}
    if not command.scenario:
        return stands.model_copy(update={**asked, "scenario": ""})
    made, chosen = deal.offers.made, deal.offers.scenario(command.scenario)
    if made is None or chosen is None or made.seen != command.seen:
        return None
    if (chosen.discount, chosen.payment_days) != (command.discount, command.payment_days):
        return None
    more = {"months": chosen.months, "bill_shares": chosen.bill_shares, "scenario": chosen.title}
    return Terms(**asked, **more)


def _changes(wanted: Terms, stands: Terms, quote: Quote) -> bool:
    now = (quote.discount, quote.payment_days, quote.months, stands.bill_shares)
    return (wanted.discount, wanted.payment_days, wanted.months or quote.months, wanted.bill_shares) != now


def draft_again(deal: Deal, command: DraftAgain, context: Context) -> Decision:
    """The same terms, from Salesforce as it is by now."""
    opportunity, terms, made = deal.opportunity, deal.package.terms, deal.package.current
    if opportunity is None or terms is None:
        return Refuse("deal.unknown")
    if deal.envelope.sent is not None:
        return Refuse("envelope.already_sent")
    if made is None or command.seen != made.hash:
        return Refuse("package.changed")
    new = TermsSet(version=terms.version + 1, terms=terms.terms, by=command.actor, at=context.now)
    tasks = withdrawn(deal, deal.approvals.open, withdrawn=True)
    strategy = deal.signals.strategy.strategy if deal.signals.strategy else "by hand"
    read = ReadOpportunity(opportunity_id=opportunity.id)
    drafted = AssemblePackage(version=new.version, after=read.kind)
    return Accept((new, to_contracts(opportunity, new, strategy)), (*tasks, read, drafted))


def _problem(opportunity: Opportunity, terms: TermsSet, context: Context) -> PriceProblem | None:
    try:
        price_of(opportunity, terms, context.now.date(), context.playbook)
    except PriceProblem as problem:
        return problem
    return None


def record_standing_posted(deal: Deal, command: RecordStandingPosted, context: Context) -> Decision:
    return Accept((StandingPosted(version=command.version, ts=command.ts),))
