"""To every outside signer when all have signed: where the contract lies."""

from bot.letters.letter import Letter, written
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import Signer
from bot.streams.deal.deal import Deal


def letter(deal: Deal, signer: Signer, url: str, playbook: Playbook) -> Letter:
    company = playbook.company
    words = {"name": signer.name, "company": company.name, "days": str(playbook.retention.link_days)}
    return written(
        playbook.word("letter.copies.subject", words),
        (playbook.word("letter.greeting", words), playbook.word("letter.copies", words)),
        url,
        playbook.word("letter.copies.open"),
        playbook.word("letter.foot", {"contact": company.contact, "company": company.legal_name}),
    )
