"""Every text of the playbook: its references resolve, and its defined words are defined and used."""

import re
from functools import cache
from itertools import chain

import pytest

from bot import wiring
from bot.documents.template import Block, blocks
from bot.documents.values import values
from bot.figures.clauses import choose
from bot.playbook import loader
from bot.streams.deal.contract import ClauseUse, DocumentUse
from tests.unit.documents.example import CONTRACT, PLAYBOOK, templates

FOLDERS = sorted(templates())
DEFINED = re.compile(r"“([^”]+)”")
OWN = re.compile(r"\bclauses? ((?:\d+(?:\.\d+)?(?:, | and | or | to )?)+)")
ANNEX = re.compile(r"\bAnnex (\d+|[IVX]+(?:\.[A-C])?)\b")
OF_THE_COMMISSION = re.compile(r"\bClauses? (\d+)")
NOT_OURS = {"Member State"}  # quoted, and a word of the standard clauses


@cache
def read(folder: str, asked: tuple[str, ...] = ()) -> tuple[Block, ...]:
    """As it is filled when the documents of that name stand beside it, or the data is held there."""
    use = DocumentUse(template=folder, title="Title", number="T-1", why="")
    known = {name: "X-1" for name in ("order_form", "data_processing_agreement")}
    known = {**values(CONTRACT, use), **known, **{name: "X-1" for name in asked}}
    files = sorted(file for file in templates()[folder] if file.endswith(".md"))
    return tuple(chain.from_iterable(blocks(file, templates()[folder][file], known) for file in files))


def rungs() -> list[tuple[ClauseUse, ...]]:
    """The clauses as preferred, each at its first fallback, and each at its last."""
    book = loader.load(wiring.texts(PLAYBOOK))
    lower = [{clause.key: wanted for clause in book.clauses} for wanted in ("preferred", "first", "second")]
    return [choose(wishes, {}, book) for wishes in lower]


@pytest.mark.parametrize("clauses", rungs(), ids=("preferred", "first", "second"))
def test_every_rung_of_every_clause_reads_as_part_of_the_agreement(clauses: tuple[ClauseUse, ...]) -> None:
    use = DocumentUse(template="master-agreement", title="Title", number="T-1", why="")
    known = values(CONTRACT.model_copy(update={"clauses": clauses}), use)
    found = blocks("body.md", templates()["master-agreement"]["body.md"], known)
    text = words(found)
    for clause in clauses:
        assert clause.text in text or clause.clause == "payment"  # its days are the deal's own
    there = {block.number for block in found if block.kind in {"article", "clause"}}
    assert {no for many in OWN.findall(text) for no in re.findall(r"\d+(?:\.\d+)?", many)} <= there


VARIANTS = [(), ("hosted_in_us", "customer_in_us", "scc_module_three", "service_level_agreement", "statement_of_work")]
EVERY = [(folder, asked) for folder in FOLDERS for asked in VARIANTS]


def words(read: tuple[Block, ...]) -> str:
    cells = (" | ".join(chain.from_iterable(block.rows)) for block in read)
    texts = (f"{block.text} | {row}" for block, row in zip(read, cells, strict=True) if block.kind != "directive")
    return re.sub(r"<[^>]+>", "", " ".join(texts)).replace("\u00a0", " ")


@pytest.mark.parametrize(("folder", "asked"), EVERY)
def test_every_reference_points_at_what_is_there(folder: str, asked: tuple[str, ...]) -> None:
    found = read(folder, asked)
    text = words(found)
    there = {block.number for block in found if block.kind in {"article", "clause"}}
    referred = {no for many in OWN.findall(text) for no in re.findall(r"\d+(?:\.\d+)?", many)}
    assert referred <= there
    titles = [words((block,)).strip(" |") for block in found if block.kind in {"title", "section"}]
    annexes = {title.removeprefix("Annex ").split(":")[0].strip() for title in titles if title.startswith("Annex")}
    labels = (row[0] for block in found for row in block.rows if row[0].startswith("Annex"))
    annexes |= {label.removeprefix("Annex\u00a0").removeprefix("Annex ").split(":")[0] for label in labels}
    annexes |= {f"I.{title[0]}" for title in titles if re.match(r"[A-C]\. ", title)}
    elsewhere = re.sub(r"Annex(?:es)? \w+ of the data processing agreement", "", text)
    assert set(ANNEX.findall(elsewhere)) <= annexes
    assert {int(no) for no in OF_THE_COMMISSION.findall(text)} <= set(range(1, 19))


@pytest.mark.parametrize(("folder", "asked"), EVERY)
def test_clauses_are_numbered_without_a_gap(folder: str, asked: tuple[str, ...]) -> None:
    found = read(folder, asked)
    articles = [int(block.number) for block in found if block.kind == "article"]
    assert articles == list(range(1, len(articles) + 1))
    for article in articles:
        clauses = [block.number for block in found if block.kind == "clause" and block.number.startswith(f"{article}.")]
        assert clauses == [f"{article}.{no}" for no in range(1, len(clauses) + 1)]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_defined_word_is_used(folder: str) -> None:
    text = " ".join(words(read(folder, asked)) for asked in VARIANTS)
    for term in sorted(set(DEFINED.findall(text)) - NOT_OURS):
        assert len(uses(term, text)) > text.count(f"“{term}”"), f"{term} is defined and not used"


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_word_that_another_text_defines_is_defined_where_it_is_used(folder: str) -> None:
    ours = {term for each in FOLDERS for asked in VARIANTS for term in DEFINED.findall(words(read(each, asked)))}
    for asked in VARIANTS:
        text = words(read(folder, asked))
        defined = set(DEFINED.findall(text))
        plain = without(text, defined)
        strange = {term for term in ours - defined - NOT_OURS if in_a_sentence(term, plain)}
        assert strange == set()


def uses(term: str, text: str) -> list[str]:
    """In singular or plural, as a word in the middle of a sentence or at its start."""
    many = f"{term[:-1]}ies" if re.search("[^aeiou]y$", term) else f"{term}s"
    return re.findall(rf"\b(?:{re.escape(term)}|{re.escape(many)})\b", text)


def in_a_sentence(term: str, text: str) -> list[str]:
    """A capital at the start of a sentence, a heading or a cell says nothing."""
    return re.findall(rf"(?<=[a-z,;] ){re.escape(term)}\b", text)


def without(text: str, defined: set[str]) -> str:
    """What the text itself defines, and the names that others have given, are taken out."""
    text = re.sub(r"Mandatory Clauses|Standard Contractual Clauses", "", text)
    for term in sorted(defined, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(term)}(?:s)?\b", "", text)
    return text
