"""The tables that must stay complete: every command, every effect, every client; and a light web process."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.agents.table import RULES
from bot.playbook.loader import load
from bot.streams.decision import Command
from bot.streams.effects import Effect
from bot.wiring import texts
from jobs.effects.table import EFFECTS

ROOT = Path(__file__).parents[2]
HEAVY = (
    "numpy",
    "scipy",
    "sklearn",
    "matplotlib",
    "reportlab",
    "pypdf",
    "pypdfium2",
    "PIL",
    "pyhanko",
    "openai",
    "boto3",
)


def concrete(kind: type[Any]) -> set[type[Any]]:
    """Its descendants that have none of their own."""
    children: list[type[Any]] = kind.__subclasses__()
    return set().union(*map(concrete, children)) or {kind}


def test_every_command_has_a_rule() -> None:
    assert {kind.__name__ for kind in concrete(Command) - set(RULES)} == set()


def test_every_effect_has_a_runner() -> None:
    assert {kind.__name__ for kind in concrete(Effect) - set(EFFECTS)} == set()


def test_every_effect_names_its_lane() -> None:
    assert all(effect.lane for effect in EFFECTS)


def test_every_effect_says_what_it_means_when_it_is_given_up() -> None:
    assert set(load(texts(ROOT / "playbook")).parked) >= {kind.model_fields["kind"].default for kind in EFFECTS}


def test_the_playbook_of_the_repository_is_whole() -> None:
    assert load(texts(ROOT / "playbook")).company.name


def test_the_web_process_stays_light() -> None:
    """Pictures, documents and models are the workers' business; the web process answers in milliseconds."""
    program = "import sys, app, bot.cli.main; print(*sorted(sys.modules), sep='\\n')"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert set(HEAVY) & {name.partition(".")[0] for name in ran.stdout.split()} == set()
