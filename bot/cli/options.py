"""The options that many commands have, said once."""

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="for a program")]
Folder = Annotated[Path | None, typer.Option("--playbook", help="its folder; else PLAYBOOK_DIR")]
