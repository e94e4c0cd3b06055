"""The audit report as a PDF: the population, the controls, every exception, who did what, each decision with its place
in the ledger, and how to check all that without us."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.documents.brand import Brand
from bot.documents.furniture import FINGERPRINT, Furniture
from bot.documents.lettering import clean, letters
from bot.documents.page import typeset
from bot.documents.papers.topic import topic
from bot.documents.sheet import Sheet, sheet
from bot.documents.tables import labelled, ruled
from bot.documents.values import day
from bot.figures.control import Control, Examined, Row
from bot.figures.trail import Request
from bot.streams.deal.approvals import POLICY

STATUS = "INTERNAL · FOR AUDITORS"
TITLE = "Approval controls"
GAVE = {"policy": "by the policy itself", "waiver": "as a waiver", "exception": "as an exception"}


@dataclass(frozen=True, slots=True)
class Record:
    """The ledger at the moment of the report. `data` is the SHA-256 of the file with the report's rows, `key` the
    public key that an export is checked with; `erased` deals can be told no more."""

    streams: int
    facts: int
    problems: int
    erased: int
    data: str
    data_name: str
    key: str


@dataclass(frozen=True, slots=True)
class Setting:
    company: str
    country: str
    made_at: datetime
    record: Record
    name: Callable[[str], str]


class ReportFurniture(Furniture):
    @property
    def footing(self) -> str:
        return f"{self.number} · data {self.fingerprint}"


def make(found: Examined, setting: Setting, brand: Brand) -> bytes:
    """The same report makes the same bytes. Raises TemplateProblem when a font is missing."""
    paper = sheet(brand, setting.country)
    number = f"{found.first:%Y%m%d}-{found.last:%Y%m%d}"
    frame = ReportFurniture(clean(setting.company), TITLE, number, 1, setting.record.data[:FINGERPRINT], STATUS)
    body, _ = typeset(_story(paper, found, setting), frame, paper)
    return body


def _story(paper: Sheet, found: Examined, setting: Setting) -> list[Any]:
    period = f"{day(found.first)} to {day(found.last)}, both days counted, in UTC"
    return [
        paper.p("title", TITLE),
        paper.p("subtitle", letters(f"{setting.company}, {period}; made {_moment(setting.made_at)}")),
        paper.p("prose", letters(_gist(found, setting.record))),
        *topic(paper, "Population", labelled(paper, _population(found, setting.record))),
        *topic(paper, "Controls", _controls(paper, found.controls)),
        *topic(paper, "Exceptions", _exceptions(paper, found, setting)),
        *topic(paper, "Separation of duties", _duties(paper, found, setting)),
        *topic(paper, "Requests and decisions", _decisions(paper, found, setting)),
        *topic(paper, "How to check this report without us", labelled(paper, _checking(setting.record))),
    ]


def _gist(found: Examined, record: Record) -> str:
    controls = [control for control in found.controls if control.exceptions]
    where = f" in {_many(len(controls), 'control')}" if controls else ""
    exceptions = f"{_many(found.exceptions, 'exception')}{where}"
    chains = "every chain of the ledger is whole" if not record.problems else "THE LEDGER IS NOT WHOLE"
    told = f"{_many(len(found.rows), 'request')}; {exceptions}; {chains}."
    return told[:1].upper() + told[1:]


def _population(found: Examined, record: Record) -> list[tuple[str, str]]:
    outcomes, policy = found.outcomes, sum(row.request.by == POLICY for row in found.rows)
    return [
        ("Requests", f"{len(found.rows)}, asked or decided in these days: all that there are, not a sample"),
        ("Granted", f"{outcomes['granted']}, of these {policy} by the policy itself, without a person"),
        ("Rejected", str(outcomes["rejected"])),
        ("Replaced", f"{outcomes['replaced']}, by a newer package before anybody decided"),
        ("Open", str(outcomes["open"])),
        ("Erased", _erased(record.erased)),
        ("Ledger", f"{_many(record.facts, 'fact')} in {_many(record.streams, 'stream')}, {_whole(record.problems)}"),
    ]


def _controls(paper: Sheet, controls: Iterable[Control]) -> Any:
    rows = [[paper.p("head", "What must hold"), paper.p("head-number", "Tested"), paper.p("head-number", "Exceptions")]]
    for control in controls:
        style = "total-number" if control.exceptions else "number"
        numbers = (paper.p("number", str(control.tested)), paper.p(style, str(len(control.exceptions))))
        rows.append([paper.p("cell", letters(control.says)), *numbers])
    return ruled(paper, rows, _widths(paper, 0.7, 0.14, 0.16))


def _exceptions(paper: Sheet, found: Examined, setting: Setting) -> Any:
    rows = [
        (control.says, f"{row.customer}: {row.request.approval.title}", _who(row.request, setting), _told(row.request))
        for control in found.controls
        for row in control.exceptions
    ]
    if not rows:
        return paper.p("form", "None.")
    return _table(paper, ("Control", "Request", "Who", "What happened"), rows, (0.3, 0.26, 0.2, 0.24))


def _told(of: Request) -> str:
    asked = f"asked {_moment(of.asked_at)}, due {_moment(of.approval.by_when)}"
    moved = "; ".join(each.reason for each in of.moved)
    return "; ".join(filter(None, (asked, f"decided {_moment(of.at)}" if of.at else "not decided", moved)))


def _duties(paper: Sheet, found: Examined, setting: Setting) -> Any:
    heads = ("Person", "Asked", "Decided", "Own requests decided")
    rows = [(setting.name(d.person), str(d.asked), str(d.decided), str(d.own)) for d in found.duties]
    return _table(paper, heads, rows, (0.42, 0.14, 0.16, 0.28), numbers=3)


def _decisions(paper: Sheet, found: Examined, setting: Setting) -> Any:
    rows = [
        (
            _moment(row.request.at or row.request.asked_at),
            _asked(row),
            _outcome(row.request, setting),
            _place(row.request),
        )
        for row in found.rows
    ]
    return _table(paper, ("When", "Request", "Decision", "Evidence"), rows, (0.14, 0.3, 0.3, 0.26))


def _asked(row: Row) -> str:
    return f"{row.customer}, package {row.request.version}: {row.request.approval.title} ({row.request.approval.why})"


def _outcome(of: Request, setting: Setting) -> str:
    by = f"{of.outcome} by {_who(of, setting)}" if of.decided and of.by != POLICY else of.outcome
    lent = f"on the authority of {setting.name(of.chain[0])}" if of.chain else GAVE.get(of.way, "")
    reason = f"“{of.reason}”" if of.reason and of.way != "policy" else ""
    return ", ".join(filter(None, (by, lent, reason)))


def _who(of: Request, setting: Setting) -> str:
    return setting.name(of.by) if of.by and of.by != POLICY else setting.name(of.asked)


def _place(of: Request) -> str:
    """Where the fact stands in the ledger, and the first digits of three hashes."""
    if not of.decided:
        return "no decision"
    parts = (f"fact {of.seq} of …{of.deal[-6:]}: {_short(of.chained)}", f"package {_short(of.hash)}")
    return ", ".join((*parts, f"card {_short(of.card)}" if of.card else "no card"))


def _checking(record: Record) -> list[tuple[str, ...]]:
    return [
        ("Rows", f"{record.data_name}, SHA-256 {record.data}: all that stands here, and each hash in full"),
        (
            "Export",
            "countersign ledger export FILE; the facts in it stay encrypted, and the chain is over what is encrypted",
        ),
        ("Check", f"python3 verify_ledger.py FILE --report {record.data_name} --public-key {record.key}"),
        (
            "It shows",
            "that no decision of these days is missing here, and that each one stands in a chain that is whole",
        ),
        ("A card", "countersign audit card DEAL HASH prints what the decider saw, if its hash is still the same"),
    ]


def _table(
    paper: Sheet, heads: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[float], numbers: int = 0
) -> Any:
    """The last `numbers` columns are flush right."""
    first = len(heads) - numbers
    cells = [[paper.p("head" if no < first else "head-number", text) for no, text in enumerate(heads)]]
    for row in rows:
        cells.append([paper.p("small" if no < first else "small-number", letters(t)) for no, t in enumerate(row)])
    return ruled(paper, cells, _widths(paper, *shares))


def _widths(paper: Sheet, *shares: float) -> list[float]:
    return [paper.width * share for share in shares]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"


def _short(digest: str) -> str:
    return digest[:8]


def _erased(count: int) -> str:
    return f"{_many(count, 'deal')}: the chain still verifies, the words are gone" if count else "none"


def _whole(problems: int) -> str:
    return "every chain is whole" if not problems else f"NOT WHOLE: {_many(problems, 'problem')}"


def _many(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
