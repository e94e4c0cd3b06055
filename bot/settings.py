"""Where things are: addresses, folders and secrets. No business numbers: those stand in the playbook."""

import hashlib
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_LINK_KEY = 32
SHORTEST_KEY = 32
FEWEST_DIFFERENT_BYTES = 16  # of 32 random bytes, fewer than 16 different ones do not happen
KEY_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}", re.ASCII)
SMTP_SCHEMES = ("smtp", "smtp+starttls", "smtps")


class Misconfigured(Exception):
    """Names each variable that is missing or wrong, and what to set it to. Never its value."""


def release() -> str:
    """The version, and a hash of the code: a stored head folded by other code is not trusted."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted(here.rglob("*.py")):
        digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    try:
        number = version("countersign")
    except PackageNotFoundError:
        number = "0"
    return f"{number}+{digest.hexdigest()[:12]}"


def _web(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address such as https://host or http://host:port")
    return url.rstrip("/")


def _smtp(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in SMTP_SCHEMES or not parts.hostname:
        raise ValueError("must be smtp://, smtp+starttls:// or smtps://, and a host")
    return url


def _link_key(key: SecretStr) -> SecretStr:
    if len(key.get_secret_value().encode()) < SHORTEST_LINK_KEY:
        raise ValueError(f"must be at least {SHORTEST_LINK_KEY} bytes long")
    return key


def store_keys(text: str) -> dict[str, bytes]:
    """`id:hex` with commas between, in order. Raises ValueError, which never shows a key."""
    keys: dict[str, bytes] = {}
    for part in text.split(","):
        name, _, key = part.strip().partition(":")
        if not KEY_NAME.fullmatch(name) or name in keys:
            raise ValueError("must be id:key with commas between, and each id a different short word")
        keys[name] = _store_key(key)
    return keys


def _store_key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        raise ValueError("must hold each key in hexadecimal digits") from None
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"must hold keys of at least {SHORTEST_KEY} bytes, which is {2 * SHORTEST_KEY} digits")
    if len(set(key)) < FEWEST_DIFFERENT_BYTES or bytes(sorted(set(key))) == key:
        raise ValueError("must hold random keys: this one is a pattern that anybody can guess")
    return key


def _store_keys(keys: SecretStr) -> SecretStr:
    store_keys(keys.get_secret_value())
    return keys


def _secret(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value().strip():
        raise ValueError("must not be empty")
    return secret


WebUrl = Annotated[str, AfterValidator(_web)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]


class Local(BaseSettings):
    """What a command needs that touches no outside system. Each variable has a default."""

    model_config = SettingsConfigDict(hide_input_in_errors=True, frozen=True, env_ignore_empty=True)

    database_url: str = Field(
        "sqlite:///var/countersign.db", repr=False, description="sqlite:///FILE or postgresql+psycopg://…"
    )
    files_dir: Path = Field(Path("var/files"), description="a folder for contracts and other files")
    playbook_dir: Path = Field(Path("playbook"), description="the folder of the playbook")
    run_dir: Path = Field(Path("var/run"), description="a folder for the queue's socket and the logs")
    redis_url: str | None = Field(
        None, repr=False, description="redis://host:port/0, or leave it out for the embedded server"
    )
    clock_url: WebUrl | None = Field(None, description="the sandbox's clock; leave it out for the system's")
    release: str = Field(default_factory=release, description="the version of the code")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")
    web_host: str = Field("127.0.0.1", description="the address that the web process listens on")
    port: int = Field(8000, ge=0, le=65535, description="the port that the web process listens on")
    crash_dir: Path | None = Field(None, description="beside CLOCK_URL alone: a folder that says at which point to die")

    @field_validator("crash_dir")
    @classmethod
    def _never_beside_the_world(cls, crash_dir: Path | None, told: ValidationInfo) -> Path | None:
        if crash_dir is not None and told.data.get("clock_url") is None:
            raise ValueError("is for a sandbox alone, and CLOCK_URL is not set")
        return crash_dir


class Stored(Local):
    """What a command needs that opens the store."""

    store_keys: Annotated[SecretStr, AfterValidator(_store_keys)] = Field(
        description="id:key, at least 32 random bytes in hexadecimal: "
        "python3 -c 'import secrets; print(\"k1:\" + secrets.token_hex(32))'"
    )
    anchor_dir: Path = Field(Path("var/anchors"), description="a folder outside the database for the daily anchors")


class Settings(Stored):
    slack_api_url: WebUrl | None = Field(None, description="https://slack.com/api, or leave it out for Slack itself")
    slack_bot_token: Secret = Field(description="xoxb-…, from the Slack app's page OAuth & Permissions")
    slack_signing_secret: Secret = Field(description="the Signing Secret on the Slack app's Basic Information")
    slack_team_id: str = Field(min_length=1, description="T…, the id of our workspace, as in its address in a browser")
    slack_app_id: str = Field(min_length=1, description="A…, the App ID on the Slack app's Basic Information")
    salesforce_url: WebUrl = Field(description="https://yourcompany.my.salesforce.com")
    salesforce_org_id: str = Field(pattern=r"^00D\w{12}(\w{3})?$", description="00D…, from Setup > Company Information")
    salesforce_client_id: str = Field(min_length=1, description="the connected app's consumer key")
    salesforce_client_secret: Secret = Field(description="the connected app's consumer secret")
    salesforce_outbound_token: Secret = Field(
        description="a long random word; the outbound message's endpoint ends in it"
    )
    smtp_url: Annotated[str, AfterValidator(_smtp)] = Field(
        repr=False, description="smtp://host:port, smtp+starttls://user:password@host:587 or smtps://…"
    )
    mail_inbound_token: Secret = Field(description="a long random word that the inbound mail service sends")
    books_url: WebUrl = Field(description="the address of the books (invoices, schedules, journals)")
    books_token: Secret = Field(description="the token for the books")
    public_url: WebUrl = Field(description="the https address at which people outside reach this server")
    link_key: Annotated[SecretStr, AfterValidator(_link_key)] = Field(
        description="at least 32 random bytes: python3 -c 'import secrets; print(secrets.token_hex(32))'"
    )
    seal_dir: Path = Field(Path("var/seal"), description="the folder of the sealing certificate and its key")
    call_deadline_s: float = Field(
        25, gt=0, le=300, description="the longest that one call outside may take, in seconds"
    )
    lease_s: float = Field(
        60, description="seconds after which another worker goes on; more than twice CALL_DEADLINE_S"
    )

    @field_validator("lease_s")
    @classmethod
    def _outlives_two_calls(cls, lease_s: float, told: ValidationInfo) -> float:
        if lease_s <= 2 * told.data.get("call_deadline_s", 0):
            raise ValueError("must be more than twice CALL_DEADLINE_S")
        return lease_s


def load() -> Settings:
    try:
        return Settings()
    except ValidationError as wrong:
        raise Misconfigured(explain(wrong)) from None


def load_stored() -> Stored:
    try:
        return Stored()
    except ValidationError as wrong:
        raise Misconfigured(explain(wrong)) from None


def load_local() -> Local:
    try:
        return Local()
    except ValidationError as wrong:
        raise Misconfigured(explain(wrong)) from None


def explain(wrong: ValidationError) -> str:
    lines = [_line(str(error["loc"][0]), error["type"], error["msg"]) for error in wrong.errors()]
    return "\n".join(["The environment is not complete:", *lines])


def _line(field: str, kind: str, message: str) -> str:
    fault = "is not set" if kind == "missing" else message.removeprefix("Value error, ")
    return f"  {field.upper()} {fault}. Set it to: {Settings.model_fields[field].description}"
