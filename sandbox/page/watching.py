"""Nobody in the sandbox tells of its changes, so the page looks: cheap marks often, everything once a second."""

from sandbox.town import Town

EVERY_S = 0.05
AT_LEAST_S = 1.0

Marks = tuple[int, ...]


def marks(town: Town) -> Marks:
    """Differs after almost every change; what it misses is seen a second later."""
    site = town.site
    world = site.world
    said = sum(len(messages) for messages in list(world.messages.values()))
    return (len(site.journal), said, len(world.ephemerals), len(world.views), *systems(town).values())


def systems(town: Town) -> dict[str, int]:
    """How much each of the other systems has taken so far: a panel that shows less looks again."""
    books = sum(len(town.books.entries(book)) for book in ("invoices", "schedules", "journals", "commissions"))
    return {"record": town.changed, "mail": len(town.mail.letters), "books": books}
