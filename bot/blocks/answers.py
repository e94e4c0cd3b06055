"""Answers to one person alone: help, status, why, what was found, and a no in three sentences."""

from collections.abc import Mapping, Sequence

from bot.blocks import deal_card
from bot.blocks.actions import ActionId, Ref
from bot.blocks.approval_lines import GAVE
from bot.blocks.beside import lines
from bot.blocks.card import Button, Card, actions, card, context, escape, header, moment, quote, section, utc
from bot.blocks.home_deals import DealRow, row_line
from bot.blocks.people import Known
from bot.blocks.signal_card import words
from bot.figures.decisions import Decision
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.deal.held_time import TimeHeld
from bot.streams.ids import COMPANY

SHOWN = 5
COMMANDS = (
    ("/deal status", "where this deal stands"),
    ("/deal why", "the reasons for what I did"),
    ("/deal progress", "each approval: who, since when, expected when; and what the customer may be told"),
    ("/deal documents", "versions, who made each and why, links, comments, and what is read"),
    ("/deal quote", "offers beside this one; add budget 120000, late 12, by 2026-12-01 or pressed"),
    ("/deal intel", "what we know of the competitor; add news, such as: Routewise raised its prices"),
    ("/deal team", "who decides approvals: what each has open, when they are there, and two weeks ahead"),
    (
        "/deal critical",
        "for managers: which deals go first and why; add mark Brightwater because …, or unmark",
    ),
    ("/deal override", "for the policy's owner: replace an approver, waive a request, grant an exception"),
    ("/deal find Brightwater", "deals by a part of a name, and decisions by a name or a word of the reason"),
    ("/deal pause too early", "stops what leaves, with a reason"),
    ("/deal resume", "lets it go on"),
    ("/deal settings", "how and when I tell you something"),
    ("/deal help", "these words"),
)


def help_card(playbook: Playbook) -> Card:
    return card(
        "What /deal can do: status, why, documents, quote, intel, team, critical, override, find, pause, resume, "
        "settings, help.",
        header("What /deal can do"),
        section("In a deal's channel it means that deal; elsewhere add the customer's name."),
        section(*(f"`{command}` {words_}" for command, words_ in COMMANDS)),
        context("I draft at once; nothing is sent to a customer without a person's click."),
    )


def status(deal: Deal, playbook: Playbook, known: Known) -> Card:
    """As the card says it, without its buttons: those stand on the one card."""
    shown = deal_card.card_of(deal, playbook, known)
    return Card(shown.text, [block for block in shown.blocks if block["type"] != "actions"])


def time_held(held: TimeHeld) -> Card:
    minutes = int((held.ends_at - held.starts_at).total_seconds()) // 60
    told = f"{minutes} minutes are yours for it"
    return card(
        f"{told}, from {utc(held.starts_at)}. The invitation comes by mail.",
        section(
            f"*{told}, from {moment(held.starts_at)}.*",
            "The invitation comes by mail; once it is decided, your calendar gets the time back.",
        ),
    )


def why(deal: Deal, playbook: Playbook, known: Known, texts: Mapping[str, str]) -> Card:
    reasons = _reasons(deal, known, texts)
    return card(
        f"{deal.customer}: why it stands where it does. {len(reasons)} reasons.",
        header(f"{deal.customer}: why"),
        *(section(reason) for reason in reasons),
    )


def found(rows: Sequence[DealRow], asked: str, told: Sequence[str] = ()) -> Card:
    """`told` are decisions, each as `decided` words it."""
    if not rows and not told:
        return card(
            f"No deal has “{asked}” in its name.",
            section(f"*No deal has {quote(asked)} in its name.*", "Nothing changed. Try a shorter part of the name."),
        )
    more = len(rows) - SHOWN
    return card(
        f"{len(rows)} found: {', '.join(row.customer for row in rows[:SHOWN])}." if rows else f"{len(told)} decisions.",
        *(section(row_line(row, Known())) for row in rows[:SHOWN]),
        context(f"and {more} more: add another word" if more > 0 else ""),
        section("*Decided*", *told) if told else None,
    )


def decided(of: Decision, known: Known) -> str:
    """`countersign audit approvals` tells the whole of it."""
    did = GAVE[of.way] if of.yes else "said no"
    why = f": {quote(of.reason)}" if of.reason else ""
    title, who = escape(f"{of.customer}, {of.title}"), escape(known.name(of.person))
    return f"{title}: {who} {did}, {moment(of.at)}{why}"


def offers_asked(deal: Deal) -> Card:
    words = f"I work out offers for {deal.customer}; they come in the thread of the deal's card."
    return card(words, section(escape(words)))


def settings_opened() -> Card:
    return card("Your settings are open.", section("Your settings are open. They also stand in Home."))


def form_opened() -> Card:
    return card("The form is open.", section("The form is open."))


def refusal(reason: str, given: dict[str, str], playbook: Playbook) -> Card:
    """What did not happen; what stands; the next step."""
    bold, rest = playbook.refusal(reason, given)
    return card(f"{bold} {rest}", section(f"*{escape(bold)}* {escape(rest)}"))


def did_you_mean(word: str, nearest: str) -> Card:
    return card(
        f"I do not know /deal {word}. Nothing happened. Did you mean /deal {nearest}?",
        section(f"*I do not know* {quote(word)}*.* Nothing happened. Did you mean `/deal {nearest}`?"),
        actions(
            Ref(stream_id=COMPANY, slot="help"), Button(ActionId.HELP_OPEN, "Show all words", "Show what /deal can do")
        ),
    )


def _reasons(deal: Deal, known: Known, texts: Mapping[str, str]) -> list[str]:
    made: list[str] = []
    if deal.opportunity is not None:
        made.append(f"*Open*, because Salesforce says {escape(deal.opportunity.stage)}.")
    if (yes := deal.signals.yes) is not None:
        said = " ".join(words(span, texts.get(yes.text_id, "")) for span in yes.said)
        made.append(
            f"*A yes*, because {escape(yes.name)} wrote {quote(said)}, {moment(yes.at)}. {escape(yes.authority)}."
        )
    if (strategy := deal.signals.strategy) is not None:
        made.append(f"*{escape(strategy.strategy)}*, because {escape('; '.join(strategy.reasons))}.")
    for approval in deal.approvals.asked:
        beside = lines(deal, approval, known)
        made.append(f"*{escape(approval.title)}*: {escape(approval.why)}.\n_{escape(approval.line)}_{beside}")
    if (made_package := deal.package.current) is not None:
        made += [f"*{escape(use.title)}*\n_{escape(use.why)}_" for use in made_package.contract.documents]
    return made or ["Nothing has happened yet."]
