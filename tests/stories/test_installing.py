"""From an empty folder to a product that runs, with nothing but what `install` printed and wrote."""

import json
import os
import pty
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from sandbox.slack import manifest
from sandbox.slack.seed import CONFIG_TOKEN
from sandbox.town import Town
from sandbox.wait import until

STOP_S, READY_S = 20, 90
SANDBOX = ("CLOCK_URL", "SLACK_API_URL", "PORT", "SEAL_DIR")
ASKED = (
    "PUBLIC_URL", "SLACK_APP_ID", "SLACK_TEAM_ID", "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "SALESFORCE_URL",
    "SALESFORCE_ORG_ID", "SALESFORCE_CLIENT_ID", "SALESFORCE_CLIENT_SECRET", "SMTP_URL", "BOOKS_URL", "BOOKS_TOKEN",
)  # fmt: skip


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path / "town")
    made.open()
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    (tmp_path / "empty").mkdir()
    return tmp_path / "empty"


def environment(town: Town, **more: str) -> dict[str, str]:
    """None of the sandbox's: a machine as anybody has one."""
    told = town.environment()
    return {name: told[name] for name in ("PATH", "HOME", "LANG") if name in told} | more


def countersign(town: Town, folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    told = environment(town, **more)
    command = town.countersign(*words)
    return subprocess.run(command, cwd=folder, env=told, capture_output=True, text=True, check=False, timeout=60)


def answers(town: Town, empty: Path) -> Path:
    """What a person would copy from the pages of Slack, Salesforce and the rest."""
    file = empty / "answers.env"
    told = town.environment()
    wanted = (*ASKED, *SANDBOX, "SALESFORCE_OUTBOUND_TOKEN", "SLACK_APP_TOKEN")
    file.write_text("".join(f"{name}={told[name]}\n" for name in wanted if name in told and name != "SEAL_DIR"))
    return file


@pytest.mark.parametrize("how", ["", "--socket-mode"])
def test_an_empty_folder_becomes_a_product_that_runs(town: Town, empty: Path, how: str) -> None:
    printed = countersign(town, empty, "install", "slack", "--public-url", town.url, *filter(None, [how]))
    manifest.install(town.site.app, json.loads(printed.stdout))
    assert town.site.app.socket_mode is bool(how)
    ran = countersign(town, empty, "install", "--answers", str(answers(town, empty)), "--json")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads(ran.stdout)
    assert told["doctor"]["ok"] is True
    assert set(told["made"]) == {"LINK_KEY", "MAIL_INBOUND_TOKEN", "STORE_KEYS"}
    assert stat.S_IMODE((empty / ".env").stat().st_mode) == 0o600
    (empty / "answers.env").unlink()
    process = subprocess.Popen(town.countersign("up"), cwd=empty, env=environment(town), start_new_session=True)
    try:
        until(lambda: _healthy(town), READY_S, "the product answers")
        looked = countersign(town, empty, "doctor", "--json", SLACK_CONFIG_TOKEN=CONFIG_TOKEN)
        assert looked.returncode == 0, looked.stdout
        found = {f["check"]: f["status"] for f in json.loads(looked.stdout)["findings"]}
        slack = ("slack.socket", "slack.socket_mode") if how else ("slack.door", "slack.request_url")
        for check in (*slack, "web.public_url", "queue", "keys.store", "database"):
            assert found[check] == "ok", check
        until(lambda: town.site.socket.lines == bool(how), READY_S, "the line that the settings ask for")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_S)
    assert process.returncode == 0


def _healthy(town: Town) -> bool:
    try:
        return requests.get(f"{town.url}/healthz", timeout=2).ok
    except requests.RequestException:
        return False


