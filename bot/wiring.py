"""The one place that reads settings, clock and chance, and builds clients; each process takes what it needs, and loads
no more than that."""

from __future__ import annotations

import secrets
import threading
import time
from functools import cache
from random import random, uniform
from typing import TYPE_CHECKING, TypeVar

from bot import crashpoints, logs
from bot.playbook_folder import templates, texts
from bot.settings import Local, Misconfigured, Settings, Stored, load, load_local, load_stored, store_keys
from bot.store.errors import OtherSchema, WrongKey
from bot.streams.ids import ulid

if TYPE_CHECKING:
    from pathlib import Path

    from slack_sdk import WebClient

    from bot.dispatch import Dispatcher
    from bot.playbook.schema import Playbook
    from bot.store.anchors import Anchors
    from bot.store.engine import Engine
    from bot.store.keyring import Keyring
    from bot.store.transaction import Store
    from integrations.billing.rest import RestBooks
    from integrations.calendar.ics import IcsCalendar
    from integrations.clock.port import Clock
    from integrations.esign.port import Links
    from integrations.files.port import Blobs, Files, ShareLinks
    from integrations.files.s3 import Bucket
    from integrations.mail.port import Requests
    from integrations.mail.smtp import SmtpMail
    from integrations.ports import Ports
    from integrations.salesforce.blobs import CrmBlobs
    from integrations.salesforce.port import Crm
    from integrations.slack.port import Slack
    from integrations.slack.socket_mode import SocketMode, Take

SomeLocal = TypeVar("SomeLocal", bound=Local)

__all__ = ["Local", "Misconfigured", "Settings", "Stored", "local", "settings", "templates", "texts"]


@cache
def settings() -> Settings:
    return _armed(load())


@cache
def stored() -> Stored:
    return _armed(load_stored())


@cache
def local() -> Local:
    return _armed(load_local())


def _armed(of: SomeLocal) -> SomeLocal:
    if of.crash_dir is not None:
        crashpoints.arm(of.crash_dir)
    return of


def clock(of: Local) -> Clock:
    return _remote_clock(of.clock_url) if of.clock_url else system_clock()


@cache
def _remote_clock(url: str) -> Clock:
    """One a process, so that all of it sees a turned clock at the same moment."""
    from integrations.clock.remote import RemoteClock

    return RemoteClock(url)


def system_clock() -> Clock:
    from integrations.clock.system import SystemClock

    return SystemClock()


def playbook(of: Local) -> Playbook:
    return _playbook(of.playbook_dir)


def playbook_in(folder: Path | None) -> Playbook:
    """Of that folder, or of the installation's."""
    return _playbook(folder) if folder else playbook(local())


@cache
def _playbook(folder: Path) -> Playbook:
    """A process works by the playbook that it began with."""
    from bot.playbook import loader

    return loader.load(texts(folder))


def keyring(of: Stored) -> Keyring:
    from bot.store.keyring import Keyring

    return Keyring(store_keys(of.store_keys.get_secret_value()), secrets.token_bytes)


def store_key_names(of: Stored) -> list[str]:
    """The first is the one that writes."""
    return list(store_keys(of.store_keys.get_secret_value()))


def store(of: Stored) -> Store:
    """Raises Misconfigured when STORE_KEYS are not those of this store, or its tables those of another release; and
    Away."""
    from bot.store.transaction import Store

    try:
        return Store(of.database_url, keyring(of))
    except (WrongKey, OtherSchema) as wrong:
        raise Misconfigured(str(wrong)) from None


def anchors(of: Stored) -> Anchors:
    from bot.store.anchors import Anchors

    return Anchors(of.anchor_dir, keyring(of))


def engine(of: Local) -> Engine:
    from bot.store.engine import Engine

    return Engine(of.database_url)


def dispatcher(of: Stored) -> Dispatcher:
    from bot.dispatch import Dispatcher

    return Dispatcher(
        store=store(of),
        playbook=playbook(of),
        code=of.release,
        clock=clock(of).now,
        jitter=_jitter,
        mint=mint,
    )


def mint() -> str:
    return ulid(int(time.time() * 1000), secrets.randbits(80))


def chance() -> float:
    """From 0 up to, and without, 1."""
    return random()


