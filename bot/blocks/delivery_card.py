"""How the package reaches the customer: when and why, the three ways, and what came back."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import (
    Block,
    Button,
    Card,
    actions,
    card,
    context,
    cut,
    escape,
    header,
    moment,
    quote,
    section,
    utc,
)
from bot.blocks.people import Known
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.deal.delivery import Delivery, DeliveryDrafted, Spoken, Timing, What

CHANNELS = {"mail": "by mail", "slack": "by mail, with a line in the shared channel, where they answer"}
BACK: dict[What, tuple[str, str]] = {
    "delivered": (":white_check_mark:", "arrived at"),
    "opened": (":white_check_mark:", "opened by"),
    "forwarded": (":speech_balloon:", "passed on; read by"),
    "replied": (":speech_balloon:", "answered by"),
    "bounced": (":warning:", "did not reach"),
    "away": (":hourglass_flowing_sand:", "an automatic answer came from"),
}
BECAUSE = {
    "ignored": "nothing came back",
    "opened": "it was opened, and nobody answered",
    "forwarded": "somebody else reads it by now",
}


def card_of(deal: Deal, playbook: Playbook, known: Known) -> Card:
    drafted = deal.delivery.drafted
    if drafted is None:
        return card("No delivery is drafted.", section("No delivery is drafted."))
    state, lines = _state(deal, known)
    to = drafted.letter.to_name
    return card(
        f"{deal.customer}: package {drafted.version} {state}. {_gist(drafted)}",
        header(cut(f"{deal.customer}: package {drafted.version} {state}", 60)),
        section(f"*To:* {escape(to)}, {CHANNELS[drafted.timing.channel]}", *lines),
        section(f"*Best time:* {best(drafted.timing)}") if deal.delivery.made is None else None,
        section(*_back(deal.delivery)),
        _proposal(deal),
        _buttons(deal, drafted),
        section("*Two minutes:*", *(_spoken(part) for part in drafted.run)) if _in_person(deal.delivery) else None,
        context(
            f"Written {escape(', '.join(drafted.style))}.",
            "Nothing goes to the customer without your click.",
        ),
    )


def best(found: Timing) -> str:
    """With what it rests on."""
    there = local(found.at, found.zone)
    if not found.known:
        return f"{there}, by the customs there: not enough data of theirs ({found.of} moments)"
    share = f"{round(found.inside * 100 / found.of)}% ({found.low / 100:.0f}% to {found.high / 100:.0f}%)"
    return f"{there}: {found.inside} of {found.of} times they wrote or read from {found.hour}:00 on, {share}"


def local(at: datetime, zone: str) -> str:
    """On the customer's clock and the reader's."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there:%a} {there.day} {there:%b, %H:%M} there ({moment(at)} here)"


def _gist(drafted: DeliveryDrafted) -> str:
    return f"The mail to {drafted.letter.to_name} is drafted; best time {utc(drafted.timing.at)}."


def _state(deal: Deal, known: Known) -> tuple[str, list[str]]:
    delivery = deal.delivery
    made, chosen = delivery.made, delivery.chosen
    if made is not None:
        ways = {"rep": "sent by its rep", "us": "mailed", "present": "shown in person"}
        return "delivered", [f":white_check_mark: {ways[made.way].capitalize()}, {moment(made.at)}"]
    if chosen is None:
        return "ready to deliver", []
    who = escape(known.name(chosen.by))
    if chosen.way == "us":
        return "about to be mailed", [f":hourglass_flowing_sand: {who}: I send it, {moment(chosen.due_at)}"]
    return "to be shown", [f":hourglass_flowing_sand: {who} shows it, {moment(chosen.due_at)}"]


def _back(delivery: Delivery) -> list[str]:
    shown: list[str] = []
    for what, (mark, words) in BACK.items():
        found = delivery.noticed_since(what)
        if found:
            who = ", ".join(dict.fromkeys(escape(n.who) for n in found if n.who))
            times = f" ({len(found)} times)" if len(found) > 1 else ""
            shown.append(f"{mark} {words} {who or 'the customer'}{times}, last {moment(found[-1].at)}")
    return shown


def _proposal(deal: Deal) -> Block | None:
    proposed = deal.delivery.open_proposal
    if proposed is None:
        sent = deal.delivery.sent
        return section(f":white_check_mark: Followed up, {moment(sent[-1].at)}") if sent else None
    return section(
        f"*Follow up?* Because {BECAUSE[proposed.because]}, {moment(proposed.at)}.",
        quote(cut(" ".join(proposed.letter.text.split()), 400)),
    )


def _buttons(deal: Deal, drafted: DeliveryDrafted) -> Block | None:
    delivery, name = deal.delivery, deal.customer
    proposed = delivery.open_proposal
    if proposed is not None:
        ref = Ref(stream_id=deal.id, slot="follow-up", about=str(proposed.number), seen=proposed.letter.seen)
        ask = (
            "Send this?",
            f"The mail above goes to {escape(proposed.letter.to_name)}, {escape(proposed.letter.to_email)}.",
            "Send it",
            "Not yet",
        )
        yes = Button(ActionId.FOLLOW_UP_SEND, "Send it", f"Send the follow-up to {name}", True, confirm=ask)
        return actions(ref, yes, Button(ActionId.FOLLOW_UP_LEAVE, "Leave it", f"Send no follow-up to {name}"))
    if delivery.made is not None and not delivery.noticed_since("bounced"):
        return None
    ref = Ref(stream_id=deal.id, slot="delivery", seen=drafted.hash)
    if delivery.chosen is not None and delivery.chosen.way == "us" and delivery.made is None:
        return None
    ways = [
        Button(ActionId.DELIVERY_US, "You send…", f"Let Countersign mail the package to {name}", True),
        Button(ActionId.DELIVERY_REP, "I send…", f"Send the package to {name} yourself"),
        Button(ActionId.DELIVERY_PRESENT, "I present…", f"Show the package to {name} in person"),
    ]
    if _in_person(delivery):
        ways = [
            Button(ActionId.DELIVERY_PRESENTED, "It took place", f"The package was shown to {name}", True),
            *(replace(way, primary=False) for way in ways[:2]),
        ]
    return actions(ref, *ways)


def _in_person(delivery: Delivery) -> bool:
    return delivery.chosen is not None and delivery.chosen.way == "present" and delivery.made is None


def _spoken(part: Spoken) -> str:
    begins, ends = (f"{s // 60}:{s % 60:02d}" for s in (part.begins, part.ends))
    return f"{begins} to {ends} *{escape(part.title)}:* {escape(cut(part.says, 300))}"
