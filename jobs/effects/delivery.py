"""The delivery of a package: drafted from what is known of the customer, shown to the rep, mailed on her click."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from bot.blocks import delivery_card
from bot.figures import positioning
from bot.figures.delivery import calendar_of, slots, timing
from bot.figures.manner import manner
from bot.letters import cover
from bot.letters.cover import Covered
from bot.playbook.company import Calendar
from bot.playbook.wording import fill
from bot.questions import intel
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.deal.delivery import (
    Because,
    FollowUp,
    Mail,
    RecordDeliveryPosted,
    RecordDraft,
    RecordMailed,
    Spoken,
)
from bot.streams.deal.moving import PutPostOff
from bot.streams.deal.opportunity import Contact, Opportunity
from bot.streams.delivery_effects import DraftDelivery, MailPackage, PostDelivery
from bot.streams.ids import SYSTEM, digest
from integrations.errors import Refused
from integrations.mail.port import Attachment, Letter
from jobs.effects import place
from jobs.effects.how import Work

REASONS: tuple[Because, ...] = ("ignored", "opened", "forwarded")


def draft(work: Work) -> RecordDraft | None:
    deal: Deal = work.state
    effect: DraftDelivery = work.effect
    made, opportunity = deal.package.current, deal.opportunity
    if made is None or made.version != effect.version or opportunity is None:
        return None
    rules, account = work.desk.playbook.deliveries, opportunity.account
    customs = rules.customs(account.country)
    theirs = calendar_of(customs, account.country, account.state)
    moments = sorted(_moments(deal))
    written = _covered(work, deal, opportunity)
    found = slots(work.now, theirs, _ours(work, deal), customs, rules)
    return RecordDraft(
        stream_id=deal.id,
        actor=SYSTEM,
        version=made.version,
        hash=made.hash,
        letter=cover.cover(written),
        invitation=cover.invitation(written, found, theirs.time_zone),
        language=written.manner.language,
        style=written.manner.why,
        timing=timing(moments, _by_mail(deal), work.now, theirs, customs, rules),
        slots=found,
        run=tuple(_run(work, written)),
        follow_ups=tuple(FollowUp(because=why, letter=cover.follow_up(written, why)) for why in REASONS),
    )


def post(work: Work) -> RecordDeliveryPosted | PutPostOff | None:
    deal: Deal = work.state
    effect: PostDelivery = work.effect
    if deal.delivery.drafted is None or deal.delivery.drafted.version != effect.version:
        return None
    posted = place.post(work, delivery_card.card_of(deal, work.desk.playbook, work.desk.known()), in_thread=True)
    if isinstance(posted, PutPostOff):
        return posted
    return RecordDeliveryPosted(stream_id=deal.id, actor=SYSTEM, version=effect.version, ts=posted.ts)


def refresh(work: Work) -> PutPostOff | None:
    deal: Deal = work.state
    posted = deal.delivery.posted
    if posted is None:
        return None
    card = delivery_card.card_of(deal, work.desk.playbook, work.desk.known())
    return place.edit(work, deal.opening.channel, posted.ts, card)


def mail(work: Work) -> RecordMailed | None:
    """Exactly what the person saw; of a package that is another by now, nothing."""
    deal: Deal = work.state
    effect: MailPackage = work.effect
    wanted, drafted = deal.delivery.mail(effect.number), deal.delivery.drafted
    if wanted is None or wanted.seen != effect.seen or drafted is None or drafted.hash != deal.package.hash:
        return None
    message_id = f"<{digest(work.key)[:32]}@{work.desk.playbook.company.domain}>"
    work.desk.ports.mail.send(_letter(work, wanted, message_id))
    return RecordMailed(stream_id=deal.id, actor=SYSTEM, number=effect.number, message_id=message_id)


def _letter(work: Work, of: Mail, message_id: str) -> Letter:
    deal: Deal = work.state
    known = {file.hash: file for file in _files(deal)}
    if set(of.files) - set(known):
        raise Refused("document.unknown")
    bodies = tuple(Attachment(known[h].name, work.desk.ports.files.get(deal.id, h)) for h in of.files)
    company = work.desk.playbook.company
    return Letter(message_id, of.to_name, of.to_email, of.subject, of.text, "", company.contact, bodies)


def _files(deal: Deal) -> tuple[BuiltFile, ...]:
    """What a customer may have: the package's documents, and the papers for customers."""
    made, papers = deal.package.current, deal.papers.of(deal.package.version)
    theirs = tuple(paper.file for paper in (papers.papers if papers else ()) if paper.audience == "customer")
    return (*(made.files if made else ()), *theirs)


def _covered(work: Work, deal: Deal, opportunity: Opportunity) -> Covered:
    book = work.desk.playbook
    seen = intel.looked(work.desk.store, book, deal, work.now)
    contract = deal.package.current
    if seen is None or contract is None:
        raise Refused("package.missing")
    texts, rules = list(seen.texts.values()), book.deliveries
    country = opportunity.account.country
    return Covered(
        contract=contract.contract,
        contact=_contact(opportunity),
        customer=deal.customer,
        rep=work.desk.known().name(deal.opening.rep),
        manner=manner(texts, rules.customs(country), rules, country),
        answers=positioning.answers(seen),
        files=[file for wanted in rules.attach for file in _files(deal) if file.template == wanted],
        playbook=book,
    )


def _contact(opportunity: Opportunity) -> Contact:
    """The primary one, else the first who can be written to."""
    people = sorted(opportunity.contacts, key=lambda c: (not c.primary, not c.email, c.role != "Signer"))
    if not people:
        raise Refused("signer.missing")
    return people[0]


def _moments(deal: Deal) -> Iterator[datetime]:
    """When people of theirs wrote, opened or answered."""
    for said in deal.heard_from_them:
        yield datetime.fromtimestamp(int(Decimal(said.ts)), UTC)
    for noticed in deal.delivery.noticed:
        if noticed.what in ("opened", "replied"):
            yield noticed.at
    for _, progress in deal.envelope.progress:
        if progress.opened is not None:
            yield progress.opened.at


def _by_mail(deal: Deal) -> int:
    return sum(1 for noticed in deal.delivery.noticed if noticed.what in ("opened", "replied"))


def _ours(work: Work, deal: Deal) -> Calendar:
    """The rep's own business hours."""
    people = work.desk.context(work.now, "colleagues").reads
    rep = people.colleague(deal.opening.rep)
    return work.desk.playbook.calendar_of(rep.time_zone if rep else "")


def _run(work: Work, of: Covered) -> Iterator[Spoken]:
    quote = of.contract.quote
    position, asked = of.contract.position, next(iter(of.answers), None)
    words = {
        "customer": of.customer,
        "needs": ", ".join(a.title.lower() for a in position.advantages) or "not known yet; ask",
        "lines": ", ".join(dict.fromkeys(line.name for line in quote.lines)),
        "total": str(quote.total),
        "months": str(quote.months),
        "advantages": "; ".join(a.says for a in position.advantages) or "What they said yes to, unchanged",
        "question": f"{asked.asks['en']} {asked.answer['en']}" if asked else "Ask what is still open.",
        "valid_until": f"{quote.valid_until:%-d %b %Y}",
    }
    begins = 0
    for part in work.desk.playbook.deliveries.run_of_show:
        yield Spoken(begins=begins, ends=begins + part.seconds, title=part.title, says=fill(part.says, words))
        begins += part.seconds
