"""The deal in Slack: its one living card, its notes, the introduction to the customer, and the win."""

from bot.blocks import deal_card, introduction, note, win_card
from bot.blocks.card import card, escape, section
from bot.crashpoints import crashpoint
from bot.streams.deal.deal import Deal
from bot.streams.deal.handoff import RecordWin
from bot.streams.deal.moving import PutPostOff
from bot.streams.deal.opening import RecordCard, RecordIntroduction
from bot.streams.effects import Introduce, PostNote
from bot.streams.ids import SYSTEM
from bot.streams.progress_effects import PostProgress
from jobs.effects import place, slack_home
from jobs.effects.how import Work


def post_card(work: Work) -> RecordCard | PutPostOff:
    deal: Deal = work.state
    card = deal_card.card_of(deal, work.desk.playbook, work.desk.known())
    slack = work.desk.ports.slack
    posted = slack.post(work.key, deal.opening.channel, card.text, card.blocks, probe=work.again)
    crashpoint("call.between")
    slack.pin(posted.channel, posted.ts)
    return RecordCard(stream_id=deal.id, actor=SYSTEM, channel=posted.channel, ts=posted.ts)


def refresh_card(work: Work) -> PutPostOff | None:
    """And the Homes that show the deal, when somebody may be looking."""
    deal: Deal = work.state
    slack_home.of_deal(work)
    if not deal.opening.card_ts:
        return None
    card = deal_card.card_of(deal, work.desk.playbook, work.desk.known())
    return place.edit(work, deal.opening.channel, deal.opening.card_ts, card)


def introduce(work: Work) -> RecordIntroduction:
    deal: Deal = work.state
    effect: Introduce = work.effect
    card = introduction.card_of(deal, work.desk.playbook, work.desk.known())
    slack = work.desk.ports.slack
    posted = slack.post(work.key, effect.channel, card.text, card.blocks, probe=work.again)
    crashpoint("call.between")
    slack.pin(posted.channel, posted.ts)
    return RecordIntroduction(stream_id=deal.id, actor=SYSTEM, channel=posted.channel, ts=posted.ts)


def refresh_introduction(work: Work) -> None:
    opening = work.state.opening
    if not opening.introduction_ts:
        return
    card = introduction.card_of(work.state, work.desk.playbook, work.desk.known())
    work.desk.ports.slack.update(opening.shared_channel, opening.introduction_ts, card.text, card.blocks)


def post_progress(work: Work) -> None:
    """To the letter as it was clicked; nothing when the channel is not the customer's any more."""
    deal: Deal = work.state
    effect: PostProgress = work.effect
    told = deal.progress.told(effect.no)
    if told is None or not deal.opening.shared_channel:
        return
    shown = card(told.text, section(escape(told.text)))
    work.desk.ports.slack.post(work.key, deal.opening.shared_channel, shown.text, shown.blocks, probe=work.again)


def post_note(work: Work) -> PutPostOff | None:
    effect: PostNote = work.effect
    card = note.card_of(effect.about, effect.words, work.desk.playbook, work.desk.known())
    posted = place.post(work, card, in_thread=True)
    return posted if isinstance(posted, PutPostOff) else None


def post_win(work: Work) -> RecordWin | None:
    """Posted once; after that, the same post is shown anew."""
    deal: Deal = work.state
    planned, posted = deal.handoff.win, deal.handoff.win_posted
    if planned is None:
        return None
    card = win_card.card_of(deal, work.desk.playbook, work.desk.known())
    slack = work.desk.ports.slack
    if posted is not None:
        slack.update(posted.channel, posted.ts, card.text, card.blocks)
        return None
    made = slack.post(work.key, f"#{planned.channel}", card.text, card.blocks, probe=work.again)
    return RecordWin(stream_id=deal.id, actor=SYSTEM, channel=made.channel, ts=made.ts)
