"""The papers beside a contract: made when their package has been shown, and shown when all documents agree."""

from bot.figures.access import shareable
from bot.figures.delivery_due import due, is_approved
from bot.streams.deal.deal import Deal
from bot.streams.deal.papers import PapersMade, PapersPosted, RecordPapers, RecordPapersPosted
from bot.streams.decision import NOTHING, Accept, Context, Decision
from bot.streams.document_effects import FileDocuments
from bot.streams.paper_effects import PostPapers


def record(deal: Deal, command: RecordPapers, context: Context) -> Decision:
    """What does not agree is told as well: its card names each difference, and no paper is shown."""
    if deal.package.current is None or deal.package.version != command.version:
        return NOTHING
    told = command.model_dump(include={"version", "papers", "differences"})
    return Accept((PapersMade(**told, at=context.now),), (PostPapers(version=command.version),))


def record_posted(deal: Deal, command: RecordPapersPosted, context: Context) -> Decision:
    """An approved package is in Salesforce already; its papers follow, and how it reaches the customer."""
    posted = PapersPosted(version=command.version, ts=command.ts, links=command.links)
    filed = (FileDocuments(version=command.version),) if shareable(deal) == command.version else ()
    drafts = due(deal, approved=is_approved(deal), shown=True) if command.version == deal.package.version else ()
    return Accept((posted,), (*filed, *drafts))
