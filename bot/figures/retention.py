"""Until when the documents of each version are kept: by the playbook's years, to the end of the year."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.playbook.company import Retention
from bot.streams.deal.deal import Deal
from bot.streams.deal.package import Version
from bot.streams.deal.retention import ForgetDocuments
from bot.streams.decision import Deadline
from bot.streams.ids import SYSTEM


def kept_until(deal: Deal, version: Version, retention: Retention) -> datetime | None:
    """Counted from the last signature, or from when it was made; none for what was never made, or is gone."""
    if version.at is None or deal.keeping.gone(version.no):
        return None
    executed = deal.envelope.executed if _signed(deal, version.no) else None
    if executed is not None:
        return _end_of_year(executed.at, retention.signed_file_years)
    return _end_of_year(version.at, retention.unsigned_file_years)


def deadlines(deal: Deal, retention: Retention, now: datetime) -> tuple[Deadline, ...]:
    """One for each version that has documents; what should be gone by now is due at once."""
    return tuple(
        deadline(deal.id, version.no, max(until, now))
        for version in deal.package.versions
        if (until := kept_until(deal, version, retention)) is not None
    )


def deadline(deal_id: str, version: int, at: datetime) -> Deadline:
    command = ForgetDocuments(stream_id=deal_id, actor=SYSTEM, version=version)
    return Deadline(f"documents.forget.{version}", at, command)


def of_made(made_at: datetime, retention: Retention) -> datetime:
    return _end_of_year(made_at, retention.unsigned_file_years)


def of_signed(signed_at: datetime, retention: Retention) -> datetime:
    return _end_of_year(signed_at, retention.signed_file_years)


def held_files(deal: Deal, version: int) -> frozenset[str]:
    """Hashes of everything that is kept for a version: documents, what they say, and pictures of their pages."""
    return frozenset(_files(deal, version))


def only_of(deal: Deal, version: int) -> tuple[str, ...]:
    """What no other version needs, in a fixed order."""
    others = (v.no for v in deal.package.versions if v.no != version and not deal.keeping.gone(v.no))
    needed = frozenset(held for other in others for held in held_files(deal, other))
    return tuple(sorted(held_files(deal, version) - needed))


def _files(deal: Deal, version: int) -> Iterator[str]:
    made, papers, sealed = deal.package.of(version), deal.papers.of(version), deal.envelope.sealed
    documents = [*(made.files if made else ()), *(paper.file for paper in (papers.papers if papers else ()))]
    documents += [c.file for c in deal.comparing.made if _newer(deal, c.no) == version]
    for file in documents:
        yield from (file.hash, *([file.outline] if file.outline else []))
    hashes = [file.hash for file in documents]
    if sealed is not None and _signed(deal, version):
        hashes.append(sealed.sealed_hash)
        yield sealed.sealed_hash
    for drawn in deal.sharing.drawn:
        if drawn.file in hashes:
            yield from drawn.pictures


def _newer(deal: Deal, no: int) -> int:
    asked = deal.comparing.of(no)
    return asked.newer if asked else 0


def _signed(deal: Deal, version: int) -> bool:
    sent = deal.envelope.sent
    return sent is not None and sent.version == version and deal.envelope.executed is not None


def _end_of_year(at: datetime, years: int) -> datetime:
    return datetime(at.astimezone(UTC).year + years + 1, 1, 1, tzinfo=UTC)
