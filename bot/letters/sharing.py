"""To somebody at the customer: where the documents lie, until when, and what is recorded."""

from bot.letters.letter import Letter, written
from bot.playbook.schema import Playbook
from bot.streams.deal.sharing import ShareMade


def letter(made: ShareMade, url: str, playbook: Playbook, rep: str) -> Letter:
    """`rep` is the name of whoever sends it; her own words stand before the link."""
    company = playbook.company
    words = {"name": made.name, "company": company.name, "rep": rep}
    words["until"] = f"{made.ends_at.day} {made.ends_at:%B %Y}"
    paragraphs = (
        playbook.word("letter.greeting", words),
        *([made.words] if made.words else []),
        playbook.word("letter.share", words),
        playbook.word("letter.share.recorded", words),
    )
    return written(
        playbook.word("letter.share.subject", words),
        paragraphs,
        url,
        playbook.word("letter.share.open"),
        playbook.word("letter.foot", {"contact": company.contact, "company": company.legal_name}),
    )
