"""The papers beside a contract: made from its facts, held against them with all other documents, and shown."""

from bot.blocks import papers_card
from bot.crashpoints import crashpoint
from bot.documents import agreement
from bot.documents.papers import making
from bot.documents.papers.shown import shown
from bot.streams.deal.deal import Deal
from bot.streams.deal.moving import PutPostOff
from bot.streams.deal.papers import RecordPapers, RecordPapersPosted
from bot.streams.ids import SYSTEM
from bot.streams.paper_effects import MakePapers, PostPapers
from integrations.errors import Refused
from integrations.slack.port import Upload
from jobs.effects import place
from jobs.effects.how import Work


def make(work: Work) -> RecordPapers | None:
    """The same facts make the same bytes, so a repeat lands in the same place."""
    deal: Deal = work.state
    effect: MakePapers = work.effect
    package, opportunity = deal.package.current, deal.opportunity
    if package is None or package.version != effect.version or opportunity is None:
        return None
    desk, contract = work.desk, package.contract
    made = making.make(contract, opportunity, desk.playbook, desk.brand)
    files = [(file, desk.ports.files.get(deal.id, file.hash)) for file in package.files]
    files += [(each.paper.file, each.body) for each in made]
    facts = shown(contract, opportunity, desk.playbook)
    found = agreement.differences(contract, facts, files, desk.templates, desk.playbook)
    for each in made:
        for body in (each.body, each.outline):
            desk.ports.files.put(deal.id, body)
    papers = tuple(each.paper for each in made)
    return RecordPapers(stream_id=deal.id, actor=SYSTEM, version=effect.version, papers=papers, differences=found)


def post(work: Work) -> RecordPapersPosted | PutPostOff | None:
    """The files first, then their card. Files that do not agree with the facts are not shown, only told of."""
    deal: Deal = work.state
    effect: PostPapers = work.effect
    made = deal.papers.of(effect.version)
    if made is None or deal.package.version != effect.version:
        return None
    where = place.internal(work, in_thread=True)
    if isinstance(where, PutPostOff):
        return where
    if not where.thread:
        raise Refused("card.missing")
    files = work.desk.ports.files
    shown = () if made.differences else made.papers
    uploads = [Upload(p.file.name, p.file.title, files.get(deal.id, p.file.hash)) for p in shown]
    slack = work.desk.ports.slack
    links = slack.upload(f"{work.key}:files", where.channel, where.thread, uploads, probe=work.again) if uploads else ()
    crashpoint("call.between")
    posted = place.post(work, papers_card.card_of(deal, made), in_thread=True)
    if isinstance(posted, PutPostOff):
        return posted
    return RecordPapersPosted(stream_id=deal.id, actor=SYSTEM, version=effect.version, ts=posted.ts, links=tuple(links))
