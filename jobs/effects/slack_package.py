"""Signals, packages and plans in Slack: what the deal's own channel sees."""

from bot.blocks import offers_card, package_card, plan_card, signal_card
from bot.crashpoints import crashpoint
from bot.streams.deal.deal import Deal
from bot.streams.deal.moving import PutPostOff
from bot.streams.deal.package import RecordPackagePosted
from bot.streams.deal.signals import RecordSignalCard, WeighMessage
from bot.streams.effects import PostPackage, PostSignal, ReadSpeaker, RefreshSignal
from bot.streams.ids import SYSTEM
from integrations.errors import Refused
from integrations.slack.port import Upload
from jobs.effects import place
from jobs.effects.how import Work


def read_speaker(work: Work) -> WeighMessage | None:
    """A text that is no longer kept is not weighed."""
    deal: Deal = work.state
    effect: ReadSpeaker = work.effect
    heard = deal.signals.message(effect.text_id)
    text = work.desk.texts(deal.id).get(effect.text_id)
    if heard is None or text is None:
        return None
    slack = work.desk.ports.slack
    profile = slack.profile(effect.user)
    return WeighMessage(
        stream_id=deal.id,
        actor=SYSTEM,
        text_id=effect.text_id,
        text=text,
        name=profile.name,
        title=profile.title,
        foreign=profile.foreign,
        link=slack.permalink(heard.channel, heard.ts),
    )


def post_signal(work: Work) -> RecordSignalCard | PutPostOff:
    deal: Deal = work.state
    effect: PostSignal = work.effect
    desk = work.desk
    card = signal_card.card_of(deal, effect.no, desk.texts(deal.id), desk.playbook, desk.known())
    posted = place.post(work, card)
    if isinstance(posted, PutPostOff):
        return posted
    return RecordSignalCard(stream_id=deal.id, actor=SYSTEM, no=effect.no, channel=posted.channel, ts=posted.ts)


def refresh_signal(work: Work) -> PutPostOff | None:
    deal: Deal = work.state
    effect: RefreshSignal = work.effect
    desk = work.desk
    posted = deal.signals.card(effect.no)
    if posted is None:
        return None
    card = signal_card.card_of(deal, effect.no, desk.texts(deal.id), desk.playbook, desk.known())
    return place.edit(work, posted.channel, posted.ts, card)


def post_package(work: Work) -> RecordPackagePosted | PutPostOff | None:
    """The files first, then their card: each is looked for before it is sent again."""
    deal: Deal = work.state
    effect: PostPackage = work.effect
    made = deal.package.current
    if made is None or made.version != effect.version:
        return None
    where = place.internal(work, in_thread=True)
    if isinstance(where, PutPostOff):
        return where
    if not where.thread:
        raise Refused("card.missing")
    desk = work.desk
    files = [Upload(f.name, f.title, desk.ports.files.get(deal.id, f.hash)) for f in made.files]
    links = desk.ports.slack.upload(f"{work.key}:files", where.channel, where.thread, files, probe=work.again)
    crashpoint("call.between")
    card = package_card.card_of(deal, effect.version, desk.playbook, desk.known())
    posted = place.post(work, card, in_thread=True)
    if isinstance(posted, PutPostOff):
        return posted
    return RecordPackagePosted(
        stream_id=deal.id, actor=SYSTEM, version=effect.version, ts=posted.ts, links=tuple(links)
    )


def post_offers(work: Work) -> PutPostOff | None:
    deal: Deal = work.state
    made = deal.offers.made
    if made is None or made.no != work.effect.no:
        return None
    posted = place.post(work, offers_card.card_of(deal, work.desk.playbook), in_thread=True)
    return posted if isinstance(posted, PutPostOff) else None


def post_plan(work: Work) -> PutPostOff | None:
    deal: Deal = work.state
    desk = work.desk
    card = plan_card.card_of(deal, desk.playbook, desk.known())
    posted = place.post(work, card, in_thread=True)
    return posted if isinstance(posted, PutPostOff) else None
