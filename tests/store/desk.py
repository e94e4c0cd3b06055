"""A dispatcher on a store of the engine that a test is given, and the commands that the tests give it."""

import secrets
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Event
from time import time_ns

from bot.dispatch import Dispatcher
from bot.playbook.loader import load
from bot.playbook.schema import Playbook
from bot.store import migrating
from bot.store.engine import Engine
from bot.store.keyring import Keyring
from bot.store.transaction import Store
from bot.streams.deal.opening import NoticeOpportunity
from bot.streams.decision import Link
from bot.streams.ids import SYSTEM, stream_id, ulid
from bot.wiring import texts

CODE = "test"
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
KEY = sha256(b"a store of the tests").digest()
RING = Keyring({"k1": KEY}, secrets.token_bytes)


@cache
def playbook() -> Playbook:
    return load(texts(Path(__file__).parents[2] / "playbook"))


def opened(url: str) -> Store:
    engine = Engine(url)
    migrating.migrate(engine)
    engine.close()
    return Store(url, RING)


def desk(store: Store) -> Dispatcher:
    return Dispatcher(store, playbook(), CODE, lambda: NOW, _wait, mint)


def mint() -> str:
    return ulid(time_ns() // 1_000_000, secrets.randbits(80))


def new_deal() -> str:
    return stream_id("deal", mint())


def hint(deal: str, opportunity: str) -> NoticeOpportunity:
    return NoticeOpportunity(stream_id=deal, actor=SYSTEM, opportunity_id=opportunity)


def address(opportunity: str) -> Link:
    return Link("salesforce.opportunity", opportunity)


def _wait(attempt: int) -> None:
    Event().wait(secrets.randbelow(20 * (attempt + 1)) / 1000)