def test_a_second_run_keeps_the_keys_and_the_former_file(town: Town, empty: Path) -> None:
    given = str(answers(town, empty))
    assert countersign(town, empty, "install", "--answers", given).returncode == 0
    first = (empty / ".env").read_text()
    refused = countersign(town, empty, "install", "--answers", given)
    assert refused.returncode == 2
    assert "--force writes over it" in refused.stderr
    assert (empty / ".env").read_text() == first
    again = countersign(town, empty, "install", "--answers", given, "--force", SMTP_URL=town.mail.url + "/")
    assert again.returncode == 0, again.stderr
    (former,) = empty.glob(".env.2*")
    assert former.read_text() == first
    assert stat.S_IMODE(former.stat().st_mode) == 0o600
    changed = set((empty / ".env").read_text().splitlines()) ^ set(first.splitlines())
    assert {line.partition("=")[0] for line in changed} == {"SMTP_URL"}


def test_what_is_missing_or_refused_is_named_and_nothing_is_written(town: Town, empty: Path) -> None:
    told = town.environment()
    bad = {name: told[name] for name in (*ASKED, *SANDBOX) if name != "BOOKS_TOKEN"} | {"SALESFORCE_ORG_ID": "01D"}
    (empty / "answers.env").write_text("".join(f"{name}={value}\n" for name, value in bad.items()))
    ran = countersign(town, empty, "install", "--answers", "answers.env")
    assert ran.returncode == 1
    assert "BOOKS_TOKEN is not set. Set it to: the token for the books" in ran.stderr
    assert "SALESFORCE_ORG_ID" in ran.stderr and told["SLACK_BOT_TOKEN"] not in ran.stderr
    assert not (empty / ".env").exists()
    assert countersign(town, empty, "install", "--answers", "nowhere.env").returncode == 2
    assert countersign(town, empty, "install", "--json").returncode == 2


def test_the_walk_asks_again_and_shows_no_secret(town: Town, empty: Path) -> None:
    """On a terminal of its own, as a person sits at one."""
    told = town.environment()
    lines = [told[name] for name in ASKED]
    lines.insert(ASKED.index("SLACK_BOT_TOKEN"), "xoxp-not-a-bots-token")
    sandbox = {name: told[name] for name in SANDBOX}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        town.countersign("install"),
        cwd=empty, env=environment(town, TERM="dumb", **sandbox), stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown = _typed(ours, process, lines)
    assert process.returncode == 1, shown
    assert shown.count("WRONG ") == shown.count("WRONG salesforce.outbound_message") == 1  # the new token's deployment
    assert "SLACK_BOT_TOKEN must be the bot's token, which begins with xoxb-" in shown
    assert f"{town.url}/slack/events" in shown and "sf project deploy start" in shown
    for secret in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SALESFORCE_CLIENT_SECRET", "BOOKS_TOKEN"):
        assert told[secret] not in shown, secret
        assert f"{secret}='{told[secret]}'" in (empty / ".env").read_text()


def _typed(terminal: int, process: subprocess.Popen[bytes], lines: list[str]) -> str:
    """Each line when it is asked for; everything that the terminal showed."""
    shown, asked = "", 0
    while True:
        try:
            piece = os.read(terminal, 65536).decode(errors="replace")
        except OSError:  # the other side is gone
            break
        if not piece:
            break
        shown += piece
        while asked < len(lines) and shown.count("): ") > asked:
            os.write(terminal, (lines[asked] + "\n").encode())
            asked += 1
    os.close(terminal)
    process.wait(STOP_S)
    return shown


def test_salesforces_steps_name_the_package_and_the_command(town: Town, empty: Path) -> None:
    ran = countersign(town, empty, "install", "salesforce", "--public-url", "https://deals.larkspur.example/")
    assert "sf project deploy start --manifest manifest/package.xml" in ran.stdout
    assert "COUNTERSIGN_OUTBOUND_URL=https://deals.larkspur.example/salesforce/outbound/" in ran.stdout
    named = next(line for line in ran.stdout.splitlines() if line.strip().startswith("cd "))
    assert (Path(named.strip().removeprefix("cd ")) / "manifest/package.xml").is_file()
    assert countersign(town, empty, "install", "slack").returncode == 2
