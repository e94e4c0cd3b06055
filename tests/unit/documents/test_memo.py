"""The legal memo: the same facts make the same bytes, and what is standard says so."""

from datetime import UTC, datetime

from bot.documents import memo
from bot.documents.reading import text
from bot.streams.deal.package import PackageAssembled
from tests.unit.documents.example import CONTRACT, our_brand
from tests.unit.documents.papers_example import playbook

MADE = PackageAssembled(version=2, contract=CONTRACT, files=(), at=datetime(2026, 11, 17, tzinfo=UTC))


def test_a_standard_package_has_nothing_to_grant_and_says_so() -> None:
    file, body = memo.make(MADE, "Brightwater Freight", playbook(), our_brand())
    assert memo.make(MADE, "Brightwater Freight", playbook(), our_brand()) == (file, body)
    said = text(body)
    assert (file.template, file.pages) == ("legal-memo", 1)
    for words in (
        "Risk: low. no clauses below our standard",
        "Nobody needs to grant anything",
        memo.STANDARD,
        memo.UNASKED,
    ):
        assert words in said
