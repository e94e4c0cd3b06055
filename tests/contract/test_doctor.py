"""Whatever the other systems lack, `doctor` names it and says how it is mended; asked over their real wire."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from bot import wiring
from bot.checkup import running, table
from bot.checkup.running import Check
from integrations.finding import Finding, fine
from integrations.salesforce.needs import NEEDS
from integrations.slack import needs
from sandbox.slack.seed import APP_TOKEN, CONFIG_TOKEN
from sandbox.town import Town

DEADLINE_S = 30
Break = Callable[[Town], object]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path / "town")
    made.open()
    yield made
    made.close()


def found(town: Town, *names: str, **changed: str) -> dict[str, Finding]:
    told = {name.lower(): value for name, value in town.environment().items()} | changed
    of = wiring.Settings.model_validate({n: told[n] for n in wiring.Settings.model_fields if told.get(n)})
    checks = [check for check in table.checks(of) if not names or check.name in names]
    return {finding.check: finding for finding in running.run(checks, DEADLINE_S)}


def wrong(findings: dict[str, Finding]) -> dict[str, str]:
    return {f.check: f"{f.told} / {f.mend}" for f in findings.values() if f.status == "wrong"}


def test_nothing_is_wrong_with_a_whole_installation(town: Town) -> None:
    findings = found(town, slack_config_token=CONFIG_TOKEN)
    assert wrong(findings) == {}
    assert {f"slack.scope {scope}" for scope in needs.scopes()} <= {c for c, f in findings.items() if f.status == "ok"}
    assert {f"slack.event {event}" for event in needs.EVENTS} <= set(findings)
    assert {f"salesforce.object {name}" for name in NEEDS} <= set(findings)
    for check in (
        "slack.clock",
        "salesforce.clock",
        "slack.request_url",
        "salesforce.outbound_message",
        "mail",
        "books",
    ):
        assert findings[check].status == "ok", findings[check]


def test_each_scope_that_is_not_granted_is_named_with_its_mending(town: Town) -> None:
    missing: set[str] = set()
    for scope, uses in needs.scopes().items():
        town.site.app.lack(scope)
        missing.add(f"slack.scope {scope}")
        told = wrong(found(town, "slack"))
        assert set(told) == missing
        assert uses[0] in told[f"slack.scope {scope}"]
        assert f"For {scope}, add it under Bot Token Scopes" in told[f"slack.scope {scope}"]


@pytest.mark.parametrize("event", ["message.groups", "user_change"])
def test_an_event_that_is_not_subscribed(town: Town, event: str) -> None:
    town.site.app.deafen(event)
    told = wrong(found(town, "slack", slack_config_token=CONFIG_TOKEN))
    assert set(told) == {f"slack.event {event}"}
    assert f"Add {event} at" in told[f"slack.event {event}"]


SLACK: dict[str, tuple[Break, dict[str, str], str, str]] = {
    "token": (lambda t: None, {"slack_bot_token": "xoxb-0123456789-another"}, "slack.token", "SLACK_BOT_TOKEN"),
    "team": (lambda t: None, {"slack_team_id": "T0ELSE"}, "slack.token", "Set SLACK_TEAM_ID to T07LARK"),
    "app": (lambda t: None, {"slack_app_id": "A0ELSE"}, "slack.app", "Set SLACK_APP_ID to A07COUNTER"),
    "down": (lambda t: t.slack.stop(), {}, "slack.token", "Slack does not answer"),
    "late clock": (lambda t: t.slack.skew(400), {}, "slack.clock", "behind Slack's"),
    "early clock": (lambda t: t.slack.skew(-400), {}, "slack.clock", "timedatectl"),
    "config token": (
        lambda t: None,
        {"slack_config_token": "xoxe.xoxp-old-one"},
        "slack.events",
        "configuration token",
    ),
}


@pytest.mark.parametrize("lack", SLACK)
def test_what_else_is_wrong_with_slack(town: Town, lack: str) -> None:
    broken, changed, check, words = SLACK[lack]
    broken(town)
    told = wrong(found(town, "slack", **changed))
    assert set(told) == {check}
    assert words in told[check]


@pytest.mark.parametrize("part", ["event_subscriptions", "interactivity"])
def test_an_address_that_slack_does_not_send_to(town: Town, part: str) -> None:
    check = {"event_subscriptions": "slack.request_url", "interactivity": "slack.interactivity"}[part]
    town.site.app.manifest["settings"][part]["request_url"] = "https://old.example/slack/events"
    told = wrong(found(town, "slack", slack_config_token=CONFIG_TOKEN))
    assert set(told) == {check}
    assert "https://old.example" in told[check]
    assert "App Manifest" in told[check]


MESSAGE = "salesforce.outbound_message"


def _lies(name: str, field: str) -> Break:
    return lambda town: town.org.lack(name, field)


def _spent(town: Town) -> None:
    town.salesforce.rest.most_calls = 20
    town.salesforce.rest.calls = 19


SALESFORCE: dict[str, tuple[Break, dict[str, str], str, str]] = {
    "secret": (lambda t: None, {"salesforce_client_secret": "8" * 20 + "abc"}, "salesforce.login", "Consumer"),
    "org": (lambda t: None, {"salesforce_org_id": "00D000000000000AAA"}, "salesforce.login", "Set SALESFORCE_ORG_ID"),
    "down": (lambda t: t.salesforce.stop(), {}, "salesforce.login", "does not answer"),
    "clock": (lambda t: t.salesforce.skew(-240), {}, "salesforce.clock", "ahead of Salesforce's"),
    "limits": (_spent, {}, "salesforce.limits", "System Overview"),
    "object": (_lies("Task", ""), {}, "salesforce.object Task", "Assign the permission set"),
    "right": (lambda t: t.org.forbid("Opportunity"), {}, "salesforce.right Opportunity edit", "permission set"),
    "edit": (
        lambda t: t.org.forbid("Opportunity", "NextStep"), {}, "salesforce.field Opportunity.NextStep", "tick Edit",
    ),
    "currency": (
        _lies("Opportunity", "CurrencyIsoCode"), {}, "salesforce.field Opportunity.CurrencyIsoCode", "Multiple",
    ),
    "flow": (lambda t: setattr(t.org.setup, "flow", False), {}, "salesforce.flow", "Deploy"),
    "sleeping flow": (lambda t: setattr(t.org.setup, "flow_active", False), {}, "salesforce.flow", "Activate"),
    "message": (lambda t: setattr(t.org.setup, "message", False), {}, MESSAGE, "Deploy"),
    "endpoint": (lambda t: setattr(t.org.setup, "endpoint", "https://old.example"), {}, MESSAGE, "Endpoint"),
}  # fmt: skip


@pytest.mark.parametrize("lack", SALESFORCE)
def test_what_is_wrong_with_salesforce(town: Town, lack: str) -> None:
    broken, changed, check, words = SALESFORCE[lack]
    broken(town)
    told = wrong(found(town, "salesforce", **changed))
    assert set(told) == {check}
    assert words in told[check]
    assert town.keys["SALESFORCE_OUTBOUND_TOKEN"] not in str(told)


def test_each_field_of_ours_that_was_not_deployed_is_named_with_its_mending(town: Town) -> None:
    missing: set[str] = set()
    for name, field in [(name, field) for name, need in NEEDS.items() for field in sorted(need.custom)]:
        town.org.lack(name, field)
        missing.add(f"salesforce.field {name}.{field}")
        told = wrong(found(town, "salesforce"))
        assert set(told) == missing
        assert "sf project deploy start" in told[f"salesforce.field {name}.{field}"]


def test_who_may_not_look_at_setup_is_told_where_to_look(town: Town) -> None:
    town.org.setup.visible = False
    findings = found(town, "salesforce")
    assert wrong(findings) == {}
    assert findings["salesforce.flow"].status == "note"
    assert "Setup > Flows" in findings["salesforce.flow"].mend


REST: dict[str, tuple[Break, dict[str, str], str, str]] = {
    "mail down": (lambda t: t.mail.stop(), {}, "mail", "does not answer"),
    "mail password": (lambda t: None, {"smtp_url": "smtp://127.0.0.1:9"}, "mail", "does not answer"),
    "books down": (lambda t: t.books.stop(), {}, "books", "does not answer"),
    "books token": (lambda t: None, {"books_token": "another-token-of-9"}, "books", "BOOKS_TOKEN"),
    "queue": (lambda t: None, {"redis_url": "redis://127.0.0.1:9/0"}, "queue", "REDIS_URL"),
    "database": (
        lambda t: None, {"database_url": "postgresql://nobody:x@127.0.0.1:9/none"}, "database", "DATABASE_URL",
    ),
    "clock": (
        lambda t: None, {"slack_api_url": "", "slack_bot_token": "xoxb-1234567890-real-one",
                         "slack_signing_secret": "8f742231b10e8888abcd99yyyzzz85a5"}, "clock", "Remove CLOCK_URL",
    ),
}  # fmt: skip


@pytest.mark.parametrize("lack", REST)
def test_what_is_wrong_elsewhere(town: Town, lack: str) -> None:
    broken, changed, check, words = REST[lack]
    broken(town)
    told = wrong(found(town, check.partition(".")[0], **changed))
    assert set(told) == {check}
    assert words in told[check]


def test_a_folder_into_which_nothing_can_be_written(town: Town) -> None:
    told = wrong(found(town, "disks", files_dir=str(town.folder / "store.keys" / "files")))
    assert set(told) == {"disk.files"}
    assert "Give the user" in told["disk.files"]


def test_a_key_that_is_not_the_databases(town: Town) -> None:
    assert town.run("pause", "mail", "--reason", "a wrong template").returncode == 0
    assert wrong(found(town, "database")) == {}
    other = "sandbox:" + os.urandom(32).hex()
    assert set(wrong(found(town, "database", store_keys=other))) == {"keys.store"}


def test_the_age_of_a_key_is_in_its_name(town: Town) -> None:
    old = found(town, "keys", store_keys="k20200101:" + os.urandom(32).hex())
    assert old["keys.age"].status == "note"
    assert "Put a new key before it" in old["keys.age"].mend
    today = f"{wiring.system_clock().now():%Y%m%d}"
    assert found(town, "keys", store_keys=f"k{today}:" + os.urandom(32).hex())["keys.age"].status == "ok"


def test_a_check_that_hangs_holds_up_no_other_and_is_named() -> None:
    never = Event()

    def hanging() -> Iterator[Finding]:
        yield fine("slow.first", "done")
        never.wait()

    told = list(running.run([Check("slow", hanging), Check("quick", lambda: [fine("quick", "done")])], 0.3))
    assert [(f.check, f.status) for f in told] == [("slow.first", "ok"), ("slow", "wrong"), ("quick", "ok")]
    assert "--deadline" in told[1].mend
    never.set()


def test_the_command_tells_programs_and_people_and_its_exit_code_says_which(town: Town) -> None:
    town.org.lack("Opportunity", "Term_Months__c")
    ran = town.run("doctor", "--json")
    assert ran.returncode == 1
    told = json.loads(ran.stdout)
    assert told["ok"] is False
    (only,) = [f for f in told["findings"] if f["status"] == "wrong"]
    assert only["check"] == "salesforce.field Opportunity.Term_Months__c"
    assert only["mend"]
    assert town.run("doctor", "--deadline", "none").returncode == 2


def test_settings_that_are_not_there_are_findings(tmp_path: Path, town: Town) -> None:
    town.keys = {name: value for name, value in town.keys.items() if name != "BOOKS_TOKEN"}
    ran = town.run("doctor")
    assert ran.returncode == 1
    assert "WRONG settings.BOOKS_TOKEN: BOOKS_TOKEN is not set" in ran.stdout
    assert "the token for the books" in ran.stdout


def test_socket_mode_has_its_own_checks(town: Town) -> None:
    both = {"slack_app_token": APP_TOKEN, "slack_config_token": CONFIG_TOKEN}
    told = wrong(found(town, "slack", **both))
    assert set(told) == {"slack.socket", "slack.socket_mode"}
    assert "Turn Socket Mode on" in told["slack.socket_mode"]
    assert "connections:write" in told["slack.socket"]
    town.site.app.socket_mode = town.site.app.manifest["settings"]["socket_mode_enabled"] = True
    assert wrong(found(town, "slack", **both)) == {}
    assert set(wrong(found(town, "slack", slack_app_token="", slack_config_token=CONFIG_TOKEN))) == {
        "slack.request_url",
        "slack.interactivity",
    }
    assert set(wrong(found(town, "slack", slack_app_token="xapp-1-another-token"))) == {"slack.socket"}
