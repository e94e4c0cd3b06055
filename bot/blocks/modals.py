"""Modals: what is asked first, what happens last; the submit is the verb."""

from collections.abc import Sequence

from bot.blocks import inputs
from bot.blocks.actions import Ref, ViewId
from bot.blocks.card import Block, context, counted, cut, escape, plain, route, section
from bot.blocks.deal_card import price_line
from bot.blocks.people import Known
from bot.figures.fixes import offered
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import BuiltFile, Signer
from bot.streams.deal.deal import Deal
from bot.streams.money import percent

TITLE = 24
MOST_BLOCKS = 100

YES_IF = "What would make it a yes?"


def send(deal: Deal, playbook: Playbook, known: Known) -> Block:
    """The confirm for sending: what leaves, to whom, and what cannot be called back."""
    made = deal.package.current
    signers = made.contract.signers if made else ()
    price = price_line(made.contract.quote) if made else ""
    files = ", ".join(f"{f.title} ({f.pages})" for f in made.files) if made else ""
    approved = len(deal.approvals.asked)
    body = [
        section(f"*{escape(deal.customer)}*", price),
        section("*They sign in this order:*", *(_signer(s) for s in signers)),
        section(f"*Package {deal.package.version}* ({deal.package.hash[:8]}): {escape(files)}"),
        section(f"{approved} approvals are given for exactly this package." if approved else ""),
        context("The first signer gets a mail at once. A mail that is sent cannot be called back."),
    ]
    ref = Ref(stream_id=deal.id, slot="send", seen=deal.package.hash)
    return modal(ViewId.ENVELOPE_SEND, "Send for signature", ("Send it", "Not yet"), ref, body)


def reject(deal: Deal, approval_id: str, playbook: Playbook, counter: bool = False) -> Block:
    """To `counter` is a no that begins with the cheapest way out that the policy knows."""
    approval = deal.approvals.approval(approval_id)
    instead = offered(deal, approval, playbook) if counter and approval else ""
    title = approval.title if approval else "This request"
    body = [
        section(f"*{escape(deal.customer)}:* {escape(title)}"),
        _input(inputs.REASON, "Why?", 200, "For example: 18% is what the volume carries"),
        _input(inputs.YES_IF, YES_IF, 500, "For example: 18% with the same term", instead, long=True),
        context("The rep reads both, and can offer a new price at once."),
    ]
    ref = Ref(stream_id=deal.id, slot="reject", about=approval_id, seen=deal.package.hash)
    return modal(ViewId.APPROVAL_REJECT, "Reject", ("Reject", "Cancel"), ref, body)


def amend_memo(deal: Deal) -> Block:
    body = [
        section(f"*{escape(deal.customer)}:* legal memo"),
        _input(inputs.REASON, "What should change?", 500, "For example: the precedent is of another law", long=True),
        context("The rep reads it in the deal's thread. Whether the package goes on is decided by its approvals."),
    ]
    ref = Ref(stream_id=deal.id, slot="memo", seen=deal.package.hash)
    return modal(ViewId.MEMO_AMEND, "Amend the memo", ("Amend", "Cancel"), ref, body)


def reprice(deal: Deal, playbook: Playbook) -> Block:
    made = deal.package.current
    quote = made.contract.quote if made else None
    body = [
        section(f"*{escape(deal.customer)}*", price_line(quote) if quote else ""),
        _input(
            inputs.DISCOUNT,
            "Discount in percent",
            6,
            "A number such as 18",
            _plain_percent(quote.discount) if quote else "",
        ),
        _input(inputs.PAYMENT_DAYS, "Days to pay", 3, "A number such as 60", str(quote.payment_days) if quote else ""),
        context("A new package is made and checked at once; the approvals that change are asked again."),
    ]
    ref = Ref(stream_id=deal.id, slot="reprice", seen=deal.package.hash)
    return modal(ViewId.PRICE_CHANGE, "Change the price", ("Make the package", "Cancel"), ref, body)


def countersign(deal: Deal, playbook: Playbook, known: Known) -> Block:
    made = deal.package.current
    sentence = playbook.word("countersign.sentence", {"company": playbook.company.legal_name})
    signed = [s for s in deal.envelope.signers if deal.envelope.of(s.no).signed is not None]
    body = [
        section(f"*{escape(deal.customer)}*", price_line(made.contract.quote) if made else ""),
        section("*Signed already:*", *(_signer(s) for s in signed)),
        section(*(_file(f) for f in made.files)) if made else None,
        section(f"*You say:* {escape(sentence)}"),
        context("Your signature is the last one: the contract is then sealed, and the deal is closed won."),
    ]
    ref = Ref(stream_id=deal.id, slot="countersign", seen=deal.package.hash)
    return modal(ViewId.COUNTERSIGN, "Sign for us", ("Sign", "Not yet"), ref, body)


def handoff_back(deal: Deal) -> Block:
    body = [
        section(f"*{escape(deal.customer)}*", "Somebody else is asked; your reason goes with it."),
        _input(inputs.REASON, "Why?", 500, "For example: I know no logistics", long=True),
    ]
    seen = deal.books.won.executed_hash if deal.books.won else ""
    ref = Ref(stream_id=deal.id, slot="handoff", seen=seen)
    return modal(ViewId.HANDOFF_SEND_BACK, "Send back", ("Send it back", "Cancel"), ref, body)


def notice(title: str, text: str) -> Block:
    """Words alone; `text` is mrkdwn, escaped by who wrote it."""
    return shown(title, [section(text)])


def shown(title: str, blocks: Sequence[Block | None]) -> Block:
    """Something to read, which nothing is decided in."""
    body = [block for block in blocks if block is not None][:MOST_BLOCKS]
    empty = section("Nothing to show.")
    return {
        "type": "modal",
        "callback_id": ViewId.NOTICE.value,
        "title": plain(cut(title, TITLE)),
        "close": plain("Close"),
        "blocks": body or [empty],
    }


def modal(view: ViewId, title: str, buttons: tuple[str, str], ref: Ref, body: list[Block | None]) -> Block:
    """A form: what it asks, and in `ref` for what; its fields are named by `inputs`."""
    return {
        "type": "modal",
        "callback_id": view.value,
        "title": plain(cut(title, TITLE)),
        "submit": plain(buttons[0]),
        "close": plain(buttons[1]),
        "private_metadata": route(ref),
        "blocks": [block for block in body if block is not None],
    }


def _input(name: str, label: str, most: int, hint: str, initial: str = "", long: bool = False) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": name, "max_length": most, "multiline": long}
    element |= {"initial_value": initial} if initial else {}
    return {"type": "input", "block_id": name, "label": plain(label), "hint": plain(hint), "element": element}


def asked(name: str, label: str, most: int, hint: str, optional: bool = False, initial: str = "") -> Block:
    """A line of words."""
    return _input(name, label, most, hint, initial) | {"optional": optional}


def _file(file: BuiltFile) -> str:
    return f"{escape(file.title)}, {counted(file.pages, 'page')} ({file.hash[:8]})"


def _signer(signer: Signer) -> str:
    where = f", {escape(signer.email)}" if signer.side == "customer" else ", here in Slack"
    return f"{signer.order}. {escape(signer.name)}, {escape(signer.title)}{where}"


def _plain_percent(basis_points: int) -> str:
    return percent(basis_points).removesuffix("%")
