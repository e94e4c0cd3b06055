"""Every no that the code can say has its words in the playbook, and they render with nothing given."""

import re
from pathlib import Path

import pytest

from bot.playbook.loader import load
from bot.wiring import texts

ROOT = Path(__file__).parents[2]
PLAYBOOK = load(texts(ROOT / "playbook"))
SAYS = re.compile(r'(?:Refuse|refusal|\.page|_notice)\((?:[a-z_]+, )?"([a-z]+\.[a-z_]+|unavailable)"')
FIELD = re.compile(r'WrongField\([\w.]+, "([a-z_.]+)"\)')
RETURNED = re.compile(r'(?:return|reason =) "([a-z]+\.[a-z_]+)"')


def reasons() -> set[str]:
    found: set[str] = set()
    for path in [
        *(ROOT / "bot/agents").rglob("*.py"),
        *(ROOT / "bot/handlers").rglob("*.py"),
        ROOT / "bot/dispatch.py",
    ]:
        text = path.read_text()
        for pattern in (SAYS, FIELD, RETURNED):
            found |= set(pattern.findall(text))
    return found


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_it_is_said_in_words(reason: str) -> None:
    bold, rest = PLAYBOOK.refusal(reason)
    assert bold.endswith(".")
    assert rest.strip()


def test_there_are_many() -> None:
    assert len(reasons()) > 30
