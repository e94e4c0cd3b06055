"""What they said, word for word, and what runs already. In our own channel only."""

from collections.abc import Mapping

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
    link,
    moment,
    quote,
    section,
)
from bot.blocks.people import Known
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.deal.signals import SignalDetected, Span
from bot.streams.ids import digest

HEADINGS = {"commit": "said yes", "conditional": "says yes, if", "negative": "says no", "no_commit": "said something"}
GONE = "(these words are no longer kept)"
LONGEST_QUOTE = 600


def card_of(deal: Deal, no: int, texts: Mapping[str, str], playbook: Playbook, known: Known) -> Card:
    signal = deal.signals.signal(no)
    if signal is None:
        return card("This signal is not known.", section("*I do not know that signal.*"))
    said = [words(span, texts.get(signal.text_id, "")) for span in signal.said]
    conditions = [words(span, texts.get(signal.text_id, "")) for span in signal.conditions]
    title = f"{signal.name} {HEADINGS[signal.label]}"
    spoken = " ".join(said)
    return card(
        f"{title}: “{cut(spoken, 160)}” {_next(deal, signal)}",
        header(f"{deal.customer}: {title}"),
        section(f"> {quote(cut(spoken, LONGEST_QUOTE))}", _source(signal)),
        section(f"*Authority:* {escape(signal.authority)}", *_conditions(conditions)),
        section(f"*Next:* {_next(deal, signal)}"),
        _end(deal, signal, known),
        context(f"Score {signal.score} of 100. Why: {escape(', '.join(signal.reasons))}."),
    )


def words(span: Span, text: str) -> str:
    """Exactly what was said; nothing when the text is gone or is not the one that was read."""
    found = text[span.start : span.end]
    return found if found and digest(found) == span.hash else GONE


def _source(signal: SignalDetected) -> str:
    role = f", {escape(signal.title)}" if signal.title else ""
    return f"{escape(signal.name)}{role} · {moment(signal.at)} · {link(signal.link, 'see the message')}"


def _conditions(conditions: list[str]) -> list[str]:
    if not conditions:
        return ["*Conditions:* none"]
    return ["*Conditions:*", *(f"{number}. {quote(said)}" for number, said in enumerate(conditions, 1))]


def _next(deal: Deal, signal: SignalDetected) -> str:
    if signal.label == "commit" and deal.package.version:
        return "I draft the package and ask for the approvals. Nothing is sent without your click."
    if signal.label == "negative":
        return "Nothing is drafted. Speak with them."
    return "Nothing is drafted yet. Look at what they ask for."


def _end(deal: Deal, signal: SignalDetected, known: Known) -> Block | None:
    judged = deal.signals.judgement(signal.no)
    if judged is not None:
        return context(f"{escape(known.name(judged.by))}: not a yes, {moment(judged.at)}. I stopped what rested on it.")
    if signal.label == "negative":
        return None
    ref = Ref(stream_id=deal.id, slot="signal", about=str(signal.no))
    return actions(ref, Button(ActionId.SIGNAL_NOT_A_YES, "Not a yes", f"Say that {signal.name} did not say yes"))
