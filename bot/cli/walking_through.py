"""The questions of `install`, system by system; an answer that settings would refuse is asked for again."""

import secrets
import sys
from collections.abc import Mapping

import typer
from rich.console import Console

from bot import settings_questions
from bot.cli import handing_out

SOCKET = "SLACK_APP_TOKEN"
OUTBOUND = "SALESFORCE_OUTBOUND_TOKEN"
TOKEN_BYTES = 32
BY_SYSTEM: dict[str, tuple[str, ...]] = {
    "Slack": ("SLACK_APP_ID", "SLACK_TEAM_ID", "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"),
    "Salesforce": ("SALESFORCE_URL", "SALESFORCE_ORG_ID", "SALESFORCE_CLIENT_ID", "SALESFORCE_CLIENT_SECRET"),
    "Mail": ("SMTP_URL",),
    "Books": ("BOOKS_URL", "BOOKS_TOKEN"),
}
err = Console(stderr=True)


class Walk:
    """`given` is what is known already: it is offered again, secrets without being shown."""

    def __init__(self, given: Mapping[str, str], socket_mode: bool) -> None:
        self.values = dict(given)
        self._socket_mode = socket_mode

    def through(self) -> dict[str, str]:
        """Every question; all values."""
        self._ask("PUBLIC_URL")
        url = self.values["PUBLIC_URL"].rstrip("/")
        token = self.values.setdefault(OUTBOUND, secrets.token_hex(TOKEN_BYTES))
        before = {
            "Slack": handing_out.slack_steps(url, self._socket_mode),
            "Salesforce": handing_out.salesforce_steps(f"{url}/salesforce/outbound/{token}"),
        }
        for system, names in BY_SYSTEM.items():
            sys.stdout.write(f"\n{system}\n{before.get(system, '')}\n".replace("\n\n\n", "\n"))
            for name in (*names, *((SOCKET,) if system == "Slack" and self._socket_mode else ())):
                self._ask(name)
        return self.values

    def _ask(self, name: str) -> None:
        known, hidden = self.values.get(name, ""), settings_questions.is_secret(name)
        while True:
            told = self._prompt(name, known, hidden)
            fault = settings_questions.faults({name: told}).get(name, "")
            if not fault:
                self.values[name] = told
                return
            err.print(f"{name} {fault}", markup=False)

    def _prompt(self, name: str, known: str, hidden: bool) -> str:
        shown = "keep it" if hidden else known
        text = f"{name} ({settings_questions.meaning(name)})"
        answer: str = typer.prompt(text, default=shown if known else None, hide_input=hidden, err=True)
        return known if known and answer == shown else answer.strip()
