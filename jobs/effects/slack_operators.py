"""The operators' channel: one message a trouble."""

import logging

from bot.blocks import trouble_card
from bot.streams.company import troubles
from bot.streams.company.company import Company
from bot.streams.company.troubles import RecordTroubleCard
from bot.streams.effects import RefreshTrouble
from bot.streams.ids import SYSTEM
from integrations.errors import Refused
from jobs.effects.how import Work

log = logging.getLogger(__name__)


def refresh(work: Work) -> RecordTroubleCard | None:
    """A trouble that was over before it could be told is not told. Without the channel the log says it: a card about
    this card would come no further."""
    company: Company = work.state
    effect: RefreshTrouble = work.effect
    told = troubles.find(company.troubles, effect.name)
    if told is None or (told.over_at is not None and not told.ts):
        return None
    card = trouble_card.card_of(told, work.desk.playbook)
    slack, channel = work.desk.ports.slack, f"#{work.desk.playbook.operators.channel}"
    try:
        if told.ts:
            slack.update(told.channel, told.ts, card.text, card.blocks)
            return None
        posted = slack.post(work.key, channel, card.text, card.blocks, probe=work.again)
    except Refused as no:
        log.warning("the operators are not told", extra={"code": str(no), "effect": work.key})
        return None
    return RecordTroubleCard(stream_id=company.id, actor=SYSTEM, name=effect.name, channel=posted.channel, ts=posted.ts)
