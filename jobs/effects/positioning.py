"""Where we stand: worked out beside the package, shown to our people, and kept in Salesforce."""

from bot.blocks import standing_card
from bot.streams.deal.deal import Deal
from bot.streams.deal.moving import PutPostOff
from bot.streams.deal.standing import RecordStandingPosted
from bot.streams.ids import SYSTEM
from bot.streams.positioning_effects import PostStanding, WritePosition
from jobs.effects import place
from jobs.effects.how import Work


def post(work: Work) -> RecordStandingPosted | PutPostOff | None:
    deal: Deal = work.state
    effect: PostStanding = work.effect
    standing = deal.standings.of(effect.version)
    if standing is None or deal.package.version != effect.version:
        return None
    card = standing_card.card_of(deal, standing, work.desk.playbook, work.desk.texts(deal.id))
    posted = place.post(work, card, in_thread=True)
    if isinstance(posted, PutPostOff):
        return posted
    return RecordStandingPosted(stream_id=deal.id, actor=SYSTEM, version=effect.version, ts=posted.ts)


def write(work: Work) -> None:
    """The newest package's: a later one writes its own."""
    deal: Deal = work.state
    effect: WritePosition = work.effect
    made = deal.package.current
    if made is None or made.version != effect.version or deal.opportunity is None:
        return
    topics = "; ".join(advantage.topic for advantage in made.contract.position.advantages)
    work.desk.ports.crm.position(deal.opportunity.id, topics)
