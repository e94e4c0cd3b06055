"""What legal reads, and what a customer wrote: made by tasks, shown where only those may see it who should."""

from bot.blocks import redline_card
from bot.crashpoints import crashpoint
from bot.documents import memo
from bot.streams.deal.deal import Deal
from bot.streams.deal.memo import RecordMemo
from bot.streams.deal.moving import PutPostOff
from bot.streams.deal.redlines import RecordRedlinePosted
from bot.streams.ids import SYSTEM
from bot.streams.legal_effects import MakeMemo, PostRedline, RefreshRedline
from bot.streams.person.person import Inbox
from integrations.slack.port import Posted, Upload
from jobs.effects import place
from jobs.effects.how import Work


def make_memo(work: Work) -> RecordMemo | None:
    """The same facts make the same bytes, so a repeat lands in the same place."""
    deal: Deal = work.state
    effect: MakeMemo = work.effect
    made = deal.package.current
    if made is None or made.version != effect.version:
        return None
    file, body = memo.make(made, deal.customer, work.desk.playbook, work.desk.brand)
    work.desk.ports.files.put(deal.id, body)
    return RecordMemo(stream_id=deal.id, actor=SYSTEM, version=effect.version, file=file)


def attach_memo(work: Work, item: Inbox, posted: Posted) -> None:
    """Below its card, in the direct message: nobody else can read it there."""
    made = work.desk.deal(item.task.deal).memo.made
    if made is None or made.hash != item.task.seen:
        return
    crashpoint("call.between")
    body = work.desk.ports.files.get(item.task.deal, made.file.hash)
    file = Upload(made.file.name, made.file.title, body)
    work.desk.ports.slack.upload(f"{work.key}:memo", posted.channel, posted.ts, (file,), probe=work.again)


def post_redline(work: Work) -> RecordRedlinePosted | PutPostOff | None:
    deal: Deal = work.state
    effect: PostRedline = work.effect
    card = redline_card.card_of(deal, effect.redline, work.desk.playbook, work.desk.known())
    posted = place.post(work, card, in_thread=True)
    if isinstance(posted, PutPostOff):
        return posted
    return RecordRedlinePosted(
        stream_id=deal.id, actor=SYSTEM, redline=effect.redline, channel=posted.channel, ts=posted.ts
    )


def refresh_redline(work: Work) -> PutPostOff | None:
    deal: Deal = work.state
    effect: RefreshRedline = work.effect
    posted = deal.redlines.card(effect.redline)
    if posted is None:
        return None
    card = redline_card.card_of(deal, effect.redline, work.desk.playbook, work.desk.known())
    return place.edit(work, posted.channel, posted.ts, card)
