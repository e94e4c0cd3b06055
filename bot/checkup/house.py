"""What this machine must have: a playbook, keys, a database of this release, a queue, room on the disks."""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bot import wiring
from bot.playbook import loader
from bot.store import schema
from bot.store.errors import Away
from integrations.finding import Finding, fine, note, wrong

LEAST_FREE, SCARCE = 500_000_000, 2_000_000_000
OLD = timedelta(days=365)
MADE_ON = re.compile(r"k(\d{4})(\d\d)(\d\d)\w*", re.ASCII)
ROTATE = "Put a new key before it, named after its day (k20261126:…); leave the old one: it still reads what it wrote"
MEND_PATH = "Give the user that Countersign runs as the right to write there, or name another folder"


def playbook(of: wiring.Local) -> Iterator[Finding]:
    found = loader.problems(wiring.texts(of.playbook_dir))
    if not found:
        yield fine("playbook", "whole")
    for problem in found:
        yield wrong("playbook", str(problem), "Mend it there; `countersign playbook check` reads it again")


def keys(of: wiring.Stored) -> Iterator[Finding]:
    """Weak keys never come this far: settings refuse them."""
    first = wiring.store_key_names(of)[0]
    yield fine("keys.strength", "at least 32 random bytes")
    if (made := MADE_ON.fullmatch(first)) is None:
        told = f"the first store key is named {first}, which does not say how old it is"
        yield note("keys.age", told, "Name the next one after its day, as in k20261126")
        return
    age = wiring.system_clock().now().date() - date(*(int(part) for part in made.groups()))
    if age > OLD:
        yield note("keys.age", f"the first store key is {age.days} days old", ROTATE)
    else:
        yield fine("keys.age", f"the first store key is {max(age.days, 0)} days old")


def database(of: wiring.Stored) -> Iterator[Finding]:
    engine = wiring.engine(of)
    try:
        with engine.reading() as sql:
            found = schema.revision(sql)
    except Away:
        yield wrong(
            "database", "the database does not answer", "Start it, and see DATABASE_URL: host, port, name, user"
        )
        return
    finally:
        engine.close()
    if found == schema.wanted():
        yield fine("database", f"schema {found}, which is this release's")
        yield from _opened(of)
    elif found is None and engine.embedded:
        yield fine("database", "empty: the first start makes its tables")
    else:
        told = f"the database has schema {found or 'none'}, and this release needs {schema.wanted()}"
        yield wrong("database", told, "`countersign store migrate` brings it there")


def _opened(of: wiring.Stored) -> Iterator[Finding]:
    try:
        wiring.store(of).close()
    except wiring.Misconfigured as no:
        yield wrong(
            "keys.store", str(no), "Give STORE_KEYS the keys that this database was written with, first to last"
        )
    else:
        yield fine("keys.store", "STORE_KEYS open this database")


def queue(of: wiring.Local) -> Iterator[Finding]:
    from redis import RedisError

    from jobs.doorbell import connect
    from jobs.queue_server import address

    try:
        with connect(address(of.redis_url, of.run_dir)) as server:
            server.ping()
    except (RedisError, OSError) as lost:
        told = type(lost).__name__
        if of.redis_url is None:
            yield note("queue", "the embedded queue server does not run", "`countersign up` starts it")
        else:
            yield wrong("queue", f"the server of REDIS_URL does not answer ({told})", "Start it, and see REDIS_URL")
    else:
        yield fine("queue", "answers")


def disks(of: wiring.Settings) -> Iterator[Finding]:
    places = {"files": of.files_dir, "anchors": of.anchor_dir, "run": of.run_dir, "seal": of.seal_dir}
    for name, folder in places.items():
        yield _disk(f"disk.{name}", folder)


def _disk(check: str, folder: Path) -> Finding:
    """A folder that is not there is made at its first use, in the nearest one that is."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return wrong(check, f"nothing can be written into {folder}", MEND_PATH)
    free = shutil.disk_usage(there).free
    told = f"{free / 1e9:.1f} GB free for {folder}"
    if free < LEAST_FREE:
        return wrong(check, f"only {told}", "Make room, or put the folder on a larger disk")
    return note(check, f"only {told}", "Make room soon") if free < SCARCE else fine(check, told)


def seal(of: wiring.Settings) -> Iterator[Finding]:
    """The signers' pages are our own: what a signature needs besides is the seal."""
    from integrations.seal.certificate import CERTIFICATE, load, made_here

    if not (of.seal_dir / CERTIFICATE).exists():
        mend = f"Put {CERTIFICATE} and key.pem of your company into {of.seal_dir}"
        yield note("esign.seal", "no certificate yet: a development one is made, and every seal will say so", mend)
        return
    try:
        certificate = load(of.seal_dir, "").certificate
    except (OSError, ValueError) as no:
        yield wrong(
            "esign.seal", f"the sealing certificate cannot be used: {no}", f"Put a whole pair into {of.seal_dir}"
        )
        return
    ends = certificate.not_valid_after_utc
    if ends <= wiring.system_clock().now():
        yield wrong(
            "esign.seal", f"the sealing certificate ended on {ends:%Y-%m-%d}", "Renew it; move the old to former/"
        )
    elif made_here(certificate):
        yield note("esign.seal", "a development certificate: every seal says so", f"Put your own into {of.seal_dir}")
    else:
        yield fine("esign.seal", f"good until {ends:%Y-%m-%d}")


def clock(of: wiring.Settings) -> Iterator[Finding]:
    if of.clock_url and of.slack_api_url is None:
        yield wrong("clock", "CLOCK_URL is the sandbox's clock, and Slack is the real one", "Remove CLOCK_URL")
    else:
        yield fine("clock", "the sandbox's" if of.clock_url else "the system's")
