"""A changed approval policy: what past deals would have been asked under it, and the word of the policy's owner."""

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Button, Card, actions, card, context, escape, header, moment, section
from bot.blocks.people import Known
from bot.streams.company.company import Company
from bot.streams.ids import COMPANY
from bot.streams.person.person import Inbox

TITLE = "A changed approval policy"


def card_of(company: Company, item: Inbox, known: Known) -> Card:
    policy = company.policy
    proposed, decided = policy.proposed, policy.decided
    if proposed is None or proposed.digest != item.task.seen:
        return card(f"{TITLE}: a newer one took its place.", section(f"*{TITLE}:* a newer one took its place."))
    told = [section(*(escape(line) for line in proposed.told))]
    if decided is not None:
        word = "approved it" if decided.yes else "declined it"
        ended = f"{known.name(decided.by)} {word}, {moment(decided.at)}"
        return card(f"{TITLE}: {ended}.", header(TITLE), section(f":white_check_mark: {escape(ended)}"), *told)
    ref = Ref(stream_id=COMPANY, slot="policy", about=proposed.digest[:16], seen=proposed.digest)
    return card(
        f"{TITLE} waits for your word. {proposed.told[0]}",
        header(f"{TITLE}: may it be used?"),
        *told,
        actions(
            ref,
            Button(ActionId.POLICY_APPROVE, "Approve", "Let this policy be used from now on", True),
            Button(ActionId.POLICY_DECLINE, "Decline", "Keep the policy that is used now"),
        ),
        context("Why you: you may override the policy. Until a yes, approvals are planned by the one before."),
    )
