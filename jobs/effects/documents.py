"""Versions side by side: worked out from what each document said when it was made."""

from bot.blocks import comparison_card
from bot.crashpoints import crashpoint
from bot.documents.blackline import Sides, blackline
from bot.figures.comparing import Compared, changes
from bot.figures.documents import side_by_side
from bot.streams.deal import outline
from bot.streams.deal.comparing import ComparisonAsked, RecordComparison
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.deal.moving import PutPostOff
from bot.streams.document_effects import BuildComparison, PostComparison
from bot.streams.ids import SYSTEM
from integrations.errors import Refused
from integrations.slack.port import Upload
from jobs.effects import place
from jobs.effects.how import Work

UNKNOWN = "made before its words were kept by clause: compare the two files by eye"


def compare(work: Work) -> RecordComparison | None:
    """The same two versions make the same bytes, so a repeat lands in the same place."""
    deal: Deal = work.state
    effect: BuildComparison = work.effect
    asked, made = deal.comparing.of(effect.no), deal.package.current or deal.package.assembled
    older, newer = (deal.package.of(no) for no in (asked.older, asked.newer)) if asked else (None, None)
    if asked is None or older is None or newer is None or made is None:
        return None
    documents = _documents(work, deal, asked)
    party = made.contract.customer
    sides = Sides(party.legal_name, party.country, made.contract.supplier.legal_name, older, newer)
    file, body = blackline(sides, documents, work.desk.brand)
    work.desk.ports.files.put(deal.id, body)
    count = sum(document.count for document in documents)
    return RecordComparison(stream_id=deal.id, actor=SYSTEM, no=asked.no, file=file, changes=count)


def post_comparison(work: Work) -> PutPostOff | None:
    """The file first, then its card."""
    deal: Deal = work.state
    effect: PostComparison = work.effect
    asked, made = deal.comparing.of(effect.no), deal.comparing.result(effect.no)
    if asked is None or made is None:
        return None
    where = place.internal(work, in_thread=True)
    if isinstance(where, PutPostOff):
        return where
    if not where.thread:
        raise Refused("card.missing")
    desk = work.desk
    card = comparison_card.card_of(deal, asked, _documents(work, deal, asked), desk.known())
    upload = Upload(made.file.name, made.file.title, desk.ports.files.get(deal.id, made.file.hash))
    desk.ports.slack.upload(f"{work.key}:files", where.channel, where.thread, [upload], probe=work.again)
    crashpoint("call.between")
    posted = place.post(work, card, in_thread=True)
    return posted if isinstance(posted, PutPostOff) else None


def _documents(work: Work, deal: Deal, asked: ComparisonAsked) -> tuple[Compared, ...]:
    return tuple(_compared(work, deal, old, new) for old, new in side_by_side(deal, asked.older, asked.newer))


def _compared(work: Work, deal: Deal, old: BuiltFile | None, new: BuiltFile | None) -> Compared:
    file = new or old
    title, number = (file.title, file.number) if file else ("", "")
    if old is None or new is None:
        return Compared(title, number, (), "only in the newer package" if new else "only in the older package")
    if old.hash == new.hash:
        return Compared(title, number, ())
    if not (old.outline and new.outline):
        return Compared(title, number, (), UNKNOWN)
    files = work.desk.ports.files
    before, after = (outline.read(files.get(deal.id, each.outline)) for each in (old, new))
    return Compared(title, number, changes(before, after))
