"""A YAML or CSV text as plain data, with the line of each thing in it."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import ClassVar

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Path = tuple[str | int, ...]
DEEPEST = 20
PLAIN = {  # what is no word, as YAML 1.2 has it: yes, on and 17:30 are words
    "null": ("~|null|Null|NULL|", ("~", "n", "N", "")),
    "bool": ("true|True|TRUE|false|False|FALSE", "tTfF"),
    "float": (
        r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9_]+)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+",
        "-+0123456789.",
    ),
    "int": ("[-+]?[0-9_]+", "-+0123456789"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in the playbook, where, and what to do."""

    file: str
    line: int
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}. Fix: {self.fix}"


@dataclass(slots=True)
class Read:
    """`places` is the file and line of each path; an item's place is that of its key."""

    data: dict[str, object] = field(default_factory=dict)
    places: dict[Path, tuple[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path) -> tuple[str, int]:
        """Of the path, or of the nearest thing around it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return "playbook.yaml", 1


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """By libyaml, which is twenty times as quick and in every wheel."""

    yaml_implicit_resolvers: ClassVar[dict[str, object]] = {}


for _kind, (_said, _begins) in PLAIN.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"(?:{_said})$"), list(_begins))


def read_yaml(file: str, text: str) -> Read:
    found = Read()
    try:
        root = yaml.compose(text, Loader=_Loader)
        anchored = _anchored(text)
    except YAMLError as error:
        found.problems.append(_unreadable(file, text, error))
        return found
    if root is None:
        return found
    if not isinstance(root, MappingNode):
        found.problems.append(Problem(file, 1, "the file is not a list of sections", "begin with a section's name"))
        return found
    found.data = _mapping(_Reader(file, found, anchored), root, ())
    return found


def read_csv(file: str, text: str, section: str) -> Read:
    """Empty cells are left out, so that a column's default holds."""
    found = Read(data={section: []}, places={(section,): (file, 1)})
    rows = csv.DictReader(io.StringIO(text, newline=""))
    kept: list[dict[str, str]] = []
    for row in rows:
        if None in row or None in row.values():
            found.problems.append(
                Problem(file, rows.line_num, "the row has not as many values as the header", "count the commas")
            )
            continue
        found.places[(section, len(kept))] = (file, rows.line_num)
        kept.append({name: value.strip() for name, value in row.items() if value.strip()})
    found.data[section] = kept
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    found: Read
    anchored: frozenset[int]

    def keep(self, path: Path, node: Node) -> None:
        self.found.places[path] = (self.file, node.start_mark.line + 1)

    def wrong(self, node: Node, message: str, fix: str) -> None:
        self.found.problems.append(Problem(self.file, node.start_mark.line + 1, message, fix))


def _anchored(text: str) -> frozenset[int]:
    """Where what has an anchor begins; wherever it is meant again, it is the same node."""
    events = yaml.parse(text, Loader=_Loader) if "&" in text else ()
    return frozenset(event.start_mark.index for event in events if event.start_mark and getattr(event, "anchor", None))


def _unreadable(file: str, text: str, error: YAMLError) -> Problem:
    """What is missing at the end stands, for the reader, behind the last line."""
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    line = min(mark.line, text.rstrip("\n").count("\n")) + 1 if mark else 1
    said = error.problem if isinstance(error, MarkedYAMLError) and error.problem else "not YAML"
    return Problem(file, line, f"cannot be read: {said}", "check indentation and quotes")


def _plain(reader: _Reader, node: Node, path: Path) -> object:
    if len(path) > DEEPEST or node.start_mark.index in reader.anchored:
        reader.wrong(node, "anchors and deep nesting are not read", "write the value out where it is needed")
        return None
    if isinstance(node, MappingNode):
        return _mapping(reader, node, path)
    if isinstance(node, SequenceNode):
        return list(_items(reader, node, path))
    return _scalar(node) if isinstance(node, ScalarNode) else None


def _mapping(reader: _Reader, node: MappingNode, path: Path) -> dict[str, object]:
    made: dict[str, object] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in made:
            reader.wrong(key, f"{name} stands twice", f"keep one {name}")
            continue
        reader.keep((*path, name), key)
        made[name] = _plain(reader, value, (*path, name))
    return made


def _items(reader: _Reader, node: SequenceNode, path: Path) -> Iterator[object]:
    for index, item in enumerate(node.value):
        reader.keep((*path, index), item)
        yield _plain(reader, item, (*path, index))


def _scalar(node: ScalarNode) -> object:
    """Numbers stay exact: what looks like a float becomes a Decimal of the same digits."""
    kind = str(node.tag).rpartition(":")[2]
    text = str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind not in {"int", "float"}:
        return text
    try:
        exact = Decimal(text.replace("_", ""))
    except InvalidOperation:
        return text
    return int(exact) if kind == "int" and exact.is_finite() else exact
