"""A legal memo before legal: the gist, the file below it, and whether it holds as it is."""

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Button, Card, actions, card, context, counted, escape, header, moment, quote, section, utc
from bot.blocks.people import Known
from bot.figures.clauses import risk_of
from bot.streams.deal.deal import Deal
from bot.streams.person.person import Inbox


def card_of(deal: Deal, item: Inbox, known: Known) -> Card:
    made, package = deal.memo.made, deal.package.current
    if item.closed_at is not None or made is None or package is None or made.hash != item.task.seen:
        return _closed(deal, item, known)
    contract, name = package.contract, deal.customer
    risk = risk_of(contract.clauses, contract.law_notes)
    lower = [use for use in contract.clauses if use.rung != "preferred"]
    laws = [note for note in contract.law_notes if not note.met]
    ref = Ref(stream_id=deal.id, slot="memo", about=item.task.about, seen=item.task.seen)
    return card(
        f"Legal memo, {name}, package {made.version}: risk {risk}. Accept it as it is, or say what should change.",
        header(f"{name}: does the memo hold?"),
        section(
            f"*Risk:* {risk} · {counted(len(lower), 'clause')} below our standard",
            *(f"{escape(use.title)}: {escape(use.says)}, because {escape(use.why)}" for use in lower),
            *(f":warning: {escape(note.source)}: {escape(note.says)}, {note.kind}" for note in laws),
        ),
        actions(
            ref,
            Button(ActionId.MEMO_ACCEPT, "Accept", f"Accept the legal memo of {name} as it is", True),
            Button(ActionId.MEMO_AMEND, "Amend…", f"Say what should change in the legal memo of {name}"),
        ),
        context(
            f"The memo is in this thread: {counted(made.file.pages, 'page')}, for legal only. Why you: legal reads the "
            "reasoning of packages that are not our standard. Requests for your yes come on their own."
        ),
    )


def _closed(deal: Deal, item: Inbox, known: Known) -> Card:
    judged = next((each for each in deal.memo.judged if each.hash == item.task.seen), None)
    if judged is None:
        words, at, said = "no longer needed, the package changed", item.closed_at or item.at, ""
    else:
        words = f"{known.name(judged.by)} {'accepted it as it is' if judged.accepted else 'asked for changes'}"
        at, said = judged.at, judged.words
    return card(
        f"{item.task.title}: {words}, {utc(at)}. Nothing more to do.",
        header(item.task.title),
        section(f":white_check_mark: {escape(words)}, {moment(at)}", quote(said) if said else ""),
    )
