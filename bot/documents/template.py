"""From a template's text and the contract's values to the blocks of a document.

A template is plain text. `# Title`, `> subtitle`, `## Heading`; `## 3 Heading` is an article, `3.1 text` its clause,
`(a) text` an item, two spaces and `(i) text` a sub-item, `- text` a point, `: text` a paragraph under the clause.
`| a | b |` is a row; a second row of dashes makes the first one the head, and `--:` sets a column flush right.
`[[prices]]` alone on a line is a directive.
`{{ name }}` is a value, in jinja2. A value is never read again: neither as jinja2 nor as any of the above.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal, get_args

from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from bot.documents.lettering import escape, letters, tie
from bot.playbook.templating import parse

Directive = Literal["facts", "parties", "prices", "invoices", "work", "services", "signatures", "page"]
Kind = Literal[
    "title", "subtitle", "section", "article", "clause", "item", "subitem", "point", "under", "paragraph", "rows",
    "directive",
]  # fmt: skip
DIRECTIVES: tuple[str, ...] = get_args(Directive)
STARTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("article", re.compile(r"## (?P<number>\d+) (?P<text>.+)")),
    ("section", re.compile(r"## (?P<text>.+)")),
    ("title", re.compile(r"# (?P<text>.+)")),
    ("subtitle", re.compile(r"> (?P<text>.+)")),
    ("clause", re.compile(r"(?P<number>\d+\.\d+) (?P<text>.+)")),
    ("subitem", re.compile(r"  +(?P<number>\([ivx]+\)) (?P<text>.+)")),
    ("item", re.compile(r"(?P<number>\([a-z]\)) (?P<text>.+)")),
    ("point", re.compile(r"- (?P<text>.+)")),
    ("under", re.compile(r": (?P<text>.+)")),
    ("directive", re.compile(r"\[\[(?P<text>.*)\]\]")),
)
_RULE = re.compile(r"[-: |]+")
_VALUE = re.compile("\ue000(\\d+)\ue001")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_UNNAMED = re.compile(r"'([^']+)' is undefined")
_ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


class TemplateProblem(ValueError):
    """A document cannot be set; `args` are the field, what was expected, what to do."""

    def __init__(self, field: str, expected: str, advice: str) -> None:
        super().__init__(field, expected, advice)
        self.field, self.expected, self.advice = field, expected, advice


@dataclass(frozen=True, slots=True)
class Block:
    """`text` and `rows` are paragraph markup. `right`: by column, whether it is flush right; empty without a head."""

    kind: Kind
    text: str = ""
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    right: tuple[bool, ...] = ()


def blocks(where: str, text: str, values: Mapping[str, str]) -> tuple[Block, ...]:
    """`where` names the file in problems. Raises TemplateProblem."""
    filled, kept = _fill(where, text, values)
    return tuple(_marked(block, kept) for block in _parse(where, filled))


def _fill(where: str, text: str, values: Mapping[str, str]) -> tuple[str, list[str]]:
    """Each value stands as a number between two private letters until the structure has been read."""
    kept: list[str] = []

    def keep(value: object) -> str:
        kept.append(str(value))
        return f"\ue000{len(kept) - 1}\ue001"

    try:
        filling = _ENVIRONMENT.overlay(finalize=keep)
        return filling.from_string(parse(filling, text)).render(values), kept
    except UndefinedError as error:
        problem = _missing(where, str(error.message), values)
    except TemplateError as error:
        problem = TemplateProblem(where, "a template that can be read", f"correct it: {error.message}")
    raise problem


def _missing(where: str, said: str, values: Mapping[str, str]) -> TemplateProblem:
    found = _UNNAMED.search(said)
    name = found[1] if found else said
    close = get_close_matches(name, values, n=1)
    hint = f", or write {close[0]}" if close else ""
    return TemplateProblem(name, f"a value for the template {where}", f"fill it in in Salesforce or the playbook{hint}")


def _parse(where: str, text: str) -> list[Block]:
    found: list[Block] = []
    fresh = True
    for line in text.splitlines():
        if not line.strip():
            fresh = True
            continue
        found = _read(where, found, line, fresh)
        fresh = found[-1].kind == "directive"
    return found


def _read(where: str, found: list[Block], line: str, fresh: bool) -> list[Block]:
    last = found[-1] if found and not fresh else None
    if line.startswith("|"):
        return [*found[:-1], _row(last, line)] if last and last.kind == "rows" else [*found, _row(None, line)]
    started = _start(where, line)
    if started:
        return [*found, started]
    if last and last.kind != "rows":
        return [*found[:-1], replace(last, text=f"{last.text} {line.strip()}")]
    return [*found, Block("paragraph", line.strip())]


def _start(where: str, line: str) -> Block | None:
    for kind, pattern in STARTS:
        if match := pattern.fullmatch(line.rstrip()):
            block = Block(kind, match["text"].strip(), match.groupdict().get("number") or "")
            return _known(where, block) if kind == "directive" else block
    return None


def _known(where: str, block: Block) -> Block:
    if block.text in DIRECTIVES:
        return block
    choices = ", ".join(f"[[{name}]]" for name in DIRECTIVES)
    raise TemplateProblem(f"[[{block.text}]]", f"a directive in the template {where}", f"use one of {choices}")


def _row(last: Block | None, line: str) -> Block:
    cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
    if last and _RULE.fullmatch(line) and len(last.rows) == 1:
        return replace(last, right=tuple(cell.endswith(":") for cell in cells))
    return replace(last, rows=(*last.rows, cells)) if last else Block("rows", rows=(cells,))


def _marked(block: Block, kept: list[str]) -> Block:
    rows = tuple(tuple(_markup(cell, kept) for cell in row) for row in block.rows)
    text = block.text if block.kind == "directive" else _markup(block.text, kept)
    return replace(block, text=text, rows=rows)


def _markup(text: str, kept: list[str]) -> str:
    ours = _STRONG.sub(r"<b>\1</b>", escape(tie(text)))
    return _VALUE.sub(lambda match: letters(kept[int(match[1])]), ours)
