"""The operators' card: what is wrong, since when, what waits for it, and what to do; then how long it lasted."""

from bot.blocks.card import Card, card, context, counted, escape, header, moment, section, utc
from bot.blocks.parked_card import system
from bot.playbook.schema import Playbook
from bot.streams.company.troubles import Told

NEEDS, DONE = ":warning:", ":white_check_mark:"


def card_of(told: Told, playbook: Playbook) -> Card:
    trouble = told.trouble
    words = {"system": system(trouble.lane), "lane": trouble.lane.value, "code": trouble.code}
    words |= {"count": counted(trouble.count, "step")}
    title = _upper(playbook.word(f"trouble.{trouble.kind}.title", words))
    if told.over_at is not None:
        over = playbook.word("trouble.over")
        return card(
            f"{title}: {over} {utc(told.over_at)}. Nothing to do.",
            section(f"{DONE} *{escape(title)}:* {escape(over)} {moment(told.over_at)}. Nothing to do."),
            context(f"It began {moment(trouble.since)}"),
        )
    means = _upper(playbook.word(f"trouble.{trouble.kind}.means", words))
    todo = playbook.word(f"trouble.{trouble.kind}.next", words)
    return card(
        f"{title}, since {utc(trouble.since)}. {means} Next: {todo}",
        header(title),
        section(f"{NEEDS} {escape(means)}", f"*Next:* {escape(todo)}"),
        context(f"Since {moment(trouble.since)}. I edit this message when it changes, and when it is over."),
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
