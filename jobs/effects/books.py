"""The books: each document of the finance plan under its own key, once."""

from typing import Any

from bot.streams.deal.books import FinancePlanned, RecordBooked
from bot.streams.deal.deal import Deal
from bot.streams.effects import PutInBooks
from bot.streams.ids import SYSTEM
from integrations.errors import Refused
from jobs.effects.how import Work


def put(work: Work) -> RecordBooked:
    deal: Deal = work.state
    effect: PutInBooks = work.effect
    if deal.books.plan is None:
        raise Refused("finance.unplanned")
    document = {"deal": deal.id, **_document(deal.books.plan, effect)}
    key = f"{deal.id}:{effect.document}"
    made = work.desk.ports.books.put(effect.book, key, document)
    return RecordBooked(stream_id=deal.id, actor=SYSTEM, book=effect.book, document=effect.document, book_id=made)


def _document(plan: FinancePlanned, effect: PutInBooks) -> dict[str, Any]:
    match effect.book:
        case "invoices":
            found = next(i for i in plan.invoices if i.number == effect.document)
            return found.model_dump(mode="json")
        case "journals":
            return next(j for j in plan.journals if j.number == effect.document).model_dump(mode="json")
        case "commissions":
            return next(c for c in plan.credits if c.person == effect.document).model_dump(mode="json")
        case _:
            return {"lines": [part.model_dump(mode="json") for part in plan.schedule]}
