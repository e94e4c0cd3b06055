"""Every check of `countersign doctor`, built from the settings. What is not set up yet is a finding, too."""

from collections.abc import Iterator

from bot import wiring
from bot.checkup import door, house
from bot.checkup.running import Check
from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.finding import Finding, failed, fine, wrong

SETTINGS = "Set it in .env, or let `countersign install` ask for it"
MAIL = "See user and password in SMTP_URL (percent-encoded), and whether the server lets this sender send"
BUCKET = "See S3_BUCKET, S3_REGION, S3_ENDPOINT_URL and S3_KEY_ID, and that the key may read, write and delete there"
BOOKS = "See BOOKS_URL and BOOKS_TOKEN"
FAILURES = (Busy, Refused, Unauthorised, Unknown, ValueError)


def from_settings() -> list[Check]:
    """All of them; or, when settings are missing or refused, only what says which."""
    try:
        return checks(wiring.settings())
    except wiring.Misconfigured as no:
        told = str(no)
        return [Check("settings", lambda: _incomplete(told))]


def checks(of: wiring.Settings) -> list[Check]:
    return [
        Check("settings", lambda: [fine("settings", "complete")]),
        Check("clock", lambda: house.clock(of)),
        Check("playbook", lambda: house.playbook(of)),
        Check("keys", lambda: house.keys(of)),
        Check("database", lambda: house.database(of)),
        Check("queue", lambda: house.queue(of)),
        Check("disks", lambda: house.disks(of)),
        Check("web", lambda: door.look(of)),
        Check("slack", lambda: _slack(of)),
        Check("salesforce", lambda: _salesforce(of)),
        Check("esign", lambda: house.seal(of)),
        Check("mail", lambda: _mail(of)),
        Check("books", lambda: _books(of)),
        Check("documents", lambda: _documents(of)),
    ]


def _incomplete(told: str) -> Iterator[Finding]:
    """One finding a line: each names a variable and what to set it to."""
    lines = [line.strip() for line in told.splitlines() if line.startswith("  ")] or [told]
    for line in lines:
        name, _, rest = line.partition(" ")
        what, _, mend = rest.partition(". ")
        yield wrong(f"settings.{name}", f"{name} {what}", mend or SETTINGS)


def outbound_url(of: wiring.Settings) -> str:
    """Where Salesforce sends its outbound messages. It ends in a secret."""
    return f"{of.public_url}/salesforce/outbound/{of.salesforce_outbound_token.get_secret_value()}"


def _slack(of: wiring.Settings) -> Iterator[Finding]:
    from integrations.slack import checkup

    tokens = (t.get_secret_value() if t else "" for t in (of.slack_config_token, of.slack_app_token))
    wanted = checkup.Wanted(of.slack_team_id, of.slack_app_id, f"{of.public_url}/slack/events", *tokens)
    return checkup.look(wiring.slack_sdk_client(of), wanted, wiring.system_clock().now())


def _salesforce(of: wiring.Settings) -> Iterator[Finding]:
    from integrations.salesforce import checkup
    from integrations.salesforce.session import ClientCredentials, CrmSession

    credentials = ClientCredentials(of.salesforce_client_id, of.salesforce_client_secret.get_secret_value())
    session = CrmSession(of.salesforce_url, credentials, of.call_deadline_s)
    wanted = checkup.Wanted(of.salesforce_org_id, outbound_url(of))
    return checkup.look(session, wanted, wiring.system_clock().now())


def _mail(of: wiring.Settings) -> Iterator[Finding]:
    try:
        wiring.mail(of).greet()
    except FAILURES as no:
        yield failed("mail", "the mail server", no, MAIL)
    else:
        yield fine("mail", "the mail server takes our letters")


def _books(of: wiring.Settings) -> Iterator[Finding]:
    try:
        wiring.books(of).greet()
    except FAILURES as no:
        yield failed("books", "the books' server", no, BOOKS)
    else:
        yield fine("books", "they take our token")


def _documents(of: wiring.Settings) -> Iterator[Finding]:
    """A folder is looked at with the disks, and Salesforce by its own check."""
    if of.files_store != "s3":
        told = "this machine's folder" if of.files_store == "local" else "Salesforce's files"
        yield fine("documents", f"they lie in {told}, encrypted")
        return
    try:
        wiring.bucket(of).greet()
    except FAILURES as no:
        yield failed("documents", "the bucket", no, BUCKET)
    else:
        yield fine("documents", f"the bucket {of.s3_bucket} is ours to use; what lies there is encrypted")
