"""A process of its own: gives ten hints for one deal, to the database that it is told of."""

import sys

from bot.store.transaction import Store
from tests.store.desk import RING, desk, hint


def main(url: str, deal: str, word: str, me: str) -> None:
    store = Store(url, RING)
    for n in range(10):
        desk(store).execute(hint(deal, word), f"{word}:{me}:{n}")
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
