"""The three ways of a delivery, each as the form that is its confirm: what goes, to whom, when."""

from bot.blocks import inputs
from bot.blocks.actions import Ref, ViewId
from bot.blocks.card import Block, context, counted, cut, escape, plain, section
from bot.blocks.delivery_card import local
from bot.blocks.modals import modal, notice
from bot.streams.deal.deal import Deal
from bot.streams.deal.delivery import Mail

LATER, NOW = "later", "now"
SHOWN = 2_800


def by_us(deal: Deal) -> Block:
    drafted = deal.delivery.drafted
    if drafted is None:
        return _nothing()
    there = drafted.timing
    best = local(there.at, there.zone).partition(" (")[0]
    options = [{"text": plain(f"At the best time: {best}"), "value": LATER}, {"text": plain("Now"), "value": NOW}]
    when: Block = {"type": "radio_buttons", "action_id": inputs.WHEN, "options": options, "initial_option": options[0]}
    body = [
        section(
            f"*{escape(deal.customer)}*", f"To {escape(drafted.letter.to_name)}, {escape(drafted.letter.to_email)}"
        ),
        _text(drafted.letter),
        section(f"*With it:* {counted(len(drafted.letter.files), 'document')} of package {drafted.version}."),
        _field(inputs.WHEN, "When?", when),
        context("I send exactly this. If the package changes before then, nothing goes. A mail cannot be called back."),
    ]
    return modal(ViewId.DELIVERY_US, "Send the package", ("Send it", "Not yet"), _ref(deal, drafted.letter), body)


def by_rep(deal: Deal) -> Block:
    drafted = deal.delivery.drafted
    if drafted is None:
        return _nothing()
    letter = drafted.letter
    text: Block = {"type": "plain_text_input", "action_id": inputs.SAYS, "multiline": True}
    text |= {"initial_value": letter.text[:SHOWN]}
    body = [
        section(f"To {escape(letter.to_name)}, {escape(letter.to_email)}", f"*{escape(letter.subject)}*"),
        _field(inputs.SAYS, "Take this into your own mail", text) | {"optional": True},
        section(f"Attach {counted(len(letter.files), 'document')} from the thread: quote and papers for the customer."),
        context("Press when it has gone; then I look out for what comes back, and propose what follows."),
    ]
    return modal(ViewId.DELIVERY_REP, "I send it myself", ("I sent it", "Not yet"), _ref(deal, letter), body)


def in_person(deal: Deal) -> Block:
    drafted = deal.delivery.drafted
    if drafted is None or not drafted.slots:
        return _nothing()
    options = [
        {"text": plain(cut(local(slot.starts_at, drafted.timing.zone).partition(" (")[0], 70)), "value": str(no)}
        for no, slot in enumerate(drafted.slots)
    ]
    slot: Block = {"type": "radio_buttons", "action_id": inputs.SLOT, "options": options}
    slot |= {"initial_option": options[0]}
    body = [
        section(
            f"*{escape(deal.customer)}*: when both of you are at work, by your hours and their customs and holidays."
        ),
        _field(inputs.SLOT, "Which time do you hold?", slot),
        _text(drafted.invitation),
        context("I send no invitation: take the words above. The card then shows two minutes, second by second."),
    ]
    return modal(
        ViewId.DELIVERY_PRESENT, "I present it", ("Hold this time", "Not yet"), _ref(deal, drafted.invitation), body
    )


def _ref(deal: Deal, looked_at: Mail) -> Ref:
    return Ref(stream_id=deal.id, slot="delivery", seen=looked_at.seen)


def _text(mail: Mail) -> Block | None:
    lines = [escape(line) for line in mail.text.splitlines()]
    return section(f"*{escape(mail.subject)}*", cut("\n".join(f"> {line}" for line in lines), SHOWN))


def _nothing() -> Block:
    return notice("Not possible now", "The delivery is drafted anew with the package.")


def _field(name: str, label: str, element: Block) -> Block:
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}
