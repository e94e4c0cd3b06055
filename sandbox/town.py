"""The whole company on one machine: every outside system, and Countersign itself as its own processes."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import requests

from sandbox.books.server import BooksServer
from sandbox.calendar.server import CalendarServer
from sandbox.clock.server import ClockServer
from sandbox.mail.server import MailServer
from sandbox.salesforce import seed as salesforce_seed
from sandbox.salesforce.org import Change
from sandbox.salesforce.outbound import Outbound
from sandbox.salesforce.server import SalesforceServer
from sandbox.slack import manifest
from sandbox.slack import seed as slack_seed
from sandbox.slack.people import People
from sandbox.slack.server import SlackServer
from sandbox.wait import until

START = datetime(2026, 11, 17, 9, 12, tzinfo=UTC)
HOST = "127.0.0.1"
PORTS = range(10_240, 32_000)
CLIENT_ID = "sandbox-connected-app"
READY_S = 90.0
STOP_S = 20.0
ROOT = Path(__file__).parent.parent
KEYS = ("BOOKS_TOKEN", "LINK_KEY", "MAIL_INBOUND_TOKEN", "SALESFORCE_CLIENT_SECRET", "SALESFORCE_OUTBOUND_TOKEN")
FOREIGN = frozenset({"REDIS_URL", "RELEASE", "LOG_LEVEL", "WEB_HOST", "PYTHONPATH"})


class NotReady(Exception):
    """Countersign did not come up; says where its log is."""


@dataclass
class Town:
    """`folder` holds all that is kept, the database too unless `database_url` names another; `changed` counts the
    changes of Salesforce. Nothing listens beyond loopback."""

    folder: Path
    port: int = 0
    keys: Mapping[str, str] = field(default_factory=lambda: {name: secrets.token_hex(32) for name in KEYS})
    process: subprocess.Popen[bytes] | None = None
    changed: int = 0
    database_url: str = ""
    socket_mode: bool = False
    past: int = salesforce_seed.PAST_DEALS
    importing: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or _free_port()
        self.store_keys = _kept(self.folder / "store.keys")
        self.clock = ClockServer(START)
        self.site = slack_seed.larkspur(f"{self.url}/slack/events", clock=self.clock.now)
        manifest.install(self.site.app)
        self.site.app.socket_mode = self.socket_mode
        self.slack = SlackServer(self.site)
        self.people = People(self.site)
        self.org = salesforce_seed.larkspur(self.clock, self.past)
        self.salesforce = SalesforceServer(self.org, CLIENT_ID, self.keys["SALESFORCE_CLIENT_SECRET"])
        self.mail = MailServer()
        self.books = BooksServer(self.keys["BOOKS_TOKEN"])
        self.calendar = CalendarServer()
        self.outbound: Outbound | None = None
        self.org.listeners.append(self._count)

    def _count(self, changes: list[Change]) -> None:
        self.changed += len(changes)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def open(self) -> None:
        for server in (self.clock, self.slack, self.salesforce, self.mail, self.books, self.calendar):
            server.start()
        self.org.setup.endpoint = f"{self.url}/salesforce/outbound/{self.keys['SALESFORCE_OUTBOUND_TOKEN']}"
        self.outbound = Outbound(self.org, self.org.setup.endpoint)

    def environment(self) -> dict[str, str]:
        """Only addresses and keys: all that tells a sandbox from the world."""
        app = self.site.app
        return {
            **{name: value for name, value in os.environ.items() if name not in FOREIGN},
            **self.keys,
            "ENV_FILE": os.devnull,
            "DATABASE_URL": self.database_url or f"sqlite:///{self.folder / 'countersign.db'}",
            "STORE_KEYS": self.store_keys,
            "ANCHOR_DIR": str(self.folder / "anchors"),
            "FILES_DIR": str(self.folder / "files"),
            "RUN_DIR": str(self.folder / "run"),
            "SEAL_DIR": str(self.folder / "seal"),
            "PLAYBOOK_DIR": str(ROOT / "playbook"),
            "CLOCK_URL": self.clock.url,
            "SLACK_API_URL": f"{self.slack.url}/api",
            "SLACK_BOT_TOKEN": app.bot_token,
            **({"SLACK_APP_TOKEN": app.app_token} if app.socket_mode else {}),
            "SLACK_SIGNING_SECRET": app.signing_secret,
            "SLACK_TEAM_ID": app.team,
            "SLACK_APP_ID": app.app_id,
            "SALESFORCE_URL": self.salesforce.url,
            "SALESFORCE_ORG_ID": self.org.id,
            "SALESFORCE_CLIENT_ID": CLIENT_ID,
            "SMTP_URL": self.mail.url,
            "BOOKS_URL": self.books.url,
            "CALENDAR_URL": self.calendar.url,
            "PUBLIC_URL": self.url,
            "PORT": str(self.port),
        }

    def countersign(self, *words: str) -> list[str]:
        return [sys.executable, "-c", "from bot.cli.main import main; main()", *words]

    def start(self) -> None:
        """Countersign is up when its web process answers and everybody's rights are known."""
        log = (self.folder / "up.log").open("ab")
        self.process = subprocess.Popen(
            self.countersign("up"), cwd=ROOT, env=self.environment(), stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        try:
            until(self._up, READY_S, "Countersign's web process answers")
        except TimeoutError:
            raise NotReady(f"Countersign did not come up; see {self.folder / 'up.log'}") from None

    def import_history(self) -> None:
        """The years before, by the administrator's own command; the company need not wait for it."""
        with (self.folder / "history.log").open("wb") as log:
            command = ["nice", *self.countersign("history", "import")]
            self.importing = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=log, stderr=subprocess.DEVNULL, start_new_session=True
            )

    def imported(self) -> str:
        """Its first line, once it is done."""
        if self.importing is not None:
            self.importing.wait(READY_S)
        return (self.folder / "history.log").read_text().partition("\n")[0]

    def run(
        self, *words: str, told: str = "", more: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """One command of the administrator's shell; `told` is its standard input, `more` stand beside our settings."""
        return subprocess.run(
            self.countersign(*words),
            cwd=ROOT,
            env=self.environment() | dict(more or {}),
            input=told,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.process = None

    def close(self) -> None:
        if self.importing is not None and self.importing.poll() is None:
            self.importing.kill()
            self.importing.wait()
        self.stop()
        if self.outbound is not None:
            self.outbound.close()
        servers = (self.calendar, self.books, self.mail, self.salesforce, self.slack, self.clock)
        with ThreadPoolExecutor(len(servers)) as at_once:
            list(at_once.map(lambda server: server.stop(), servers))

    def _up(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            raise NotReady(f"Countersign ended with {self.process.returncode}; see {self.folder / 'up.log'}")
        try:
            return requests.get(f"{self.url}/healthz", timeout=2).ok
        except requests.RequestException:
            return False


def _kept(file: Path) -> str:
    """A key of the store's own, the same when the folder is used again."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(f"sandbox:{secrets.token_hex(32)}")
    return file.read_text()


def _free_port() -> int:
    """Below those that the system gives to calls that go out: else one of them may take it before we listen."""
    while True:
        with suppress(OSError), socket.create_server((HOST, PORTS.start + secrets.randbelow(len(PORTS)))) as found:
            return int(found.getsockname()[1])
