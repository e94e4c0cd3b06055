"""From the playbook's texts to one checked Playbook, or to every problem at once."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from hashlib import sha256
from itertools import chain
from re import findall
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.playbook.gaps import gaps
from bot.playbook.gaps_shape import Gap
from bot.playbook.schema import Playbook
from bot.playbook.section import WRITTEN
from bot.playbook.source import Path, Problem, Read, read_csv, read_yaml

TABLES = {"prices.csv": "prices", "tax_rates.csv": "tax_rates", "tiers.csv": "tiers"}
NOT_OURS = frozenset({"brand.yaml"})
REVIEW = "review.yaml"


class PlaybookProblems(ValueError):
    """The playbook cannot be used. It says everything that is wrong, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def load(files: Mapping[str, str]) -> Playbook:
    playbook, found = _check(files)
    if playbook is None or found:
        raise PlaybookProblems(found)
    return playbook


def problems(files: Mapping[str, str]) -> list[Problem]:
    return _check(files)[1]


def places(files: Mapping[str, str]) -> Callable[[Path], tuple[str, int]]:
    """Of each part of the playbook, such as ("roles", "rep", "may"), the file and the line in which it stands."""
    return _read(files).place


def digest(files: Mapping[str, str]) -> str:
    return sha256(json.dumps(sorted(files.items())).encode()).hexdigest()


def _check(files: Mapping[str, str]) -> tuple[Playbook | None, list[Problem]]:
    read = _read(files)
    try:
        playbook = Playbook.model_validate({**read.data, "digest": digest(files)}, context=WRITTEN)
    except ValidationError as error:
        wrong = (_explain(read, details) for details in error.errors(include_url=False))
        return None, _ordered(chain(read.problems, wrong))
    missing = (_placed(read, gap) for gap in chain(gaps(playbook), _templates(playbook, files)))
    return playbook, _ordered(chain(read.problems, missing))


def _read(files: Mapping[str, str]) -> Read:
    whole = Read()
    for name in sorted(files):
        if name in TABLES:
            _merge(whole, read_csv(name, files[name], TABLES[name]))
        elif name.endswith(".yaml") and name not in NOT_OURS and _is_ours(name):
            _merge(whole, read_yaml(name, files[name]))
        elif name.startswith("battlecards/") and name.endswith(".yaml"):
            _add(
                whole,
                "battlecards",
                name.removeprefix("battlecards/").removesuffix(".yaml"),
                read_yaml(name, files[name]),
            )
        elif name.startswith("templates/") and name.endswith(f"/{REVIEW}"):
            _add(whole, "texts", name.split("/")[1], read_yaml(name, files[name]))
    return whole


def _is_ours(name: str) -> bool:
    return "/" not in name or name.startswith(("copy/", "clauses/"))


def _merge(whole: Read, part: Read) -> None:
    whole.problems.extend(part.problems)
    for section, value in part.data.items():
        if section in whole.data:
            file, line = part.places[(section,)]
            message = f"section {section} stands in {whole.places[(section,)][0]} too"
            whole.problems.append(Problem(file, line, message, "keep one of them"))
            continue
        whole.data[section] = value
        whole.places.update({path: place for path, place in part.places.items() if path[0] == section})


def _add(whole: Read, section: str, key: str, part: Read) -> None:
    """A file that is one entry of a section, under its own key."""
    whole.problems.extend(part.problems)
    entries = whole.data.setdefault(section, {})
    assert isinstance(entries, dict)
    entries[key] = part.data
    whole.places.update({(section, key, *path): place for path, place in part.places.items()})


def _ordered(found: Iterable[Problem]) -> list[Problem]:
    return sorted(dict.fromkeys(found), key=lambda p: (p.file, p.line, p.message))


def _placed(read: Read, gap: Gap) -> Problem:
    return Problem(*read.place(gap.path), gap.message, gap.fix)


def _explain(read: Read, details: ErrorDetails) -> Problem:
    path: Path = details["loc"]
    message, fix = _wording(path, details)
    return Problem(*read.place(path), message, fix)


def _wording(path: Path, details: ErrorDetails) -> tuple[str, str]:
    where = ".".join(map(str, path))
    match details["type"]:
        case "missing":
            return f"{where} is missing", f"add {path[-1]}"
        case "extra_forbidden":
            return f"{where} is not known", _nearest(str(path[-1]), _fields(Playbook, path[:-1]))
        case "enum" | "literal_error":
            expected = findall(r"'([^']*)'", str(details["ctx"]["expected"]))
            return f"{where}: {details['input']} is not known", _nearest(str(details["input"]), expected)
        case "value_error":
            said, _, fix = str(details["ctx"]["error"]).partition(". Fix: ")
            return (f"{where}: {said}" if where else said), fix or "correct it"
        case _:
            return f"{where}: {details['input']!r:.80} does not fit", details["msg"]


def _nearest(word: str, known: Iterable[str]) -> str:
    names = list(known)
    close = get_close_matches(word, names, n=1)
    return f"did you mean {close[0]}?" if close else f"use one of {', '.join(names)}"


def _fields(annotation: Any, path: Path) -> Iterable[str]:
    """The keys that may stand at the path, as the schema's types say."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not path:
            return annotation.model_fields
        field = annotation.model_fields.get(str(path[0]))
        return _fields(field.annotation, path[1:]) if field else ()
    inner = [arg for arg in get_args(annotation) if arg is not Ellipsis]
    return _fields(inner[-1], path[1:]) if inner and path else ()


def _templates(playbook: Playbook, files: Mapping[str, str]) -> Iterator[Gap]:
    """Only where the templates are part of what was read."""
    folders = {name.split("/")[1] for name in files if name.startswith("templates/")}
    for index, rule in enumerate(playbook.documents.rules):
        if folders and not any(folder.partition(".")[0] == rule.template for folder in folders):
            message = f"documents.rules: template {rule.template} has no folder in templates/"
            yield Gap(("documents", "rules", index, "template"), message, _nearest(rule.template, sorted(folders)))
        elif folders and rule.template not in playbook.texts:
            message = f"documents.rules: template {rule.template} does not say who reviewed it"
            fix = f"add templates/{rule.template}/{REVIEW} with reviewed_by, reviewed_on, jurisdiction and next_review"
            yield Gap(("documents", "rules", index, "template"), message, fix)
