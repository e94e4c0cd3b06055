"""A wrong environment is explained in words that name the variable, and never show a secret."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import settings
from bot.settings import Misconfigured, Settings, load, load_local
from bot.settings_files import secret
from bot.settings_secrets import placeholder

COMPLETE = {
    "SLACK_BOT_TOKEN": "xoxb-hidden",
    "SLACK_SIGNING_SECRET": "hidden",
    "SLACK_TEAM_ID": "T07LARK",
    "SLACK_APP_ID": "A07COUNTER",
    "SALESFORCE_URL": "https://larkspur.my.salesforce.example/",
    "SALESFORCE_ORG_ID": "00D7F00000107XsUAI",
    "SALESFORCE_CLIENT_ID": "consumer",
    "SALESFORCE_CLIENT_SECRET": "hidden",
    "SALESFORCE_OUTBOUND_TOKEN": "hidden-hidden-hidden-hidden-hidden",
    "SMTP_URL": "smtp+starttls://larkspur:hidden@mail.larkspur.example:587",
    "MAIL_INBOUND_TOKEN": "hidden-hidden-hidden-hidden-hidden",
    "BOOKS_URL": "http://127.0.0.1:9100",
    "BOOKS_TOKEN": "hidden",
    "PUBLIC_URL": "https://deals.larkspur.example",
    "STORE_KEYS": "new:" + sha256(b"one").hexdigest() + ",old:" + sha256(b"two").hexdigest(),
    "LINK_KEY": "hidden-hidden-hidden-hidden-hidden",
}


SECRETS = {
    "BOOKS_TOKEN",
    "CALENDAR_URL",
    "DATABASE_URL",
    "LINK_KEY",
    "MAIL_INBOUND_TOKEN",
    "REDIS_URL",
    "SLACK_APP_TOKEN",
    "S3_SECRET",
    "SLACK_CONFIG_TOKEN",
    "SALESFORCE_CLIENT_SECRET",
    "SALESFORCE_OUTBOUND_TOKEN",
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SMTP_URL",
    "STORE_KEYS",
}


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
        monkeypatch.delenv(f"{field.upper()}_FILE", raising=False)
    monkeypatch.delenv("ENV_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


@pytest.fixture
def environment(empty: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch = empty
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
        ("MAIL_INBOUND_TOKEN", "hidden-too-short", "at least 32 bytes"),
        ("LINK_KEY", "change-me-hidden-change-me-hidden-change-me", "a placeholder"),
        ("SLACK_BOT_TOKEN", "xoxb-12…", "a placeholder"),
        ("SLACK_BOT_TOKEN", "xoxb-your-token-hidden", "a placeholder"),
        ("SLACK_BOT_TOKEN", "xoxp-hidden", "begins with xoxb-"),
        ("SLACK_BOT_TOKEN", "xoxb-sandbox-hidden", "is the sandbox's"),
        ("SLACK_SIGNING_SECRET", "sandbox-hidden", "is the sandbox's"),
        ("SLACK_SIGNING_SECRET", "<hidden signing secret>", "a placeholder"),
        ("BOOKS_TOKEN", "aaaaaaaaaaaa", "a placeholder"),
        ("BOOKS_TOKEN", "password", "a placeholder"),
        ("SMTP_URL", "smtps://larkspur:changeme-hidden@mail.larkspur.example", "a placeholder"),
        ("SMTP_URL", "http://hidden", "smtp://"),
        ("BOOKS_URL", "hidden", "must be an address"),
        ("SALESFORCE_URL", "http://hidden.my.salesforce.com", "must begin with https://"),
        ("PUBLIC_URL", "http://127.0.0.1.hidden.example", "must begin with https://"),
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


@pytest.mark.usefixtures("empty")
def test_a_command_that_touches_nothing_outside_needs_no_environment() -> None:
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


def test_the_sandboxs_keys_are_good_beside_the_sandbox(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_API_URL", "http://127.0.0.1:9200/api")
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-sandbox-hidden")
    assert load().slack_bot_token.get_secret_value() == "xoxb-sandbox-hidden"


def test_a_file_in_the_working_folder_is_read_and_the_environment_wins(environment: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("# ours\nBOOKS_URL='http://127.0.0.1:9200'\nSLACK_TEAM_ID=T09OTHER\nNOT_OURS=1\n")
    environment.delenv("BOOKS_URL")
    assert (load().books_url, load().slack_team_id) == ("http://127.0.0.1:9200", "T07LARK")


def test_the_file_may_lie_elsewhere(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("PORT=8123\n")
    Path(".env").write_text("PORT=8124\n")
    environment.setenv("ENV_FILE", str(tmp_path / "elsewhere"))
    assert load_local().port == 8123


@pytest.mark.usefixtures("environment")
def test_what_is_wrong_in_the_file_is_named_without_its_value() -> None:
    Path(".env").write_text("PORT=hidden\n")
    with pytest.raises(Misconfigured, match="PORT") as said:
        load()
    assert "hidden" not in str(said.value)


def test_exactly_the_secrets_may_lie_in_files() -> None:
    assert {name.upper() for name, field in Settings.model_fields.items() if secret(field)} == SECRETS


MAY_BE_LEFT_OUT = {"CALENDAR_URL", "DATABASE_URL", "REDIS_URL", "S3_SECRET", "SLACK_APP_TOKEN", "SLACK_CONFIG_TOKEN"}


@pytest.mark.parametrize("name", sorted(SECRETS - MAY_BE_LEFT_OUT))
def test_a_secret_is_read_from_the_file_that_is_named(environment: pytest.MonkeyPatch, name: str) -> None:
    given = load()
    environment.delenv(name)
    environment.setenv(f"{name}_FILE", "secret")
    Path("secret").write_text(COMPLETE[name] + "\n")
    assert load() == given


def test_the_file_of_a_secret_may_be_named_in_the_working_folders_file(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("BOOKS_TOKEN")
    Path("secret").write_text("of-the-file")
    Path(".env").write_text("BOOKS_TOKEN_FILE=secret\n")
    assert load().books_token.get_secret_value() == "of-the-file"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "BOOKS_TOKEN_FILE names no file that can be read: FileNotFoundError"),
        (b"\xff\xfe", "BOOKS_TOKEN_FILE names no file that can be read: UnicodeDecodeError"),
        (b"a" * 65_537, "BOOKS_TOKEN_FILE names a file that is too large"),
        (b"\n", "BOOKS_TOKEN must not be empty"),
        (b"changeme", "BOOKS_TOKEN is still a placeholder"),
    ],
)
def test_a_file_that_holds_no_secret_is_named(
    environment: pytest.MonkeyPatch, content: bytes | None, fault: str
) -> None:
    environment.delenv("BOOKS_TOKEN")
    environment.setenv("BOOKS_TOKEN_FILE", "secret")
    if content is not None:
        Path("secret").write_bytes(content)
    with pytest.raises(Misconfigured, match=fault):
        load()


def test_a_secret_that_is_given_twice_is_refused(environment: pytest.MonkeyPatch) -> None:
    Path("secret").write_text("hidden")
    environment.setenv("BOOKS_TOKEN_FILE", "secret")
    with pytest.raises(Misconfigured, match="BOOKS_TOKEN and BOOKS_TOKEN_FILE are both set"):
        load()


@given(st.text("abcdef0123456789", min_size=32, max_size=64).filter(lambda text: len(set(text)) >= 4))
def test_no_random_key_is_taken_for_a_placeholder(key: str) -> None:
    assert not placeholder(key)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"FILES_STORE": "s3"}, "S3_BUCKET"),
        ({"S3_KEY_ID": "AKIA"}, "S3_SECRET"),
        ({"FILES_STORE": "ftp"}, "FILES_STORE"),
    ],
)
def test_a_store_for_documents_is_named_whole(
    environment: pytest.MonkeyPatch, told: dict[str, str], wrong: str
) -> None:
    for name, value in told.items():
        environment.setenv(name, value)
    with pytest.raises(Misconfigured, match=wrong):
        load()
