"""What only shows when topics and battle cards are seen together."""

from collections import Counter
from collections.abc import Iterator

from bot.playbook.gaps_shape import Gap
from bot.playbook.permissions import Permission
from bot.playbook.positioning import Claim, Theirs
from bot.playbook.schema import Playbook


def positioning_gaps(playbook: Playbook) -> Iterator[Gap]:
    yield from _owners(playbook)
    yield from _topics(playbook)
    yield from _names(playbook)


def _owners(playbook: Playbook) -> Iterator[Gap]:
    owners: list[tuple[tuple[str | int, ...], str]] = [(("positioning", "owner"), playbook.positioning.owner)]
    owners += [(("battlecards", name, "owner"), card.owner) for name, card in playbook.battlecards.items()]
    for path, owner in owners:
        role = playbook.roles.get(owner)
        if role is None or Permission.DECIDE_INTEL not in role.may:
            message = f"{'.'.join(map(str, path))}: {owner} is no role that may {Permission.DECIDE_INTEL}"
            yield Gap(path, message, f"name one that may, or add {Permission.DECIDE_INTEL} to its may")


def _topics(playbook: Playbook) -> Iterator[Gap]:
    known = {topic.id for topic in playbook.positioning.topics}
    codes = {product.code for product in playbook.products}
    for index, topic in enumerate(playbook.positioning.topics):
        for code in sorted(topic.products - codes):
            yield Gap(("positioning", "topics", index, "products"), f"{code} is no product", "correct the code")
    for name, card in playbook.battlecards.items():
        for part in ("theirs", "answers"):
            for index, claim in enumerate(getattr(card, part)):
                if claim.topic not in known:
                    message = f"battlecards.{name}: {claim.topic} is no topic of positioning"
                    yield Gap(("battlecards", name, part, index), message, f"use one of {', '.join(sorted(known))}")
        for twice in _twice(card.theirs):
            message = f"battlecards.{name}: two lines of theirs are on {twice}"
            yield Gap(("battlecards", name, "theirs"), message, "keep the newer one")


def _names(playbook: Playbook) -> Iterator[Gap]:
    counts = Counter(name.casefold() for card in playbook.battlecards.values() for name in {card.name, *card.also})
    for name in sorted(name for name, count in counts.items() if count > 1):
        yield Gap(("battlecards",), f"battlecards: two of them are called {name}", "leave the name to one of them")


def _twice(claims: tuple[Claim, ...]) -> list[str]:
    counts = Counter(claim.topic for claim in claims if isinstance(claim, Theirs))
    return sorted(topic for topic, count in counts.items() if count > 1)
