"""The agents' own work: what takes longer than a rule may, and ends in a command to the same deal."""

from bot.agents.contracts.drafting import contract_of
from bot.agents.contracts.missing import MissingDetail
from bot.agents.contracts.offers import worked_out
from bot.agents.contracts.signers import NoSigner
from bot.blocks.signal_card import GONE, words
from bot.documents import audit_page, build, checks, looks, reading
from bot.documents.audit_page import SealNote
from bot.documents.brand import house_of
from bot.documents.build import TemplateProblem
from bot.figures.foreseeing import foreseen, habits
from bot.figures.policy_digest import policy_digest
from bot.figures.positioning import position, standing
from bot.figures.problem import PriceProblem
from bot.questions import intel
from bot.questions.package_checks import beyond_documents
from bot.streams.company.company import Company
from bot.streams.deal.approvals import PlanApprovals
from bot.streams.deal.deal import Deal
from bot.streams.deal.dossier import Dossier, Paper, Promise, on_record
from bot.streams.deal.envelope import RecordSealed
from bot.streams.deal.handoff import Celebrate, OfferHandoff
from bot.streams.deal.offers import RecordOffers
from bot.streams.deal.package import PackageAssembled, RecordChecks, RecordFailure, RecordPackage
from bot.streams.deal.standing import Standing
from bot.streams.effects import AssemblePackage
from bot.streams.ids import COMPANY, SYSTEM
from integrations.errors import Refused
from jobs.effects.how import Work
from jobs.effects.support import support_for

PROBLEMS = (PriceProblem, NoSigner, MissingDetail, TemplateProblem)


def assemble(work: Work) -> RecordPackage | RecordFailure | None:
    """The same contract makes the same bytes, so a repeat lands in the same place."""
    deal: Deal = work.state
    effect: AssemblePackage = work.effect
    if deal.package.version != effect.version:
        return None
    try:
        context = work.desk.context(work.now, "colleagues", "demands", "objections", of=deal)
        seen = intel.looked(work.desk.store, work.desk.playbook, deal, work.now)
        contract = contract_of(deal, context, position(seen) if seen else None)
        made = build.built(contract, work.desk.templates, work.desk.brand)
    except PROBLEMS as problem:
        field, expected, advice = problem.args
        return RecordFailure(
            stream_id=deal.id, actor=SYSTEM, version=effect.version, field=field, expected=expected, advice=advice
        )
    for each in made:
        for body in (each.body, each.outline):
            work.desk.ports.files.put(deal.id, body)
    industry = deal.opportunity.account.industry if deal.opportunity else ""
    return RecordPackage(
        stream_id=deal.id,
        actor=SYSTEM,
        version=effect.version,
        contract=contract,
        files=tuple(each.file for each in made),
        foreseen=foreseen(context.reads, industry, context.playbook),
        habits=habits(context.reads.demands),
        standing=standing(seen) if seen else Standing(),
    )


def build_offers(work: Work) -> RecordOffers | None:
    """By all past deals of the currency. Without a price there is nothing to offer: the package's card says why."""
    deal: Deal = work.state
    if deal.opportunity is None:
        return None
    with work.desk.store.snapshot() as tx:
        past = tx.past_deals.ended(deal.opportunity.currency)
    try:
        return worked_out(deal, past, work.desk.context(work.now, "colleagues"))
    except PriceProblem as problem:
        raise Refused(f"price.{problem.field}") from None


def check(work: Work) -> RecordChecks | None:
    """Reads the files again as anybody would, and compares them with the contract's data."""
    deal, made = _package(work)
    if made.version != work.effect.version:
        return None
    files = [(file, work.desk.ports.files.get(deal.id, file.hash)) for file in made.files]
    dossier = _dossier(work, deal, made, tuple(looks.paper_of(file, body) for file, body in files))
    beyond = beyond_documents(dossier, work.desk.playbook, house_of(work.desk.brand))
    found = (*checks.checks(made.contract, files), *beyond)
    return RecordChecks(stream_id=deal.id, actor=SYSTEM, version=made.version, checks=found)


def _dossier(work: Work, deal: Deal, made: PackageAssembled, papers: tuple[Paper, ...]) -> Dossier:
    """What was heard as a promise counts as long as its words are kept."""
    texts = work.desk.texts(deal.id)
    promises = (
        Promise(said=said, where=f"what {promise.name} promised")
        for promise in deal.signals.promises
        if (said := words(promise.said, texts.get(promise.text_id, ""))) != GONE
    )
    record = on_record(deal.opportunity) if deal.opportunity else None
    return Dossier(contract=made.contract, papers=papers, record=record, promises=tuple(promises))


def plan_approvals(work: Work) -> PlanApprovals:
    """Only by a policy that its owner approved, once she was ever asked."""
    company: Company = work.desk.state(COMPANY)
    if not company.policy.may_use(policy_digest(work.desk.playbook.approvals)):
        raise Refused("policy.not_approved")
    deal: Deal = work.state
    made = deal.package.current
    support = support_for(work, deal, made) if made is not None and made.version == work.effect.version else ()
    return PlanApprovals(stream_id=deal.id, actor=SYSTEM, version=work.effect.version, support=support)


def seal(work: Work) -> RecordSealed:
    """Sealed at the moment of the last signature: the audit page is set before the seal, and says so."""
    deal, made = _package(work)
    executed = deal.envelope.executed
    if executed is None:
        raise Refused("contract.not_executed")
    ports = work.desk.ports
    facts = ports.seal.facts(executed.at)
    bodies = [ports.files.get(deal.id, file.hash) for file in made.files]
    note = SealNote(subject=facts.subject, serial=facts.serial, sealed_at=facts.sealed_at)
    whole = audit_page.finish(bodies, made.contract, deal.envelope, note, work.desk.brand)
    sealed, done = ports.seal.seal(whole, f"Contract {made.contract.number}", executed.at)
    return RecordSealed(
        stream_id=deal.id,
        actor=SYSTEM,
        sealed_hash=ports.files.put(deal.id, sealed),
        pages=reading.pages(sealed),
        seal_subject=done.subject,
        seal_serial=done.serial,
    )


def offer_handoff(work: Work) -> OfferHandoff:
    return OfferHandoff(stream_id=work.state.id, actor=SYSTEM)


def celebrate(work: Work) -> Celebrate:
    return Celebrate(stream_id=work.state.id, actor=SYSTEM)


def _package(work: Work) -> tuple[Deal, PackageAssembled]:
    deal: Deal = work.state
    made = deal.package.current
    if made is None:
        raise Refused("package.missing")
    return deal, made
