"""The limits of the design, and the tables that must stay complete."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from statistics import median, quantiles

import pytest

from bot.agents.table import RULES
from bot.streams.decision import Command
from bot.streams.effects import Effect
from jobs.effects.table import EFFECTS

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "integrations", "jobs")
FILES = sorted(path for top in (*PRODUCT, "sandbox") for path in (ROOT / top).rglob("*.py"))
VAGUE = {"utils", "helpers", "common", "base", "manager", "service", "misc", "core", "types"}
HEAVY = ("numpy", "scipy", "sklearn", "matplotlib", "reportlab", "pyhanko", "openai")
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
ELSEWHERE = re.compile("|".join(["/work/", "/opt/pypi", "/opt/wheels", r"\.\./sha" "red", "bash_jobs"]))


@cache
def contracts() -> dict[str, dict[str, list[str]]]:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return {contract["name"]: contract for contract in linter["contracts"]}


@cache
def function_lengths(path: Path) -> list[int]:
    nodes = ast.walk(ast.parse(path.read_text()))
    found = [n for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(n.end_lineno or n.lineno) - n.lineno + 1 for n in found]


def concrete(kind: type) -> set[type]:
    """Its descendants that have none of their own."""
    below = [one for child in kind.__subclasses__() for one in concrete(child)]
    return set(below) or {kind}


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


def test_every_command_has_a_rule() -> None:
    assert {kind.__name__ for kind in concrete(Command) - set(RULES)} == set()


def test_every_effect_has_a_runner() -> None:
    assert {kind.__name__ for kind in concrete(Effect) - set(EFFECTS)} == set()


def test_an_effect_is_carried_out_in_the_lane_it_names() -> None:
    assert all(effect.lane for effect in EFFECTS)


def test_the_contracts_name_every_agent_and_system() -> None:
    agents = {f"bot.agents.{path.parent.name}" for path in (ROOT / "bot/agents").glob("*/__init__.py")}
    systems = {f"integrations.{path.parent.name}" for path in (ROOT / "integrations").glob("*/__init__.py")}
    assert agents == set(contracts()["Agents meet only through facts"]["modules"])
    assert systems == set(contracts()["Integrations do not import each other"]["modules"])


def test_the_contracts_name_every_client() -> None:
    """What speaks to a vendor is built by wiring alone; a port, its words and its pure parts are for all."""
    entries = contracts()["Only wiring builds clients and reads settings"]["protected_modules"]
    named = {entry for entry in entries if entry.startswith("integrations.")}
    clients = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "integrations").glob("*/*.py")
        if path.stem not in ("__init__", "port")
    }
    assert clients == named


def test_the_web_process_stays_light() -> None:
    """Pictures, documents and models are the workers' business; the web process answers in milliseconds."""
    program = "import sys, app; print(*sorted(sys.modules), sep='\\n')"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert set(HEAVY) & {name.partition(".")[0] for name in ran.stdout.split()} == set()


def test_nothing_names_the_machine_it_was_made_on() -> None:
    paths = (path for path in ROOT.rglob("*") if path.is_file() and not SKIPPED & set(path.parts))
    guilty = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in paths
        if (found := ELSEWHERE.search(path.read_bytes().decode(errors="ignore")))
    ]
    assert guilty == []
