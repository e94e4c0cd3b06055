"""What a status in Slack says: only whether somebody is away is kept of it."""

from collections.abc import Iterable


def away_status(said: str, words: Iterable[str]) -> str:
    """The status when it says away, by one of the playbook's words; else nothing of it."""
    told = said.casefold()
    return said if any(word.casefold() in told for word in words) else ""
