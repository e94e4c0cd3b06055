"""In the shared channel: who reads there, what, what for, how long, and how to stop it. Never a price."""

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Button, Card, actions, card, context, escape, moment, section
from bot.blocks.people import Known
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal


def card_of(deal: Deal, playbook: Playbook, known: Known) -> Card:
    stopped = deal.opening.listening
    if stopped is not None and not stopped.on:
        return _stopped(deal, known)
    company, rep = playbook.company, escape(known.name(deal.opening.rep))
    days = playbook.signals.keep_days_without_signal
    name = escape(company.name)
    return card(
        f"Hello, I am Countersign, {company.name}'s deal assistant, a program. I read new messages in this channel "
        f"only, to notice what we agree on and prepare the papers. People at {company.name} decide and send. To stop "
        f"me, press Stop reading or write “Countersign stop”. Your contact: {known.name(deal.opening.rep)}.",
        section(
            f"*Hello, I am Countersign, {name}'s deal assistant.*",
            f"I am a program; {rep} is your contact.",
        ),
        section(
            "*What I read:* new messages in this channel, nothing else",
            "*What for:* to notice what we agree on and prepare the papers",
            "*Who decides:* people. Nothing is sent or signed by me alone.",
            f"*How long:* words that are not about an agreement go after {days} days",
        ),
        section("*To stop me:* press the button, or write “Countersign stop”. Anybody here may."),
        actions(
            Ref(stream_id=deal.id, slot="intro"),
            Button(ActionId.LISTENING_STOP, "Stop reading", "Stop Countersign from reading this channel"),
            Button(ActionId.HELP_OPEN, "Privacy", "Read the privacy page", url=company.privacy_url),
        ),
        context(f"I can misread things. If something looks wrong, tell {rep}."),
    )


def _stopped(deal: Deal, known: Known) -> Card:
    stopped = deal.opening.listening
    at = moment(stopped.at) if stopped else ""
    rep = known.name(deal.opening.rep)
    return card(
        f"Countersign reads nothing in this channel any more. {rep} goes on in person.",
        section(
            "*I read nothing here any more.*",
            f"Somebody in this channel stopped me, {at}. {escape(rep)} goes on in person.",
        ),
        actions(
            Ref(stream_id=deal.id, slot="intro"),
            Button(ActionId.LISTENING_START, "Let me read again", "Let Countersign read this channel again"),
        ),
    )
