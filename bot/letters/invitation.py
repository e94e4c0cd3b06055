"""To a signer whose turn it is: what waits, where, until when. Nothing of ours is in it."""

from bot.letters.letter import Letter, written
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import Signer
from bot.streams.deal.deal import Deal


def letter(deal: Deal, signer: Signer, url: str, reminder: int, playbook: Playbook, sender: str) -> Letter:
    company = playbook.company
    made, sent = deal.package.current, deal.envelope.sent
    titles = ", ".join(file.title.lower() for file in made.files) if made else "the contract"
    until = f"{sent.ends_at.day} {sent.ends_at:%B %Y}" if sent else ""
    words = {"name": signer.name, "company": company.name, "sender": sender, "titles": titles, "until": until}
    key = "letter.reminder" if reminder else "letter.invitation"
    return written(
        playbook.word(f"{key}.subject", words),
        (playbook.word("letter.greeting", words), playbook.word(key, words), playbook.word("letter.next", words)),
        url,
        playbook.word("letter.open"),
        playbook.word("letter.foot", {"contact": company.contact, "company": company.legal_name}),
    )
