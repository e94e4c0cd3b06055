"""A wrong environment is explained in words that name the variable, and never show a secret."""

from hashlib import sha256

import pytest

from bot import settings
from bot.settings import Local, Misconfigured, Settings, load, load_local

COMPLETE = {
    "SLACK_BOT_TOKEN": "xoxb-hidden",
    "SLACK_SIGNING_SECRET": "hidden",
    "SLACK_TEAM_ID": "T07LARK",
    "SLACK_APP_ID": "A07COUNTER",
    "SALESFORCE_URL": "https://larkspur.my.salesforce.example/",
    "SALESFORCE_ORG_ID": "00D7F00000107XsUAI",
    "SALESFORCE_CLIENT_ID": "consumer",
    "SALESFORCE_CLIENT_SECRET": "hidden",
    "SALESFORCE_OUTBOUND_TOKEN": "hidden",
    "SMTP_URL": "smtp+starttls://larkspur:hidden@mail.larkspur.example:587",
    "MAIL_INBOUND_TOKEN": "hidden",
    "BOOKS_URL": "http://127.0.0.1:9100",
    "BOOKS_TOKEN": "hidden",
    "PUBLIC_URL": "https://deals.larkspur.example",
    "STORE_KEYS": "new:" + sha256(b"one").hexdigest() + ",old:" + sha256(b"two").hexdigest(),
    "LINK_KEY": "hidden-hidden-hidden-hidden-hidden",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_a_complete_environment_is_read_and_its_secrets_are_not_shown() -> None:
    found = load()
    assert found.salesforce_url == "https://larkspur.my.salesforce.example"
    assert found.link_key.get_secret_value() == COMPLETE["LINK_KEY"]
    assert "hidden" not in repr(found)
    assert sha256(b"one").hexdigest() not in repr(found)


@pytest.mark.parametrize("name", COMPLETE)
def test_what_is_missing_is_named_with_what_to_set(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.delenv(name)
    with pytest.raises(Misconfigured, match=rf"{name} is not set\. Set it to: ."):
        load()


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("STORE_KEYS", "hidden", "id:key"),
        ("STORE_KEYS", "k1:hidden", "hexadecimal"),
        ("STORE_KEYS", "k1:" + sha256(b"x").hexdigest()[:62], "at least 32 bytes"),
        ("STORE_KEYS", "k1:" + "00" * 32, "a pattern"),
        ("STORE_KEYS", "k1:" + bytes(range(32)).hex(), "a pattern"),
        ("STORE_KEYS", "k1:" + b"change-me-please".hex() * 2, "a pattern"),
        ("STORE_KEYS", f"k1:{sha256(b'x').hexdigest()},k1:{sha256(b'y').hexdigest()}", "different"),
        ("LINK_KEY", "hidden-too-short", "at least 32 bytes"),
        ("SMTP_URL", "http://hidden", "smtp://"),
        ("BOOKS_URL", "hidden", "must be an address"),
        ("SLACK_BOT_TOKEN", "   ", "must not be empty"),
        ("SALESFORCE_ORG_ID", "006hidden", "00D"),
        ("PORT", "hidden", "PORT"),
    ],
)
def test_what_is_wrong_is_named_without_its_value(
    environment: pytest.MonkeyPatch, name: str, value: str, fault: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(Misconfigured) as said:
        load()
    assert name in str(said.value)
    assert fault in str(said.value)
    assert "hidden" not in str(said.value)
    assert value.strip() == "" or value not in str(said.value)


def test_a_command_that_touches_nothing_outside_needs_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Local.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    assert load_local().database_url == "sqlite:///var/countersign.db"


def test_the_release_is_the_same_for_the_same_code() -> None:
    assert settings.release() == settings.release()
    assert "+" in settings.release()


def test_a_lease_must_outlive_two_calls(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("CALL_DEADLINE_S", "30")
    with pytest.raises(Misconfigured, match="LEASE_S must be more than twice CALL_DEADLINE_S"):
        load()
    environment.setenv("LEASE_S", "61")
    assert load().lease_s == 61


def test_nothing_dies_on_purpose_beside_a_real_workspace(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("CRASH_DIR", "crashes")
    with pytest.raises(Misconfigured, match="CRASH_DIR is for a sandbox alone"):
        load_local()
