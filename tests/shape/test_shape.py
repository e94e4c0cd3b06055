"""The limits of the design."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "integrations", "jobs")
FILES = sorted(path for top in (*PRODUCT, "sandbox") for path in (ROOT / top).rglob("*.py"))
VAGUE = {"utils", "helpers", "common", "base", "manager", "service", "misc", "core", "types"}
SKIPPED = {
    ".git",
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    "__pycache__",
    "var",
}
# Where the work was done is nobody's business: spelt so that this file does not name it either.
ELSEWHERE = re.compile(r"/[w]ork/|/[o]pt/pypi|/[o]pt/wheels|\.\./[s]hared|[b]ash_jobs")


@cache
def contracts() -> dict[str, dict[str, list[str]]]:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return {contract["name"]: contract for contract in linter["contracts"]}


@cache
def function_lengths(path: Path) -> list[int]:
    nodes = ast.walk(ast.parse(path.read_text()))
    found = [n for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(n.end_lineno or n.lineno) - n.lineno + 1 for n in found]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small_and_plainly_named(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300
    assert max(function_lengths(path), default=0) <= 40
    assert not VAGUE & {path.stem, path.parent.name}


@pytest.mark.parametrize("tops", [PRODUCT, ("sandbox",)], ids=["product", "sandbox"])
def test_most_functions_fit_in_a_glance(tops: tuple[str, ...]) -> None:
    lengths = [n for path in FILES if path.relative_to(ROOT).parts[0] in tops for n in function_lengths(path)]
    assert median(lengths) <= 8
    assert quantiles(lengths, n=10)[-1] <= 25


def test_the_contracts_name_every_agent_and_system() -> None:
    agents = {f"bot.agents.{path.parent.name}" for path in (ROOT / "bot/agents").glob("*/__init__.py")}
    systems = {f"integrations.{path.parent.name}" for path in (ROOT / "integrations").glob("*/__init__.py")}
    assert agents == set(contracts()["Agents meet only through facts"]["modules"])
    assert systems == set(contracts()["Integrations do not import each other"]["modules"])


def test_nothing_names_the_machine_it_was_made_on() -> None:
    paths = (path for path in ROOT.rglob("*") if path.is_file() and not SKIPPED & set(path.parts))
    guilty = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in paths
        if (found := ELSEWHERE.search(path.read_bytes().decode(errors="ignore")))
    ]
    assert guilty == []
