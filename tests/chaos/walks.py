"""The first deal, walked while the ground shakes."""

from dataclasses import dataclass
from datetime import timedelta

from bot.store.transaction import Store
from sandbox.browser import Browser
from sandbox.wait import until
from sandbox.walk import Walk
from tests.chaos import people

NIGHT = timedelta(hours=26)
DIGEST = "sales-managers"


@dataclass
class ShakenWalk(Walk):
    def sign(self, user: str) -> Browser:
        who = self.town.site.world.users[user]
        letter = self.town.mail.wait_for(who.email, timeout=self.patience_s)
        link = next(link for link in self.town.mail.links(letter) if "/p/" in link)
        return people.sign(link, who.name)

    def sleep(self, store: Store) -> None:
        """The night comes, with its deadlines; then until nothing is owed."""
        self.town.clock.turn(NIGHT)
        until(lambda: self._quiet(store) or None, self.patience_s, "nothing is owed")

    def _quiet(self, store: Store) -> bool:
        with store.snapshot() as tx:
            due = tx.deadlines.due(self.town.clock.now())
            return not due and not [key for stream in tx.ledger.streams() for key in tx.outbox.waiting(stream)]
