"""The page of one signer: what she agrees to, what she reads, what she signs; one step after the other."""

from datetime import datetime

from jinja2 import DictLoader, Environment, StrictUndefined

from bot.pages.style import CSP, CSS
from bot.pages.texts import LOST, PAGES
from bot.playbook.schema import Playbook
from bot.playbook.wording import fill
from bot.streams.deal.contract import Signer
from bot.streams.deal.deal import Deal
from bot.streams.deal.envelope import Progress

__all__ = ["CSP", "lost", "page", "sentence"]

_PAGES = Environment(loader=DictLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def page(deal: Deal, signer: Signer, token: str, playbook: Playbook, flaw: str, now: datetime) -> str:
    """`flaw` says what was wrong with the last try. Nothing internal is ever in it."""
    made, mine = deal.package.current, deal.envelope.of(signer.no)
    step = step_of(deal, signer)
    files = made.files if made else ()
    opened = {document.document for document in mine.documents}
    return _PAGES.get_template(step).render(
        css=CSS,
        company=playbook.company,
        contact=playbook.company.contact,
        signer=signer,
        here=f"/p/{token}",
        flaw=flaw,
        consent=playbook.signing.consent,
        files=[(number, file, number in opened) for number, file in enumerate(files, 1)],
        all_opened=len(opened) == len(files),
        seen=deal.package.hash,
        sentence=sentence(deal, signer, playbook),
        waiting=", ".join(s.name for s in deal.envelope.due),
        signed=_when(mine),
        sealed=deal.envelope.sealed is not None,
        until=_day(deal.envelope.sent.ends_at) if deal.envelope.sent else "",
    )


def step_of(deal: Deal, signer: Signer) -> str:
    """Which page it is: the same rules that decide what is taken."""
    envelope, mine = deal.envelope, deal.envelope.of(signer.no)
    if mine.signed is not None:
        return "done"
    if not envelope.out:
        return "ended"
    if signer not in envelope.due:
        return "waiting"
    if mine.stopped is not None:
        return "stopped"
    return "read" if mine.consented is not None else "agree"


def sentence(deal: Deal, signer: Signer, playbook: Playbook) -> str:
    """The exact words beside the button; the same ones are kept as evidence."""
    made = deal.package.current
    titles = [file.title for file in made.files] if made else []
    company = made.contract.customer.legal_name if made else deal.customer
    words = {"name": signer.name, "company": company, "documents": _list(titles)}
    return fill(playbook.signing.intent, words)


def lost(playbook: Playbook) -> str:
    return _PAGES.get_template(LOST).render(css=CSS, company=playbook.company, contact=playbook.company.contact)


def _list(titles: list[str]) -> str:
    return f"{', '.join(titles[:-1])} and {titles[-1]}" if len(titles) > 1 else "".join(titles)


def _when(mine: Progress) -> str:
    return f"{_day(mine.signed.at)}, {mine.signed.at:%H:%M} UTC" if mine.signed else ""


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