def links(of: Settings) -> Links:
    from integrations.esign.links import PersonalLinks

    return PersonalLinks(of.link_key.get_secret_value().encode(), of.public_url)


def shares(of: Settings) -> ShareLinks:
    from integrations.files.links import DocumentLinks

    return DocumentLinks(of.link_key.get_secret_value().encode(), of.public_url)


def requests(of: Settings) -> Requests:
    from integrations.mail.requests import PersonalRequests

    return PersonalRequests(of.link_key.get_secret_value().encode(), of.public_url, playbook(of).doors.code.digits)


def files(of: Local, kept: Store) -> Files:
    """Wherever documents lie, they are encrypted before they come there. Raises Misconfigured."""
    from integrations.files.local import LocalFiles
    from integrations.files.sealed import SealedFiles

    if of.files_store == "local":
        return LocalFiles(of.files_dir, kept.file_key, crashpoints.crashpoint)
    blobs: Blobs = bucket(of) if of.files_store == "s3" else crm_blobs(of if isinstance(of, Settings) else settings())
    return SealedFiles(blobs, kept.file_key)


def bucket(of: Local) -> Bucket:
    from integrations.files.s3 import Bucket

    return Bucket(of.s3_bucket, of.s3_region, of.s3_endpoint_url or "", of.s3_key_id, of.s3_secret)


def slack_client(of: Settings) -> Slack:
    from integrations.slack.web_api import SlackWeb

    return SlackWeb(slack_sdk_client(of))


def slack_sdk_client(of: Settings) -> WebClient:
    from integrations.slack.client import Client

    url = (of.slack_api_url or "https://slack.com/api") + "/"
    return Client(of.slack_bot_token.get_secret_value(), url, deadline_s=of.call_deadline_s)


def socket_mode(of: Settings, take: Take) -> SocketMode | None:
    """None without an app-level token: then Slack calls us."""
    if of.slack_app_token is None:
        return None
    from integrations.slack.socket_mode import SocketMode

    return SocketMode(of.slack_app_token.get_secret_value(), slack_sdk_client(of), take)


def crm(of: Settings) -> Crm:
    from integrations.salesforce.rest import Salesforce

    return Salesforce(*_crm_login(of))


def crm_blobs(of: Settings) -> CrmBlobs:
    from integrations.salesforce.blobs import CrmBlobs

    return CrmBlobs(*_crm_login(of))


def _crm_login(of: Settings) -> tuple[str, str, str, float]:
    return (
        of.salesforce_url,
        of.salesforce_client_id,
        of.salesforce_client_secret.get_secret_value(),
        of.call_deadline_s,
    )


def mail(of: Settings) -> SmtpMail:
    from integrations.mail.smtp import SmtpMail

    company = playbook(of).company
    sender = f"{company.name} <{company.mail_from}>"
    return SmtpMail(of.smtp_url, sender, now=clock(of).now, deadline_s=of.call_deadline_s)


def books(of: Settings) -> RestBooks:
    from integrations.billing.rest import RestBooks

    return RestBooks(of.books_url, of.books_token.get_secret_value(), deadline_s=of.call_deadline_s)


def calendar(of: Settings) -> IcsCalendar | None:
    """None where the settings name none."""
    if of.calendar_url is None:
        return None
    from integrations.calendar.ics import IcsCalendar

    book = playbook(of)
    zone = book.calendars[book.default_calendar].time_zone
    return IcsCalendar(of.calendar_url, zone, deadline_s=of.call_deadline_s)


def ports(of: Settings, kept: Store) -> Ports:
    """For the workers: documents, seals and every outside system."""
    from integrations.ports import Ports
    from integrations.seal.pades import PadesSeal

    return Ports(
        slack=slack_client(of),
        crm=crm(of),
        mail=mail(of),
        books=books(of),
        files=files(of, kept),
        seal=PadesSeal(of.seal_dir, playbook(of).company.legal_name),
        calendar=calendar(of),
    )


def talk(of: Local, process: str) -> None:
    """Logs to standard error, as JSON; the supervisor keeps them. `process` is its role."""
    logs.begin(of.log_level, process, logs.secrets_of(dict(of)))


def _jitter(attempt: int) -> None:
    threading.Event().wait(uniform(0, 0.05 * (attempt + 1)))
