"""The finance agent: everything that the books are owed, from the executed contract alone."""

from bot.figures.commission import credits
from bot.figures.invoices import invoices
from bot.figures.journal import journals
from bot.figures.schedule import schedule
from bot.streams.deal.books import BookFinance
from bot.streams.deal.deal import Deal
from bot.streams.decision import Context
from bot.streams.ids import SYSTEM
from bot.streams.money import Money
from integrations.errors import Refused
from jobs.effects.how import Work


def plan(work: Work) -> BookFinance:
    deal: Deal = work.state
    made = deal.package.current
    if made is None:
        raise Refused("package.missing")
    book, contract = work.desk.playbook, made.contract
    billed = invoices(contract, book)
    earned = schedule(contract, book)
    context = work.desk.context(work.now, "colleagues")
    nothing_yet = Money.zero(contract.quote.currency)
    return BookFinance(
        stream_id=deal.id,
        actor=SYSTEM,
        invoices=billed,
        schedule=earned,
        journals=journals(contract, billed, earned, book),
        credits=credits(contract, _credited(deal, context), nothing_yet, book),
        tax_note=contract.tax_note,
    )


def _credited(deal: Deal, context: Context) -> dict[str, tuple[str, str]]:
    """Role -> (person, name): the rep, her manager, and the solutions engineer who promised something."""
    found: dict[str, tuple[str, str]] = {}
    rep = context.reads.colleague(deal.opening.rep)
    if rep is not None:
        found["rep"] = (rep.person, rep.name)
    helped = {promise.speaker for promise in deal.signals.promises}
    for colleague in context.reads.colleagues:
        roles = context.playbook.roles_of(colleague.groups)
        if "sales-manager" in roles:
            found.setdefault("sales-manager", (colleague.person, colleague.name))
        if "solutions" in roles and colleague.person in helped:
            found.setdefault("solutions", (colleague.person, colleague.name))
    return found
