"""Where things are: addresses, folders and secrets. No business numbers: those stand in the playbook."""

import hashlib
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.settings_files import Misconfigured, WithFiles
from bot.settings_secrets import SANDBOX, AppToken, BotToken, OurSecret, Secret, SmtpUrl, StoreKeys, store_keys

__all__ = ["Local", "Misconfigured", "Settings", "Stored", "load", "load_local", "load_stored", "store_keys"]

Loaded = TypeVar("Loaded", bound=BaseSettings)


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
        raise ValueError("must be an address such as https://host, or http://127.0.0.1:port on this machine")
    if parts.scheme == "http" and not _here(parts.hostname):
        raise ValueError("must begin with https://: what goes beyond this machine is never sent in the clear")
    return url.rstrip("/")


def _here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


WebUrl = Annotated[str, AfterValidator(_web)]


class Where(BaseSettings):
    env_file: Path = Field(Path(".env"), description="a file of NAME=value lines; the environment wins over it")


class Local(BaseSettings):
    """What a command needs that touches no outside system. Each variable has a default."""

    model_config = SettingsConfigDict(
        hide_input_in_errors=True,
        frozen=True,
        env_ignore_empty=True,
        extra="ignore",
        dotenv_filtering="only_existing",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over `.env`."""
        env = EnvSettingsSource(settings_cls)
        dotenv = DotEnvSettingsSource(settings_cls, env_file=env_file())
        return init_settings, WithFiles(settings_cls, env), WithFiles(settings_cls, dotenv)

    database_url: str = Field(
        "sqlite:///var/countersign.db", repr=False, description="sqlite:///FILE or postgresql+psycopg://…"
    )
    files_dir: Path = Field(Path("var/files"), description="a folder for contracts and other files")
    files_store: Literal["local", "s3", "salesforce"] = Field(
        "local", description="where documents lie: local (FILES_DIR), s3 (S3_BUCKET) or salesforce (its own files)"
    )
    s3_bucket: str = Field(
        "", validate_default=True, description="the name of the bucket for documents, with FILES_STORE=s3"
    )
    s3_region: str = Field("us-east-1", description="the bucket's region, such as eu-central-1")
    s3_endpoint_url: WebUrl | None = Field(None, description="another server that speaks S3; leave it out for Amazon")
    s3_key_id: str = Field("", description="an access key's id; leave it out to use the machine's own role")
    s3_secret: Secret | None = Field(
        None, validate_default=True, repr=False, description="the access key's secret, with S3_KEY_ID"
    )
    playbook_dir: Path = Field(Path("playbook"), description="the folder of the playbook")
    credit_file: Path | None = Field(
        None, description="a CSV of customers' credit; leave it out where it stands in Salesforce alone"
    )
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

    @field_validator("s3_bucket")
    @classmethod
    def _is_named(cls, bucket: str, told: ValidationInfo) -> str:
        if told.data.get("files_store") == "s3" and not bucket:
            raise ValueError("is not set, and FILES_STORE is s3")
        return bucket

    @field_validator("s3_secret")
    @classmethod
    def _has_its_secret(cls, secret: SecretStr | None, told: ValidationInfo) -> SecretStr | None:
        if told.data.get("s3_key_id") and secret is None:
            raise ValueError("is not set, and S3_KEY_ID is")
        return secret

    @field_validator("crash_dir")
    @classmethod
    def _never_beside_the_world(cls, crash_dir: Path | None, told: ValidationInfo) -> Path | None:
        if crash_dir is not None and told.data.get("clock_url") is None:
            raise ValueError("is for a sandbox alone, and CLOCK_URL is not set")
        return crash_dir


class Stored(Local):
    """What a command needs that opens the store."""

    store_keys: StoreKeys = Field(
        description="id:key, at least 32 random bytes in hexadecimal: "
        "python3 -c 'import secrets; print(\"k1:\" + secrets.token_hex(32))'"
    )
    anchor_dir: Path = Field(Path("var/anchors"), description="a folder outside the database for the daily anchors")


class Settings(Stored):
    slack_api_url: WebUrl | None = Field(None, description="https://slack.com/api, or leave it out for Slack itself")
    slack_bot_token: BotToken = Field(description="xoxb-…, from the Slack app's page OAuth & Permissions")
    slack_signing_secret: Secret = Field(description="the Signing Secret on the Slack app's Basic Information")
    slack_app_token: AppToken | None = Field(
        None, repr=False, description="xapp-…, for Socket Mode; leave it out when Slack calls PUBLIC_URL"
    )
    slack_config_token: Secret | None = Field(
        None,
        repr=False,
        description="for `countersign doctor` alone: an app configuration token, which lives twelve hours",
    )
    slack_team_id: str = Field(min_length=1, description="T…, the id of our workspace, as in its address in a browser")
    slack_app_id: str = Field(min_length=1, description="A…, the App ID on the Slack app's Basic Information")
    salesforce_url: WebUrl = Field(description="https://yourcompany.my.salesforce.com")
    salesforce_org_id: str = Field(pattern=r"^00D\w{12}(\w{3})?$", description="00D…, from Setup > Company Information")
    salesforce_client_id: str = Field(min_length=1, description="the connected app's consumer key")
    salesforce_client_secret: Secret = Field(description="the connected app's consumer secret")
    salesforce_outbound_token: OurSecret = Field(
        description="a long random word; the outbound message's endpoint ends in it"
    )
    smtp_url: SmtpUrl = Field(
        repr=False, description="smtp://host:port, smtp+starttls://user:password@host:587 or smtps://…"
    )
    mail_inbound_token: OurSecret = Field(description="a long random word that the inbound mail service sends")
    books_url: WebUrl = Field(description="the address of the books (invoices, schedules, journals)")
    books_token: Secret = Field(description="the token for the books")
    calendar_url: WebUrl | None = Field(
        None, repr=False, description="the private address of a calendar (iCalendar) with company events and travel"
    )
    public_url: WebUrl = Field(description="the https address at which people outside reach this server")
    link_key: OurSecret = Field(
        description="at least 32 random bytes: python3 -c 'import secrets; print(secrets.token_hex(32))'"
    )
    metrics_token: OurSecret | None = Field(
        None, description="a long random word that who reads /metrics must give; leave it out to show it to nobody"
    )
    seal_dir: Path = Field(Path("var/seal"), description="the folder of the sealing certificate and its key")
    call_deadline_s: float = Field(
        25, gt=0, le=300, description="the longest that one call outside may take, in seconds"
    )
    lease_s: float = Field(
        60, description="seconds after which another worker goes on; more than twice CALL_DEADLINE_S"
    )

    @field_validator("slack_bot_token", "slack_app_token", "slack_signing_secret")
    @classmethod
    def _not_the_sandboxs(cls, secret: SecretStr | None, told: ValidationInfo) -> SecretStr | None:
        if secret is not None and SANDBOX in secret.get_secret_value() and told.data.get("slack_api_url", "") is None:
            raise ValueError("is the sandbox's, which everybody knows, and SLACK_API_URL is not set")
        return secret

    @field_validator("lease_s")
    @classmethod
    def _outlives_two_calls(cls, lease_s: float, told: ValidationInfo) -> float:
        if lease_s <= 2 * told.data.get("call_deadline_s", 0):
            raise ValueError("must be more than twice CALL_DEADLINE_S")
        return lease_s


def env_file() -> Path:
    return Where().env_file


def load() -> Settings:
    return _loaded(Settings)


def load_stored() -> Stored:
    return _loaded(Stored)


def load_local() -> Local:
    return _loaded(Local)


def _loaded(kind: type[Loaded]) -> Loaded:
    try:
        return kind()
    except ValidationError as wrong:
        raise Misconfigured(explain(wrong)) from None


def explain(wrong: ValidationError) -> str:
    lines = ["  " + complaint(str(error["loc"][0]), error["type"], error["msg"]) for error in wrong.errors()]
    return "\n".join(["The environment is not complete:", *lines])


def complaint(field: str, kind: str, message: str) -> str:
    """NAME, what is wrong with it, and what to set it to."""
    fault = "is not set" if kind == "missing" else message.removeprefix("Value error, ")
    return f"{field.upper()} {fault}. Set it to: {Settings.model_fields[field].description}"
