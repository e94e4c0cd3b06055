"""All documents of a deal's version, and what two versions have of each."""

from collections.abc import Iterator

from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.deal.papers import Audience

SIGNED = "signed-contract"
FOR_ALL: Audience = "customer"  # of the package itself: both sides read it


def of_version(deal: Deal, version: int) -> tuple[tuple[BuiltFile, Audience], ...]:
    """The package's files first, then the papers beside it, each with whom it was written for. A paper that was kept
    back, because documents did not agree, is none, and nothing is left of what was forgotten."""
    if deal.keeping.gone(version):
        return ()
    made, papers = deal.package.of(version), deal.papers.of(version)
    files = made.files if made else ()
    beside = papers.papers if papers and not papers.differences else ()
    written = [*((file, FOR_ALL) for file in files), *((paper.file, paper.audience) for paper in beside)]
    signed = _signed(deal, version)
    return (*written, (signed, FOR_ALL)) if signed else tuple(written)


def _signed(deal: Deal, version: int) -> BuiltFile | None:
    sent, sealed, made = deal.envelope.sent, deal.envelope.sealed, deal.package.of(version)
    if sent is None or sealed is None or made is None or sent.version != version:
        return None
    return BuiltFile(
        template=SIGNED,
        title="Signed contract",
        number=made.number,
        name=f"contract-{made.number}.pdf",
        hash=sealed.sealed_hash,
        pages=sealed.pages,
    )


def side_by_side(deal: Deal, older: int, newer: int) -> Iterator[tuple[BuiltFile | None, BuiltFile | None]]:
    """Each document of the package once, in the newer one's order; those that are gone last."""
    before, after = (_by_template(deal, version) for version in (older, newer))
    yield from ((before.get(template), file) for template, file in after.items())
    yield from ((file, None) for template, file in before.items() if template not in after)


def _by_template(deal: Deal, version: int) -> dict[str, BuiltFile]:
    made = deal.package.of(version)
    return {file.template: file for file in made.files} if made else {}
