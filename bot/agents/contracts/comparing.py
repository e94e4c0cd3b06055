"""Two versions held side by side, for who may see all of both, in the deal's own thread."""

from bot.figures.access import readers_of, sees_all
from bot.streams.deal.comparing import CompareVersions, ComparisonAsked, ComparisonMade, RecordComparison
from bot.streams.deal.deal import Deal
from bot.streams.decision import NOTHING, Accept, Context, Decision, Refuse
from bot.streams.document_effects import BuildComparison, PostComparison


def ask(deal: Deal, command: CompareVersions, context: Context) -> Decision:
    """The same two again are shown again; the older one is always the one on the left."""
    older, newer = sorted((command.older, command.newer))
    if older == newer:
        return Refuse("comparison.same", field="newer")
    if not all(_there(deal, no) for no in (older, newer)):
        return Refuse("version.unknown")
    readers = readers_of(deal, command.actor, context.groups, context.playbook)
    if not sees_all(deal, (older, newer), readers, context.playbook):
        return Refuse("documents.none_for_you")
    no = len(deal.comparing.asked) + 1
    asked = ComparisonAsked(no=no, older=older, newer=newer, by=command.actor, at=context.now)
    return Accept((asked,), (BuildComparison(no=no),))


def record(deal: Deal, command: RecordComparison, context: Context) -> Decision:
    if deal.comparing.of(command.no) is None or deal.comparing.result(command.no) is not None:
        return NOTHING
    made = ComparisonMade(no=command.no, file=command.file, changes=command.changes, at=context.now)
    return Accept((made,), (PostComparison(no=command.no),))


def _there(deal: Deal, no: int) -> bool:
    version = deal.package.of(no)
    return version is not None and bool(version.files) and not deal.keeping.gone(no)
