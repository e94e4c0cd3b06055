"""The first deal, walked while the ground shakes."""

from dataclasses import dataclass
from datetime import timedelta

from bot.store.errors import Away
from bot.store.parked import Parked
from bot.store.transaction import Store
from bot.streams.ids import digest
from sandbox.browser import Browser
from sandbox.mail.letters import Letter
from sandbox.wait import until
from sandbox.walk import Walk
from tests.chaos import people

NIGHT = timedelta(hours=26)
PACKAGE = 5  # documents
UNKNOWN = "outcome.unknown"


@dataclass
class ShakenWalk(Walk):
    def reject(self) -> None:
        """Not before he can see what he rejects: a package that is replaced before it was posted is not posted."""
        self._wait(lambda: len([f for m in self.thread() for f in m.files]) >= PACKAGE, "the package's files")
        super().reject()

    def sign(self, user: str) -> Browser:
        who = self.town.site.world.users[user]
        letter = self._wait(lambda: self._letter(who.email), f"a letter to {who.name}")
        link = next(link for link in self.town.mail.links(letter) if "/p/" in link)
        return people.sign(link, who.name)

    def _letter(self, address: str) -> Letter | None:
        return next((letter for letter in reversed(self.town.mail.letters) if letter.to == address), None)

    def sleep(self, store: Store) -> None:
        """The night comes, with its deadlines; then until nothing is owed."""
        self.town.clock.turn(NIGHT)
        until(lambda: self._quiet(store) or None, self.patience_s, "nothing is owed")

    def decide(self, store: Store) -> None:
        """Of a letter nobody knows whether it went out: somebody looks into the mailbox, and says so in the shell."""
        try:
            with store.snapshot() as tx:
                asked = [row for row in tx.parked.every() if row.problem == UNKNOWN]
        except Away:
            return  # by a connection from before the database crashed: the next look has another
        for row in asked:
            self.town.run("effects", "skip" if self._came(row) else "retry", row.key)

    def _came(self, row: Parked) -> bool:
        return any(digest(row.key)[:32] in letter.message_id for letter in self.town.mail.letters)

    def _quiet(self, store: Store) -> bool:
        try:
            self.decide(store)
            with store.snapshot() as tx:
                due = tx.deadlines.due(self.town.clock.now())
                return not due and not [key for stream in tx.ledger.streams() for key in tx.outbox.waiting(stream)]
        except Away:
            return False
