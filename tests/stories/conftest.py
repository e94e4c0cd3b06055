"""Companies whose playbook differs from the example's in a word or two."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest

from tests.world import World

Changed = Callable[..., World]


@pytest.fixture
def company(tmp_path: Path, seal_dir: Path, request: pytest.FixtureRequest) -> Iterator[Changed]:
    """`company(approvals=[(old, new)])`: the example company with these words of approvals.yaml in the place of others;
    a word that stands there more than once is changed everywhere."""
    made: list[World] = []

    def begin(database_url: str = "", **files: list[tuple[str, str]]) -> World:
        book = tmp_path / "book"
        copytree("playbook", book)
        for name, changes in files.items():
            path = book / f"{name}.yaml"
            text = path.read_text("utf-8")
            for old, new in changes:
                assert old in text, old
                text = text.replace(old, new)
            path.write_text(text, "utf-8")
        made.append(World(tmp_path / "town", seal_dir, database_url, more={"PLAYBOOK_DIR": str(book)}))
        return made[-1]

    yield begin
    for world in made:
        world.close()
        if not request.session.testsfailed:
            world.told()


@pytest.fixture
def eager(company: Changed) -> World:
    """The last row of its escalations comes at half of the time, and one escalation is data enough."""
    return company(
        escalations=[
            ("helped_minutes: 240", "helped_minutes: 10"),
            ("least: 10", "least: 1"),
            ("when: []\n      at: 100%", "when: []\n      at: 50%"),
        ]
    )
