"""Whoever adds a package says what it is for."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"[A-Za-z0-9_.-]+")


def test_each_package_has_a_line_that_says_why() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {found[0] for one in asked if (found := NAME.match(one)) and not found[0].startswith("types-")}
    said = (ROOT / "docs" / "dependencies.md").read_text().casefold()
    assert {name for name in names if name.casefold() not in said} == set()
