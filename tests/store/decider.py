"""A process of its own: decides once about a parked effect, and dies at the point that `crashes` plans."""

import sys
from pathlib import Path
from typing import get_args

from bot import crashpoints
from bot.store.transaction import Store
from bot.streams.deal.parked import DecideParked
from bot.streams.decision import Choice
from bot.streams.ids import OPERATOR
from tests.store.desk import RING, desk


def decision(key: str, fence: int, choice: str) -> DecideParked:
    (chosen,) = (each for each in get_args(Choice) if each == choice)
    return DecideParked(stream_id=":".join(key.split(":")[:2]), actor=OPERATOR, key=key, fence=fence, choice=chosen)


def main(url: str, key: str, fence: str, choice: str, crashes: str) -> None:
    store = Store(url, RING)
    crashpoints.arm(Path(crashes))
    desk(store).execute(decision(key, int(fence), choice), f"press:{key}:{fence}")


if __name__ == "__main__":
    main(*sys.argv[1:])
